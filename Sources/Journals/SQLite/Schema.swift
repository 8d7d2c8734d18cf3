import GRDB

/// The tables of a journal in SQLite, as the steps that made them: each version of the program adds steps and alters none.
enum Schema {
    /// "MNDT": marks the file as a journal, so that no other database is taken for one.
    static let applicationID: Int64 = 0x4D4E_4454

    /// The version this program writes.
    static var version: Int { steps.count }

    /// One step: SQL, or what SQL cannot do.
    enum Step {
        case sql(String)
        case work(@Sendable (Database) throws -> Void)
    }

    static let steps: [Step] = [.sql(first), .sql(circles), .work(sealPersonalValues)]

    static let first = """
        CREATE TABLE entry (
            sequence INTEGER PRIMARY KEY, stream TEXT NOT NULL, position INTEGER NOT NULL, recorded INTEGER NOT NULL,
            effective INTEGER NOT NULL, actor TEXT, behalf TEXT, command TEXT UNIQUE, kind TEXT NOT NULL, payload TEXT NOT NULL,
            previous TEXT NOT NULL, hash TEXT NOT NULL, UNIQUE (stream, position)) STRICT;
        CREATE TRIGGER entry_is_not_changed BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entries are only added'); END;
        CREATE TRIGGER entry_is_not_removed BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entries are only added'); END;
        CREATE TABLE stream (name TEXT PRIMARY KEY, position INTEGER NOT NULL, hash TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE answer (command TEXT PRIMARY KEY, answer TEXT NOT NULL) STRICT;

        CREATE TABLE case_row (
            id TEXT PRIMARY KEY, workflow TEXT NOT NULL, stream TEXT NOT NULL, is_open INTEGER NOT NULL, json TEXT NOT NULL) STRICT;
        CREATE INDEX case_by_stream ON case_row (stream);
        CREATE TABLE duty (
            id TEXT PRIMARY KEY, case_id TEXT NOT NULL, owner TEXT NOT NULL, due INTEGER, state TEXT NOT NULL, json TEXT NOT NULL)
            STRICT;
        CREATE INDEX duty_by_case ON duty (case_id);
        CREATE INDEX duty_by_owner ON duty (owner, state);
        CREATE TABLE timer (
            id TEXT PRIMARY KEY, case_id TEXT NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL, json TEXT NOT NULL) STRICT;
        CREATE INDEX timer_by_instant ON timer (at, id);
        CREATE INDEX timer_by_case ON timer (case_id);

        CREATE TABLE message (
            key TEXT PRIMARY KEY, recipient TEXT NOT NULL, address TEXT NOT NULL, created INTEGER NOT NULL, due INTEGER NOT NULL,
            valid_until INTEGER, state TEXT NOT NULL, token TEXT, lease_until INTEGER, tries INTEGER NOT NULL,
            unresolved INTEGER NOT NULL, next_try INTEGER NOT NULL, message_id TEXT NOT NULL, bytes BLOB, last_error TEXT,
            sent_at INTEGER, is_withdrawn INTEGER NOT NULL, json TEXT NOT NULL,
            CHECK (state IN ('pending', 'sending', 'sent', 'expired', 'superseded', 'dead', 'uncertain'))) STRICT;
        CREATE INDEX message_by_state ON message (state, next_try, key);
        CREATE INDEX message_by_recipient ON message (recipient);

        CREATE TABLE personal (id TEXT PRIMARY KEY, owner TEXT NOT NULL, value TEXT NOT NULL) STRICT;
        CREATE INDEX personal_by_owner ON personal (owner);
        CREATE TABLE definition (hash TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL) STRICT;
        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
        """

    /// What is read together; the rows of an older journal are made anew before they are read.
    private static let circles = """
        ALTER TABLE case_row ADD COLUMN circle TEXT NOT NULL DEFAULT '';
        CREATE INDEX case_by_circle ON case_row (circle, is_open);
        CREATE TABLE record (id TEXT PRIMARY KEY, circle TEXT NOT NULL, json TEXT NOT NULL) STRICT;
        CREATE INDEX record_by_circle ON record (circle);
        CREATE TABLE member (person TEXT NOT NULL, circle TEXT NOT NULL, PRIMARY KEY (person, circle)) STRICT, WITHOUT ROWID;
        CREATE INDEX member_by_circle ON member (circle);
        """

    /// Shuts each personal value in under a key of its owner; before, they were kept in the clear. The caller sees to it that what stood in
    /// the clear is overwritten.
    private static func sealPersonalValues(_ database: Database) throws {
        let kept = try Row.fetchAll(database, sql: "SELECT id, owner, value FROM personal ORDER BY id")
        try database.execute(
            sql: """
                DROP TABLE personal;
                CREATE TABLE personal (id TEXT PRIMARY KEY, owner TEXT NOT NULL, box BLOB NOT NULL) STRICT;
                CREATE INDEX personal_by_owner ON personal (owner);
                CREATE TABLE personal_key (owner TEXT PRIMARY KEY, key BLOB NOT NULL) STRICT;
                """)
        let shelf = SQLiteShelf(database)
        var keys: [String: PersonalKey] = [:]
        for row in kept {
            let value = PersonalValue(
                id: try row.decode(atIndex: 0), owner: try row.decode(atIndex: 1), value: try row.decode(atIndex: 2))
            let key = keys[value.owner] ?? PersonalKey()
            keys[value.owner] = key
            try shelf.put(key.seal(value))
        }
        for (owner, key) in keys { try shelf.put(personalKey: key.bytes, of: owner) }
    }

    /// The version of an open file. Throws `.notAJournal`, `.newer`.
    static func version(of database: Database, path: String) throws -> Int {
        guard try Int64.fetchOne(database, sql: "PRAGMA application_id") == applicationID else {
            throw JournalError.notAJournal(path: path)
        }
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard found <= version else { throw JournalError.newer(path: path, version: found, known: version) }
        return found
    }

    /// Takes the steps that the file lacks, in the transaction that the caller has begun.
    static func migrate(_ database: Database, from found: Int) throws {
        for step in steps.dropFirst(found) {
            switch step {
            case .sql(let statements): try database.execute(sql: statements)
            case .work(let work): try work(database)
            }
        }
        if found < version { try database.execute(sql: "PRAGMA user_version = \(version)") }
    }
}
