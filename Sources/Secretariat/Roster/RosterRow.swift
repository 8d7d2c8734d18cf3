import Calendars
import Diagnostics
import Governance
import Post

/// What one line of a roster says.
enum RosterKind: String, CaseIterable {
    case body, organisation, person, seat, term, substitute, role, constituency

    /// Columns that must be filled.
    var needed: [RosterColumn] {
        switch self {
        case .body, .organisation, .person: [.name]
        case .seat: [.body, .organisation]
        case .term: [.body, .seat, .start, .end]
        case .substitute: [.body, .seat]
        case .role: [.role]
        case .constituency: [.organisation]
        }
    }

    /// Columns that may be filled.
    var allowed: Set<RosterColumn> {
        switch self {
        case .body, .organisation: [.id, .name]
        case .person: [.id, .name, .email]
        case .seat: [.id, .name, .body, .organisation, .seat, .rights, .marks]
        case .term: [.id, .name, .email, .body, .organisation, .seat, .start, .end]
        case .substitute: [.name, .email, .body, .organisation, .seat]
        case .role: [.name, .email, .body, .organisation, .role]
        case .constituency: [.name, .email, .organisation]
        }
    }
}

enum RosterColumn: String, CaseIterable {
    case id, kind, name, email, body, organisation, seat, role, start, end, rights
    /// What a quorum may ask of a seat, in words parted by spaces: `independent external`.
    case marks
}

/// A line of the roster with its cells by column.
struct RosterRow {
    var number: Int
    var kind: RosterKind
    var cells: [RosterColumn: CommaSeparated.Cell]
    var whole: SourceRange

    /// The text of a cell; nil where it is empty.
    subscript(column: RosterColumn) -> String? {
        guard let text = cells[column]?.text, !text.isEmpty else { return nil }
        return text
    }

    func range(of column: RosterColumn) -> SourceRange { cells[column]?.range ?? whole }
}

/// Reads a roster's lines and checks each by itself: columns, kinds, dates, addresses.
struct RosterReading {
    private(set) var rows: [RosterRow] = []
    private(set) var findings: [Finding] = []
    let file: String

    init(_ source: SourceText) {
        file = source.name
        let table = CommaSeparated(source)
        findings = table.findings
        guard let head = table.rows.first(where: { !$0.isBlank }) else {
            note(.start, "MR003", "the file is empty", expected: "a first row with the columns' names")
            return
        }
        // Where a column's name is wrong each row would be too.
        guard let columns = columns(of: head), !columns.contains(nil) else { return }
        for row in table.rows where row.number > head.number && !row.isBlank { read(row, columns) }
    }

    mutating func note(
        _ range: SourceRange, _ code: String, _ message: String, expected: String? = nil, nearest: String? = nil
    ) {
        findings.append(
            Finding(code: code, file: file, range: range, message: message, expected: expected, nearest: nearest))
    }

    /// The columns in the file's order; nil where they cannot be told.
    private mutating func columns(of head: CommaSeparated.Row) -> [RosterColumn?]? {
        let names = RosterColumn.allCases.map(\.rawValue)
        if head.cells.count == 1, let only = head.cells.first, only.text.contains(where: { $0 == ";" || $0 == "\t" }) {
            let mark = only.text.contains(";") ? "semicolons" : "tabs"
            note(
                only.range, "MR004", "row \(head.number): there are \(mark) between the cells",
                expected: "commas: save the file as CSV with commas")
            return nil
        }
        var seen: Set<RosterColumn> = []
        let columns = head.cells.map { cell -> RosterColumn? in
            guard let column = RosterColumn(rawValue: cell.text.lowercased()) else {
                note(
                    cell.range, "MR004", "row \(head.number): unknown column `\(cell.text)`", expected: oneOf(names),
                    nearest: nearestName(to: cell.text.lowercased(), among: names))
                return nil
            }
            if !seen.insert(column).inserted {
                note(cell.range, "MR005", "row \(head.number): the column `\(column.rawValue)` stands there twice")
            }
            return column
        }
        guard seen.contains(.kind) else {
            note(head.cells.first?.range ?? .start, "MR006", "row \(head.number): there is no column `kind`")
            return nil
        }
        return columns
    }

