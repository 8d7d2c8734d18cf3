import Calendars
public import Governance
import Journals

/// A message that nobody will get, for whoever runs `remind` to know.
public struct GivenUp: Codable, Sendable, Hashable {
    public var key: String
    public var recipient: ID
    public var document: String?
    public var reason: String
}

extension Desk {
    private static let toldKey = "dead messages told"

    /// The messages that died since this was asked last, however they did: each is told once.
    func newlyGivenUp() throws -> [GivenUp] {
        let (dead, told) = try journal.read { reading -> ([OutboxMessage], Set<String>) in
            (try reading.messages(in: [.dead]), try self.told(reading))
        }
        let new = dead.filter { !told.contains($0.key) }
        let keys = Set(dead.map(\.key))
        if keys != told { try journal.transact(at: clock.now.seconds) { try keep(told: keys, $0) } }
        return new.filter { $0.lastError != Self.erased }.map {
            GivenUp(
                key: $0.key, recipient: $0.recipient, document: LetterNote.read($0.json)?.document,
                reason: $0.lastError ?? "no reason is known")
        }
    }

    /// What a person gave up need not be told to them.
    func noteAsTold(_ keys: [String], _ transaction: Transaction) throws {
        try keep(told: try told(transaction).union(keys), transaction)
    }

    private func told(_ reading: Reading) throws -> Set<String> {
        guard let text = try reading.meta(Self.toldKey) else { return [] }
        return try Ledger.value(from: text)
    }

    private func keep(told: Set<String>, _ transaction: Transaction) throws {
        try transaction.setMeta(try Ledger.text(of: told.sorted()), for: Self.toldKey)
    }

    /// What stands at a message whose person was erased.
    private static let erased = "erased"
}
