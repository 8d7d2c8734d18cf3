import Synchronization

/// A journal that lasts as long as the process: for rehearsals, simulations and tests.
public final class InMemoryJournal: JournalStore {
    private let rows = Mutex(MemoryRows())

    public init() {}

    public func read<Answer>(_ body: (Reading) throws -> Answer) throws -> Answer {
        let reading = Reading(MemoryShelf(rows.withLock { $0 }))
        defer { reading.end() }
        return try body(reading)
    }

    public func transact<Answer>(at now: Int64, _ body: (Transaction) throws -> Answer) throws -> Answer {
        var result: Answer?
        try rows.withLock { rows in
            // The shelf alone has them, so that it changes them in place.
            let shelf = MemoryShelf(rows)
            rows = MemoryRows()
            defer { rows = shelf.rows }
            do {
                let transaction = try Transaction(shelf, now: now)
                defer { transaction.end() }
                result = try body(transaction)
            } catch {
                shelf.undo()
                throw error
            }
        }
        guard let result else { preconditionFailure("a body that did not throw has answered") }
        return result
    }
}
