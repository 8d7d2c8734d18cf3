import Journals

/// The process dies: whoever catches it begins anew from what the journal holds.
struct Death: Error {}

/// A journal whose disk fails, whose process is killed, whose answer is lost: before the commit, or after it.
final class FaultyJournal: JournalStore, @unchecked Sendable {  // One simulated year uses it, on one thread.
    let inner = InMemoryJournal()
    private let dice: Dice
    /// How often in ten thousand transactions something fails; 0 for a journal in good order.
    var failures = 0
    /// The planted fault: how often a transaction is answered for and not kept, as by a disk that does not sync.
    var forgets = 0
    /// The next transaction dies before it is kept.
    var diesNext = false
    /// Told of each transaction: whether it was kept.
    var ended: (Bool) -> Void = { _ in }
    private(set) var deaths = 0

    init(_ dice: Dice) { self.dice = dice }

    private struct Forgotten: Error {}

    func read<Answer>(_ body: (Reading) throws -> Answer) throws -> Answer { try inner.read(body) }

    func transact<Answer>(at now: Int64, _ body: (Transaction) throws -> Answer) throws -> Answer {
        if diesNext || dice.happens(failures) { try die(kept: false) }
        if forgets > 0, dice.happens(forgets) { return try forget(at: now, body) }
        let answer = try inner.transact(at: now, body)
        if dice.happens(failures) { try die(kept: true) }
        ended(true)
        return answer
    }

    private func die(kept: Bool) throws -> Never {
        diesNext = false
        deaths += 1
        ended(kept)
        throw Death()
    }

    private func forget<Answer>(at now: Int64, _ body: (Transaction) throws -> Answer) throws -> Answer {
        var answer: Answer?
        do {
            try inner.transact(at: now) { transaction in
                answer = try body(transaction)
                throw Forgotten()
            }
        } catch is Forgotten {}
        guard let answer else { throw Death() }
        return answer
    }
}
