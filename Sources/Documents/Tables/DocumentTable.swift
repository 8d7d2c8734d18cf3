/// A document's facts as rows under headings, for a spreadsheet.
public struct DocumentTable: Hashable, Sendable {
    public var headings: [String]
    public var rows: [[String]]

    public init(headings: [String], rows: [[String]]) {
        self.headings = headings
        self.rows = rows
    }

    /// Comma-separated values after RFC 4180, in UTF-8 with a byte order mark, by which spreadsheets know the encoding.
    public var csv: String {
        "\u{FEFF}" + ([headings] + rows).map { row in row.map { Self.cell($0) }.joined(separator: ",") + "\r\n" }.joined()
    }

    /// A cell that no spreadsheet takes for a formula: one that begins like one gets an apostrophe before it (OWASP, CSV injection).
    /// Line endings within become spaces, as a formula may also begin after one.
    static func cell(_ text: String) -> String {
        var words = String(text.map { $0.isNewline || $0 == "\t" || $0 == "\0" ? " " : $0 })
        if let first = words.unicodeScalars.first(where: { !$0.properties.isWhitespace }), beginsFormula(first) {
            words = "'" + words
        }
        guard words.contains(where: { $0 == "," || $0 == "\"" || $0 == ";" }) || words.first == " " else {
            return words
        }
        return "\"" + words.replacing("\"", with: "\"\"") + "\""
    }

    /// Also in their full-width forms, which some spreadsheets read alike.
    private static func beginsFormula(_ scalar: Unicode.Scalar) -> Bool {
        ["=", "+", "-", "@", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}", "|", "%"].contains(scalar)
    }
}
