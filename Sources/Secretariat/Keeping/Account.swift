public import Calendars
public import Governance
import Journals

/// What became of one thing that was to be told to one person.
public struct Account: Sendable, Hashable {
    public enum State: String, Sendable, Hashable, CaseIterable {
        case sent, expired, superseded, dead, pending, uncertain
        /// The journal says that it was to be told, and the outbox knows nothing of it. Never, unless something is broken.
        case missing
    }

    /// The occurrence of a duty with its reader (`d4/remind.0/1/p2`), or the mailing with its reader.
    public var key: String
    public var document: String
    public var duty: ID?
    public var recipient: ID?
    /// When it fell due.
    public var at: Instant
    public var state: State
    /// Why it is not sent, or when it was.
    public var reason: String?
}

/// Accounts for everything that ever fell due: the journal's entries say what was to be told, the outbox what became of it.
public struct Accounts: Sendable {
    public var all: [Account] = []

    public func count(of state: Account.State) -> Int { all.reduce(0) { $0 + ($1.state == state ? 1 : 0) } }

    /// The messages of an outbox, found by their keys and by what they carry.
    private struct Outbox {
        var byKey: [String: OutboxMessage] = [:]
        /// Digests, by reader and mailing: `p3 x12`.
        var carrying: [String: OutboxMessage] = [:]
        /// Digests whose contents were erased, by reader.
        var erased: [ID: OutboxMessage] = [:]

        init(_ messages: [OutboxMessage]) {
            for message in messages {
                byKey[message.key] = message
                guard let note = LetterNote.read(message.json) else {
                    erased[message.recipient] = message
                    continue
                }
                // Where a digest was superseded and told anew, the later word stands.
                for mailing in note.mailings {
                    let place = "\(message.recipient) \(mailing)"
                    if let known = carrying[place], known.state != .superseded { continue }
                    carrying[place] = message
                }
            }
        }

        func message(of mailing: Mailing, to reader: ID) -> OutboxMessage? {
            byKey[mailing.key(for: reader)] ?? carrying["\(reader) \(mailing.id)"] ?? erased[reader]
        }
    }

    init(entries: [Governance.Entry], messages: [OutboxMessage], waiting: [Timer], now: Instant) {
        let outbox = Outbox(messages)
        for entry in entries {
            let mailed = Set(
                entry.changes.compactMap { change -> String? in
                    guard case .mailed(let mailing) = change else { return nil }
                    return mailing.occurrence
                })
            for change in entry.changes {
                switch change {
                case .mailed(let mailing): add(mailing, outbox)
                case .occurrenceSettled(let duty, let occurrence, let how) where !mailed.contains("\(duty)/\(occurrence)"):
                    add(duty, occurrence, how, at: entry.effective)
                default: break
                }
            }
        }
        for timer in waiting where timer.at <= now { add(timer) }
    }

    private mutating func add(_ mailing: Mailing, _ outbox: Outbox) {
        if mailing.to.isEmpty {
            all.append(
                Account(
                    key: mailing.occurrence ?? mailing.id, document: mailing.document, duty: mailing.duty, at: mailing.at,
                    state: .dead, reason: "there was nobody to tell"))
        }
        var seen: Set<ID> = []
        for reader in mailing.to where seen.insert(reader).inserted {
            var account = Account(
                key: mailing.key(for: reader), document: mailing.document, duty: mailing.duty, recipient: reader,
                at: mailing.at,
                state: .missing, reason: "the outbox knows nothing of it")
            if let message = outbox.message(of: mailing, to: reader) { account.take(message) }
            all.append(account)
        }
    }

    private mutating func add(_ duty: ID, _ occurrence: String, _ how: String, at: Instant) {
        let isExpired = how == "expired"
        all.append(
            Account(
                key: "\(duty)/\(occurrence)", document: occurrence.hasPrefix("escalate") ? "escalation" : Letter.reminder,
                duty: duty, at: at, state: isExpired ? .expired : .dead,
                reason: isExpired
                    ? "it fell due while `remind` did not run, and was of use no longer" : "there was nobody to tell"))
    }

    /// A reminder that has fallen due and that no run has fired yet.
    private mutating func add(_ timer: Timer) {
        switch timer.purpose {
        case .wake: return
        case .remind(let duty, _), .escalate(let duty):
            all.append(
                Account(
                    key: timer.id, document: Letter.reminder, duty: duty, at: timer.at, state: .pending,
                    reason: "`remind` has not run since"))
        }
    }
}

extension Account {
    fileprivate mutating func take(_ message: OutboxMessage) {
        reason = message.lastError
        switch message.state {
        case .pending:
            state = .pending
            if message.tries == 0, message.nextTry > message.created {
                reason = "it is to leave at \(Instant(seconds: message.nextTry))"
            } else if reason != nil {
                reason = "tried \(message.tries) times (\(reason ?? "")); next at \(Instant(seconds: message.nextTry))"
            }
        case .sending:
            state = .pending
            reason = "a run holds it until \(Instant(seconds: message.leaseUntil ?? 0))"
        case .sent:
            state = .sent
            reason = message.sentAt.map { "at \(Instant(seconds: $0))" }
        case .expired:
            state = .expired
            reason = message.validUntil.map { "it was of use until \(Instant(seconds: $0))" }
        case .superseded:
            state = .superseded
            reason = message.lastError ?? "its occasion ended or moved before it went"
        case .dead: state = .dead
        case .uncertain: state = .uncertain
        }
    }
}

extension Desk {
    /// What became of everything that ever fell due, in the order of the journal.
    public func accounts() throws -> Accounts {
        let (entries, messages) = try journal.read { reading in
            try catchUp(reading)
            return (try reading.entries().map { try Ledger.read($0) }, try reading.messages())
        }
        let waiting = held.standing.cases.values.filter(\.isOpen).flatMap { held.standing.timers(of: $0) }
        return Accounts(
            entries: entries, messages: messages, waiting: waiting.sorted { ($0.at, $0.id) < ($1.at, $1.id) }, now: now)
    }
}
