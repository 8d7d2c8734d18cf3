import GRDB

// Records and members
extension SQLiteShelf {
    private static let recordColumns = "SELECT id, circle, json FROM record"

    private func record(_ row: Row) throws -> RecordRow {
        RecordRow(id: try row.decode(atIndex: 0), circle: try row.decode(atIndex: 1), json: try row.decode(atIndex: 2))
    }

    func record(_ id: String) throws -> RecordRow? { try one(Self.recordColumns + " WHERE id = ?", [id], record) }

    func records(in circle: String?) throws -> [RecordRow] {
        var conditions = Conditions()
        conditions.require("circle = ?", circle)
        return try all(Self.recordColumns + conditions.clause + " ORDER BY id", conditions.values, record)
    }

    func records(under prefix: String) throws -> [RecordRow] {
        // `0` is the character after `/`.
        try all(
            Self.recordColumns + " WHERE id > ? AND id < ? ORDER BY id", [prefix, prefix.dropLast() + "0"], record)
    }

    func put(_ row: RecordRow) throws {
        try run("INSERT OR REPLACE INTO record VALUES (?, ?, ?)", [row.id, row.circle, row.json])
    }

    func circles(of person: String) throws -> [String] {
        try all("SELECT circle FROM member WHERE person = ? ORDER BY circle", [person]) { try $0.decode(atIndex: 0) }
    }

    func members() throws -> [(person: String, circle: String)] {
        try all("SELECT person, circle FROM member ORDER BY person, circle", []) { row in
            (try row.decode(atIndex: 0), try row.decode(atIndex: 1))
        }
    }

    func put(members: [String], of circle: String) throws {
        try run("DELETE FROM member WHERE circle = ?", [circle])
        for person in members { try run("INSERT OR REPLACE INTO member VALUES (?, ?)", [person, circle]) }
    }
}
