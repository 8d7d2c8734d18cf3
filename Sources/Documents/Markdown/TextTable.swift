/// A table in plain text: aligned columns where they fit the width, else one list entry for each row with each cell under its
/// heading's name.
struct TextTable {
    var headings: [String]
    var rows: [[String]]

    func lines(width: Int) -> [String] {
        let columns = columnWidths
        let total = columns.reduce(0, +) + Self.gap * max(0, columns.count - 1)
        let hasLongCell = (rows + [headings]).joined().contains { $0.utf8.contains(UInt8(ascii: "\n")) }
        return total <= width && !hasLongCell ? aligned(columns) : listed(width: width)
    }

    private static let gap = 2

    private var columnWidths: [Int] {
        var widths = headings.map { displayWidth($0) }
        for row in rows {
            for (index, cell) in row.enumerated() {
                if index == widths.count { widths.append(0) }
                widths[index] = max(widths[index], displayWidth(cell))
            }
        }
        return widths
    }

    private func aligned(_ columns: [Int]) -> [String] {
        let rule = columns.map { String(repeating: "-", count: $0) }
        let hasHeadings = headings.contains { !$0.isEmpty }
        return ((hasHeadings ? [headings, rule] : []) + rows).map { row in
            var line = ""
            for (index, cell) in row.enumerated() {
                line += cell
                if index + 1 < row.count {
                    line += String(repeating: " ", count: columns[index] - displayWidth(cell) + Self.gap)
                }
            }
            while line.hasSuffix(" ") { line.removeLast() }
            return line
        }
    }

    private func listed(width: Int) -> [String] {
        var lines: [String] = []
        for row in rows {
            var entry: [String] = []
            for (index, cell) in row.enumerated() where !cell.isEmpty {
                let heading = index < headings.count ? headings[index] : ""
                let text = heading.isEmpty ? cell : "\(heading): \(cell)"
                entry += wrapped(text, width: max(20, width - 2))
            }
            if !lines.isEmpty && !entry.isEmpty { lines.append("") }
            lines += entry.isEmpty ? [] : hanging(entry, after: "- ")
        }
        return lines
    }
}
