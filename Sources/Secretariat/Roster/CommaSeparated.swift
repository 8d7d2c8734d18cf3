import Diagnostics

/// A file of comma-separated values after RFC 4180: quoted cells, doubled quotes, CRLF or LF, a byte order mark at its head.
struct CommaSeparated {
    /// One cell with its place in the file.
    struct Cell {
        var text: String
        var range: SourceRange
    }

    /// One record; `number` counts from 1 with the header, as a spreadsheet numbers its rows.
    struct Row {
        var number: Int
        var cells: [Cell]

        var isBlank: Bool { cells.allSatisfy { $0.text.isEmpty } }
    }

    static let mostRows = 100_000

    private(set) var rows: [Row] = []
    private(set) var findings: [Finding] = []
    private let source: SourceText
    private let scalars: [Unicode.Scalar]
    private var at = 0
    private var offset = 0
    private var line = 1
    private var column = 1

    init(_ source: SourceText) {
        self.source = source
        scalars = Array(source.text.unicodeScalars)
        if scalars.first == "\u{FEFF}" { advance() }
        while at < scalars.count, rows.count < Self.mostRows { readRow() }
    }

    private var position: Position { Position(offset: offset, line: line, column: column) }

    private mutating func advance() {
        offset += UTF8.width(scalars[at])
        if scalars[at] == "\n" {
            line += 1
            column = 1
        } else {
            column += 1
        }
        at += 1
    }

    private mutating func readRow() {
        var cells: [Cell] = []
        repeat { cells.append(readCell()) } while take(",")
        if at < scalars.count, scalars[at] == "\r" { advance() }
        if at < scalars.count, scalars[at] == "\n" { advance() }
        rows.append(Row(number: rows.count + 1, cells: cells))
    }

    private mutating func take(_ wanted: Unicode.Scalar) -> Bool {
        guard at < scalars.count, scalars[at] == wanted else { return false }
        advance()
        return true
    }

    private mutating func readCell() -> Cell {
        let start = position
        guard at < scalars.count, scalars[at] == "\"" else {
            let text = armed(readPlain())
            return Cell(text: text, range: SourceRange(start, position))
        }
        let text = armed(readQuoted(from: start))
        let rest = readPlain()
        if !rest.isEmpty {
            findings.append(
                Finding(
                    code: "MR002", file: source.name, range: SourceRange(start, position),
                    message: "row \(rows.count + 1): there is text after the closing quote",
                    expected: "a quote within a quoted cell is written twice"))
        }
        return Cell(text: text, range: SourceRange(start, position))
    }

    /// Up to the next comma or the end of the line; spaces around are left out.
    private mutating func readPlain() -> String {
        var text = String.UnicodeScalarView()
        while at < scalars.count, scalars[at] != ",", scalars[at] != "\n", scalars[at] != "\r" {
            text.append(scalars[at])
            advance()
        }
        return trimmed(String(text))
    }

    private mutating func readQuoted(from start: Position) -> String {
        var text = String.UnicodeScalarView()
        advance()
        while at < scalars.count {
            if scalars[at] == "\"" {
                advance()
                guard at < scalars.count, scalars[at] == "\"" else { return trimmed(String(text)) }
            }
            text.append(scalars[at])
            advance()
        }
        findings.append(
            Finding(
                code: "MR001", file: source.name, range: SourceRange(start, start),
                message: "row \(rows.count + 1): a quoted cell has no closing quote"))
        return String(text)
    }
}

/// Without the apostrophe by which an export kept a text from being taken for a formula.
private func armed(_ text: String) -> String {
    guard text.hasPrefix("'"), let next = text.dropFirst().first(where: { $0 != " " }),
        "=+-@|%\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".contains(next)
    else { return text }
    return String(text.dropFirst())
}

/// Without spaces, tabs and no-break spaces at both ends.
func trimmed(_ text: String) -> String {
    let isSpace: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
    var scalars = Substring.UnicodeScalarView(Substring(text).unicodeScalars)
    while let first = scalars.first, isSpace(first) { scalars.removeFirst() }
    while let last = scalars.last, isSpace(last) { scalars.removeLast() }
    return String(scalars)
}
