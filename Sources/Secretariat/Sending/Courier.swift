import Calendars
import Journals
import Post

/// What a courier's round came to.
public struct Delivery: Codable, Sendable, Hashable {
    public var sent = 0
    public var deferred = 0
    public var dead = 0
    public var expired = 0

    public init() {}

    public static func + (one: Delivery, other: Delivery) -> Delivery {
        var sum = Delivery()
        sum.sent = one.sent + other.sent
        sum.deferred = one.deferred + other.deferred
        sum.dead = one.dead + other.dead
        sum.expired = one.expired + other.expired
        return sum
    }
}

/// Takes messages from the outbox and hands them to the mail system: claims some, commits, delivers, says what became of each.
///
/// No transaction is open while a message is on its way. A claim holds for the length of its lease; whoever finds it lapsed takes
/// the message again, with the same bytes.
struct Courier {
    /// How many messages are claimed at most.
    static let mostLoad = 20
    /// For how many seconds a claim holds.
    static let lease: Int64 = 300
    static let mostLoads = 1000

    let journal: any JournalStore
    let transport: any Transport
    /// Who is told of what cannot be delivered.
    let sender: Address
    /// Whether the transport knows a message that it has had before. Then what became of a whole load is recorded at once; a crash before
    /// that hands the same messages over again, and no copy comes of it.
    var knowsCopies = false
    let clock: Clock
    let chance: Chance
    /// When the quiet ends in which an instant falls; nil where it falls in none.
    var quietEnd: (Instant) -> Instant? = { _ in nil }

    /// How many messages are claimed at once: no more than can be handed over within the lease, however slow the mail system, or another
    /// courier would send them too.
    var load: Int { max(1, min(Self.mostLoad, Int(Self.lease) / (transport.patience + Self.reserve))) }

    /// Seconds kept between two messages for what is recorded of the first.
    private static let reserve = 10

    /// Delivers all that is due.
    func deliver() throws -> Delivery {
        var delivery = Delivery()
        delivery.expired = try journal.transact(at: clock.now.seconds) { try $0.expireMessages().count }
        for _ in 0..<Self.mostLoads {
            let token = chance.token()
            let claimed = try journal.transact(at: clock.now.seconds) { transaction in
                if let end = quietEnd(clock.now) { try transaction.putOff(until: end.seconds) }
                return try transaction.claim(limit: load, lease: Self.lease, token: token)
            }
            guard !claimed.isEmpty else { break }
            if knowsCopies {
                try settle(claimed.map { ($0, outcome(of: $0)) }, token, &delivery)
            } else {
                try deliverOneByOne(claimed, token, &delivery)
            }
        }
        return delivery
    }

    /// Hands over and records each before the next. What the claim may not cover to its end goes back: another courier could take it
    /// meanwhile.
    private func deliverOneByOne(_ claimed: [OutboxMessage], _ token: String, _ delivery: inout Delivery) throws {
        for (place, message) in claimed.enumerated() {
            if place > 0, let end = message.leaseUntil, clock.now.seconds > end - Int64(transport.patience + Self.reserve) {
                return try putBack(claimed[place...].map(\.key), token)
            }
            try settle([(message, outcome(of: message))], token, &delivery)
        }
    }

    private func putBack(_ keys: [String], _ token: String) throws {
        try journal.transact(at: clock.now.seconds) { transaction in
            for key in keys { try transaction.putBack(key, token: token) }
        }
    }

    private func settle(
        _ outcomes: [(message: OutboxMessage, outcome: DeliveryOutcome)], _ token: String, _ delivery: inout Delivery
    ) throws {
        let settlements = try patiently {
            try journal.transact(at: clock.now.seconds) { transaction in
                try outcomes.map { message, outcome in
                    let settlement = try transaction.settle(message.key, token: token, outcome)
                    if settlement == .settled(.dead), message.bytes != nil, case .refused = outcome {
                        try RefusedMail.note(message.key, transaction)
                    }
                    return settlement
                }
            }
        }
        for settlement in settlements {
            switch settlement {
            case .settled(.sent): delivery.sent += 1
            case .settled(.pending): delivery.deferred += 1
            case .settled(.dead): delivery.dead += 1
            default: break
            }
        }
    }

    /// Asks again where others hold the journal for long: what has been handed over and is not recorded goes out once more.
    private func patiently<Answer>(_ work: () throws -> Answer) throws -> Answer {
        for _ in 1..<Self.mostWaits {
            do { return try work() } catch JournalError.busy {}
        }
        return try work()
    }

    /// So often at most, each time for as long as a journal waits: together about half a lease.
    private static let mostWaits = 15

    private func outcome(of message: OutboxMessage) -> DeliveryOutcome {
        guard let bytes = message.bytes else { return .refused(reason: "the message was never written") }
        return handOver(message, bytes)
    }
}
