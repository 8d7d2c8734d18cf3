import Foundation
import GRDB

/// The rows of a journal in SQLite, within one transaction. Statements are prepared once per connection.
final class SQLiteShelf: Shelf {
    let database: Database
    /// The newest entry, once it was asked for; an absent one is known too.
    private var newest: Entry??
    /// Values of the journal as a whole that were asked for; absent ones are known too.
    private var metas: [String: String?] = [:]

    init(_ database: Database) { self.database = database }

    /// The values for the `?` of a statement, in order.
    typealias Values = [(any DatabaseValueConvertible)?]

    func run(_ sql: String, _ values: Values) throws {
        guard !holdsNUL(values) else { throw JournalError.nulInText(field: "value") }
        try database.cachedStatement(sql: sql).execute(arguments: StatementArguments(values))
    }

    func all<Value>(_ sql: String, _ values: Values, _ decode: (Row) throws -> Value) throws -> [Value] {
        // No text that is kept holds a NUL, so none is found; SQLite would look for what stands before it.
        guard !holdsNUL(values) else { return [] }
        let rows = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: StatementArguments(values))
        var found: [Value] = []
        while let row = try rows.next() { found.append(try decode(row)) }
        return found
    }

    func one<Value>(_ sql: String, _ values: Values, _ decode: (Row) throws -> Value) throws -> Value? {
        try all(sql + " LIMIT 1", values, decode).first
    }

    private func holdsNUL(_ values: Values) -> Bool {
        values.contains { ($0 as? String)?.utf8.contains(0) ?? false }
    }
}

/// The conditions of a query, joined by AND; an absent value sets no condition.
struct Conditions {
    private var terms: [String] = []
    private(set) var values: SQLiteShelf.Values = []

    mutating func require(_ term: String, _ value: (any DatabaseValueConvertible)?) {
        guard let value else { return }
        terms.append(term)
        values.append(value)
    }

    /// ` WHERE ...`, or nothing.
    var clause: String { terms.isEmpty ? "" : " WHERE " + terms.joined(separator: " AND ") }
}

// Entries and commands
extension SQLiteShelf {
    private static let entryColumns = """
        SELECT sequence, stream, position, recorded, effective, actor, behalf, command, kind, payload, previous, hash FROM entry
        """

    private func entry(_ row: Row) throws -> Entry {
        Entry(
            sequence: try row.decode(atIndex: 0), stream: try row.decode(atIndex: 1), position: try row.decode(atIndex: 2),
            recorded: try row.decode(atIndex: 3), effective: try row.decode(atIndex: 4), actor: try row.decode(atIndex: 5),
            behalf: try row.decode(atIndex: 6), commandID: try row.decode(atIndex: 7), kind: try row.decode(atIndex: 8),
            payload: try row.decode(atIndex: 9), previousHash: try row.decode(atIndex: 10), hash: try row.decode(atIndex: 11))
    }

    private func head(_ row: Row) throws -> StreamHead {
        StreamHead(stream: try row.decode(atIndex: 0), position: try row.decode(atIndex: 1), hash: try row.decode(atIndex: 2))
    }

    func newestEntry() throws -> Entry? {
        if let newest { return newest }
        let found = try one(Self.entryColumns + " ORDER BY sequence DESC", [], entry)
        newest = .some(found)
        return found
    }

    func lastEntry(of stream: String) throws -> Entry? {
        try one(Self.entryColumns + " WHERE stream = ? ORDER BY position DESC", [stream], entry)
    }

    func entry(ofCommand id: String) throws -> Entry? { try one(Self.entryColumns + " WHERE command = ?", [id], entry) }

    func entries(after sequence: Int64, limit: Int) throws -> [Entry] {
        try all(Self.entryColumns + " WHERE sequence > ? ORDER BY sequence LIMIT ?", [sequence, max(0, limit)], entry)
    }

    func entries(of stream: String, after position: Int64) throws -> [Entry] {
        try all(Self.entryColumns + " WHERE stream = ? AND position > ? ORDER BY position", [stream, position], entry)
    }

