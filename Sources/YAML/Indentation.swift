import Diagnostics

/// Finds the line whose indentation is at fault where a block goes wrong.
///
/// libyaml stops at the first line that fits no open block, which may stand far below the one that was moved: when the first line of a
/// block, or one in its midst, stands too far in or out, it is a later line that no longer fits.
struct Indentation {
    private let lines: [Line]
    /// By how much a block stands further in than its header, most often.
    private let step: Int

    private struct Line {
        var number: Int
        var indent: Int
        /// Whether it ends with a `:`, so that a block is to follow.
        var opens: Bool
    }

    init(_ source: SourceText) {
        var lines: [Line] = []
        var number = 0
        for line in source.text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            let indent = line.prefix { $0 == UInt8(ascii: " ") }.count
            guard let first = line.dropFirst(indent).first, first != UInt8(ascii: "#"), first != UInt8(ascii: "\r") else {
                continue
            }
            lines.append(Line(number: number, indent: indent, opens: Self.opens(line)))
        }
        self.lines = lines
        var steps: [Int: Int] = [:]
        for (line, next) in zip(lines, lines.dropFirst()) where next.indent > line.indent {
            steps[next.indent - line.indent, default: 0] += 1
        }
        step = steps.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 2
    }

    /// The number of the line to be moved and the spaces that it should have, seen from the line at which reading stopped; nil where it is
    /// that line itself.
    func fault(stoppedAt line: Int) -> (line: Int, wanted: Int)? {
        guard let stop = lines.firstIndex(where: { $0.number == line }) else { return nil }
        let wanted = lines[stop].indent
        // The line of which this one would be a child, and the first that is one.
        guard let header = lines[..<stop].lastIndex(where: { $0.indent < wanted }), header + 1 < stop,
            lines[header + 1].indent > wanted
        else { return nil }
        if header > 0, isSibling(header, of: wanted) { return (lines[header].number, wanted) }
        let child = header + 1
        let fitting = lines[header].indent + step
        if wanted == fitting, lines[child].indent != fitting { return (lines[child].number, wanted) }
        return nil
    }

    /// Whether the line should be one of a block at `wanted`: such lines, or the header of such a block, stand right before it.
    private func isSibling(_ line: Int, of wanted: Int) -> Bool {
        var before = line - 1
        while before >= 0, lines[before].indent > wanted { before -= 1 }
        guard before >= 0 else { return false }
        if lines[before].indent == wanted { return true }
        return before == line - 1 && lines[before].opens && lines[before].indent + step == wanted
    }

    private static func opens(_ line: Substring.UTF8View) -> Bool {
        var rest = line
        if let comment = rest.indices.first(where: {
            rest[$0] == UInt8(ascii: "#") && $0 > rest.startIndex && rest[rest.index(before: $0)] == UInt8(ascii: " ")
        }) {
            rest = rest[..<comment]
        }
        return rest.last { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\r") } == UInt8(ascii: ":")
    }
}
