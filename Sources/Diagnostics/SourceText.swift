/// The text of a person's file with its name, able to turn byte offsets into lines and columns.
public struct SourceText: Sendable {
    public let name: String
    public let text: String
    private let lineStarts: [Int]

    public init(name: String, text: String) {
        self.name = name
        self.text = text
        var starts = [0]
        for (offset, byte) in text.utf8.enumerated() where byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
        lineStarts = starts
    }

    public var lineCount: Int { lineStarts.count }

    /// The line's text without its ending; empty for a line that the file does not have.
    public func line(_ number: Int) -> String {
        guard number >= 1, number <= lineStarts.count else { return "" }
        let bytes = text.utf8
        let from = bytes.index(bytes.startIndex, offsetBy: lineStarts[number - 1])
        let end = number < lineStarts.count ? lineStarts[number] : bytes.count
        let to = bytes.index(bytes.startIndex, offsetBy: end)
        var line = String(text[from..<to])
        while let last = line.unicodeScalars.last, last == "\n" || last == "\r" { line.unicodeScalars.removeLast() }
        return line
    }

    /// The position of a byte offset; an offset past the end is the end.
    public func position(at offset: Int) -> Position {
        let bytes = text.utf8
        let offset = max(0, min(offset, bytes.count))
        var low = 0
        var high = lineStarts.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle - 1 }
        }
        let start = bytes.index(bytes.startIndex, offsetBy: lineStarts[low])
        let scalars = bytes[start...].prefix(offset - lineStarts[low]).reduce(0) { count, byte in
            byte & 0xC0 == 0x80 ? count : count + 1
        }
        return Position(offset: offset, line: low + 1, column: scalars + 1)
    }
}