    private mutating func read(_ row: CommaSeparated.Row, _ columns: [RosterColumn?]) {
        var cells: [RosterColumn: CommaSeparated.Cell] = [:]
        for (place, cell) in row.cells.enumerated() {
            guard place < columns.count else {
                if !cell.text.isEmpty {
                    note(
                        cell.range, "MR007",
                        "row \(row.number), column \(place + 1): the row has more cells than the first row",
                        expected: "\(columns.count) cells; a text with a comma stands in quotes")
                }
                continue
            }
            if let column = columns[place] { cells[column] = cell }
        }
        let start = row.cells.first?.range.start ?? .start
        let whole = SourceRange(start, row.cells.last?.range.end ?? start)
        let word = cells[.kind]?.text ?? ""
        guard let kind = RosterKind(rawValue: word.lowercased()) else {
            let kinds = RosterKind.allCases.map(\.rawValue)
            note(
                cells[.kind]?.range ?? whole, "MR008",
                "row \(row.number), column `kind`: " + (word.isEmpty ? "there is no kind" : "unknown kind `\(word)`"),
                expected: oneOf(kinds), nearest: nearestName(to: word.lowercased(), among: kinds))
            return
        }
        let read = RosterRow(number: row.number, kind: kind, cells: cells, whole: whole)
        if check(read) { rows.append(read) }
    }

    private mutating func check(_ row: RosterRow) -> Bool {
        let before = findings.count
        for column in row.kind.needed where row[column] == nil { missing(column, in: row) }
        for column in RosterColumn.allCases where column != .kind && row[column] != nil {
            if !row.kind.allowed.contains(column) {
                note(
                    row.range(of: column), "MR009",
                    "row \(row.number), column `\(column.rawValue)`: a \(row.kind.rawValue) has none", expected: "an empty cell"
                )
            }
        }
        switch row.kind {
        case .term, .substitute, .role, .constituency:
            if row[.name] == nil, row[.email] == nil { missing(.name, in: row) }
        case .body, .organisation, .person, .seat: break
        }
        if row.kind == .role, (row[.body] == nil) == (row[.organisation] == nil) {
            note(
                row.range(of: .body), "MR010", "row \(row.number), column `body`: a role is held for a body or an organisation",
                expected: "one of the cells `body` and `organisation`")
        }
        checkTexts(row)
        checkDates(row)
        return findings.count == before
    }

    private mutating func missing(_ column: RosterColumn, in row: RosterRow) {
        note(
            row.range(of: column), "MR011",
            "row \(row.number), column `\(column.rawValue)`: a \(row.kind.rawValue) needs one",
            expected: "a cell that is filled")
    }

    private mutating func checkTexts(_ row: RosterRow) {
        for (column, cell) in row.cells.sorted(by: { $0.value.range.start < $1.value.range.start }) {
            if cell.text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
                note(cell.range, "MR012", "row \(row.number), column `\(column.rawValue)`: the cell holds a control character")
            }
        }
        if let email = row[.email], !isAddress(email) {
            note(
                row.range(of: .email), "MR013", "row \(row.number), column `email`: `\(email)` is no e-mail address",
                expected: "an address such as ann@example.org")
        }
        if let rights = row[.rights], !Self.rights.contains(rights) {
            note(
                row.range(of: .rights), "MR014", "row \(row.number), column `rights`: unknown right `\(rights)`",
                expected: oneOf(Self.rights), nearest: nearestName(to: rights, among: Self.rights))
        }
    }

    private mutating func checkDates(_ row: RosterRow) {
        for column in [RosterColumn.start, .end] {
            guard let text = row[column], CivilDate(text) == nil else { continue }
            note(
                row.range(of: column), "MR015", "row \(row.number), column `\(column.rawValue)`: `\(text)` is no date",
                expected: "a date such as 2026-04-01")
        }
        if let start = row[.start].flatMap({ CivilDate($0) }), let end = row[.end].flatMap({ CivilDate($0) }), end < start {
            note(
                row.range(of: .end), "MR016", "row \(row.number), column `end`: the term ends before it starts",
                expected: "a date not before \(start)")
        }
    }

    static let rights = ["none", "papers", "room", "facts", "speak", "vote"]
}

/// Whether a text can stand as a mail address on an envelope.
func isAddress(_ text: String) -> Bool { (try? Address(text)) != nil }

/// "`a`, `b` or `c`".
func oneOf(_ words: [String]) -> String {
    let quoted = words.map { "`\($0)`" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "nothing" }
    return quoted.dropLast().joined(separator: ", ") + " or " + last
}
