import GRDB

/// What the disk gives: rows inserted into a table of SQLite's, each in a transaction of its own that is synced.
package final class BareCommits {
    private let queue: DatabaseQueue
    private let payload: String

    /// - Parameter bytes: how long each row is.
    package init(at path: String, bytes: Int) throws {
        var configuration = Configuration()
        configuration.label = "bare commits"
        queue = try DatabaseQueue(path: path, configuration: configuration)
        payload = String(repeating: "x", count: bytes)
        try queue.writeWithoutTransaction { database in
            _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = FULL")
            guard try Int.fetchOne(database, sql: "PRAGMA synchronous") == 2 else {
                throw TrialFailure("commits are not synced")
            }
            try database.execute(sql: "CREATE TABLE row (id INTEGER PRIMARY KEY, payload TEXT)")
        }
    }

    package func commit(_ times: Int) throws {
        for _ in 0..<times {
            try queue.inTransaction(.immediate) { database in
                try database.cachedStatement(sql: "INSERT INTO row (payload) VALUES (?)").execute(arguments: [payload])
                return .commit
            }
        }
    }
}