    func head(of stream: String) throws -> StreamHead? {
        try one("SELECT name, position, hash FROM stream WHERE name = ?", [stream], head)
    }

    func heads() throws -> [StreamHead] { try all("SELECT name, position, hash FROM stream ORDER BY name", [], head) }

    func insert(_ entry: Entry) throws {
        try run(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                entry.sequence, entry.stream, entry.position, entry.recorded, entry.effective, entry.actor, entry.behalf,
                entry.commandID, entry.kind, entry.payload, entry.previousHash, entry.hash,
            ])
        newest = .some(entry)
        try run("INSERT OR REPLACE INTO stream VALUES (?, ?, ?)", [entry.stream, entry.position, entry.hash])
    }

    func answer(to command: String) throws -> String? {
        try one("SELECT answer FROM answer WHERE command = ?", [command]) { try $0.decode(atIndex: 0) }
    }

    func insert(answer: String, to command: String) throws { try run("INSERT INTO answer VALUES (?, ?)", [command, answer]) }
}

// Personal values, definitions, meta
extension SQLiteShelf {
    func personalValues(of owner: String?) throws -> [SealedValue] {
        var conditions = Conditions()
        conditions.require("owner = ?", owner)
        return try all("SELECT id, owner, box FROM personal\(conditions.clause) ORDER BY id", conditions.values) { row in
            let box: Data = try row.decode(atIndex: 2)
            return SealedValue(id: try row.decode(atIndex: 0), owner: try row.decode(atIndex: 1), box: Array(box))
        }
    }

    func put(_ value: SealedValue) throws {
        try run("INSERT OR REPLACE INTO personal VALUES (?, ?, ?)", [value.id, value.owner, Data(value.box)])
    }

    func personalKeys() throws -> [Exact: [UInt8]] {
        let found = try all("SELECT owner, key FROM personal_key", []) { row -> (Exact, [UInt8]) in
            let key: Data = try row.decode(atIndex: 1)
            return (Exact(try row.decode(atIndex: 0)), Array(key))
        }
        return Dictionary(found) { $1 }
    }

    func personalKey(of owner: String) throws -> [UInt8]? {
        let key: Data? = try one("SELECT key FROM personal_key WHERE owner = ?", [owner]) { try $0.decode(atIndex: 0) }
        return key.map { Array($0) }
    }

    func put(personalKey: [UInt8], of owner: String) throws {
        try run("INSERT OR REPLACE INTO personal_key VALUES (?, ?)", [owner, Data(personalKey)])
    }

    func removePersonalKey(of owner: String) throws { try run("DELETE FROM personal_key WHERE owner = ?", [owner]) }

    func removePersonalValue(_ id: String) throws { try run("DELETE FROM personal WHERE id = ?", [id]) }

    func removePersonalValues(of owner: String) throws { try run("DELETE FROM personal WHERE owner = ?", [owner]) }

    private func definition(_ row: Row) throws -> Definition {
        Definition(
            hash: try row.decode(atIndex: 0), kind: try row.decode(atIndex: 1), name: try row.decode(atIndex: 2),
            text: try row.decode(atIndex: 3))
    }

    func definition(_ hash: String) throws -> Definition? {
        try one("SELECT hash, kind, name, text FROM definition WHERE hash = ?", [hash], definition)
    }

    func definitions() throws -> [Definition] {
        try all("SELECT hash, kind, name, text FROM definition ORDER BY kind, name, hash", [], definition)
    }

    func insert(_ definition: Definition) throws {
        try run(
            "INSERT INTO definition VALUES (?, ?, ?, ?)", [definition.hash, definition.kind, definition.name, definition.text])
    }

    func meta(_ key: String) throws -> String? {
        if let known = metas[key] { return known }
        let found: String? = try one("SELECT value FROM meta WHERE key = ?", [key]) { try $0.decode(atIndex: 0) }
        metas[key] = .some(found)
        return found
    }

    func put(meta value: String, for key: String) throws {
        try run("INSERT OR REPLACE INTO meta VALUES (?, ?)", [key, value])
        metas[key] = value
    }
}
