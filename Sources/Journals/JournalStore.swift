/// Where a workspace keeps what happened: one journal of entries in streams, the read models made from it, timers, the
/// outbox, personal values and definitions, all changed in one transaction or not at all.
///
/// Payloads are text that this room never opens. `SQLiteJournal` is the journal of a workspace; `InMemoryJournal` serves
/// rehearsals and tests. One contract suite runs against both.
public protocol JournalStore: AnyObject, Sendable {
    /// Runs `body` on one consistent view of the journal; nothing it reads changes while it runs.
    ///
    /// Not reentrant: `body` must not call the same journal.
    func read<Answer>(_ body: (Reading) throws -> Answer) throws -> Answer

    /// Runs `body` as the only writer and keeps all that it wrote, or, if it throws, none of it.
    ///
    /// `now` is the instant (seconds since 1970) of all that is recorded. An instant before the newest entry's is raised to that
    /// one, so that time never runs backwards in the journal: `Transaction.now` says what holds.
    ///
    /// When `transact` returns, what was written survives a power cut. Not reentrant.
    func transact<Answer>(at now: Int64, _ body: (Transaction) throws -> Answer) throws -> Answer
}
