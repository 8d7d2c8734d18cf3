import GRDB

/// The tables of a journal in SQLite, as the steps that made them: each version of the program adds steps and alters none.
enum Schema {
    /// "MNDT": marks the file as a journal, so that no other database is taken for one.
    static let applicationID: Int64 = 0x4D4E_4454

    /// The version this program writes.
    static var version: Int { steps.count }

    static let steps = [first, circles]

    private static let first = """
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
        for step in steps.dropFirst(found) { try database.execute(sql: step) }
        if found < version { try database.execute(sql: "PRAGMA user_version = \(version)") }
    }
}
