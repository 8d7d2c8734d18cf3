import Calendars
import Governance
import Journals
import Secretariat

/// One year of a body with ten meetings, lived through by the engine's own desk, timekeeper and courier under a virtual clock: cron and the
/// mail system fail for days, processes die in mid-transaction, the clock is stepped, meetings are moved.
package final class SimulatedYear {
    /// A fault put in on purpose, which the invariants must find.
    package enum Planted: String, Sendable, CaseIterable { case none, forgetsCommits, doublesMail }

    /// What happened, for the figures.
    package struct Figures: Sendable {
        package var years = 0
        package var meetings = 0
        package var commands = 0
        package var due = 0
        package var messages = 0
        package var sent = 0
        package var copies = 0
        package var deaths = 0

        package init() {}

        package static func += (one: inout Figures, other: Figures) {
            one.years += other.years
            one.meetings += other.meetings
            one.commands += other.commands
            one.due += other.due
            one.messages += other.messages
            one.sent += other.sent
            one.copies += other.copies
            one.deaths += other.deaths
        }
    }

    package let seed: UInt64
    private let house: SimulatedHouse
    private let dice: Dice
    private let journal: FaultyJournal
    private let post: SimulatedPost
    private let planted: Planted
    private var desk: Desk
    /// What `remind` holds: all, or in every second year, as cron's process does, only what it needs.
    private let extent: Desk.Extent
    private let hands = SimulatedHouse.Hands()
    private var meetings: [(id: ID, start: Instant)] = []
    /// Commands that were taken, with their answers.
    private var acknowledged: [String: Receipt] = [:]
    private var figures = Figures()
    /// 5 January 2026, 07:00 UTC.
    private static let beginning = Instant(seconds: 1_767_596_400)
    private static let hour: Int64 = 3600
    private static let day: Int64 = 86_400
    private static let longestTail = 400

    package init(seed: UInt64, in house: SimulatedHouse, planted: Planted = .none) throws {
        self.seed = seed
        self.house = house
        self.planted = planted
        dice = Dice(seed: seed)
        journal = FaultyJournal(dice)
        post = SimulatedPost(dice)
        hands.now = Self.beginning
        extent = seed.isMultiple(of: 2) ? .whatIsNeeded : .everything
        desk = try house.desk(journal, hands, dice)
        post.now = { [hands] in hands.now.seconds }
        post.kill = { [journal] in journal.diesNext = true }
        journal.ended = { [post] in post.recorded($0) }
        post.doubles = planted == .doublesMail
    }

    /// Lives the year through, or its first days; answers what is wrong, and the figures.
    package func live(days: Int = 365) throws -> (faults: [String], figures: Figures) {
        try begin()
        journal.failures = 60
        journal.forgets = planted == .forgetsCommits ? 500 : 0
        var cronIsDownUntil: Int64 = 0
        var mailIsDownUntil: Int64 = 0
        for _ in 0..<days {
            let morning = hands.now.seconds / Self.day * Self.day
            if dice.happens(150) { cronIsDownUntil = morning + Int64(1 + dice.below(10)) * Self.day }
            if dice.happens(150) { mailIsDownUntil = morning + Int64(1 + dice.below(4)) * Self.day }
            for hour in [8, 12, 17] {
                hands.now = Instant(seconds: morning + Int64(hour) * Self.hour + Int64(dice.below(1800)) + step())
                post.isDown = hands.now.seconds < mailIsDownUntil
                try act()
                if hands.now.seconds >= cronIsDownUntil { remind() }
            }
            hands.now = Instant(seconds: morning + Self.day + 5 * Self.hour)
        }
        try rest()
        return try judge()
    }

    /// Mostly nothing; now and then the machine's clock is an hour off.
    private func step() -> Int64 { dice.happens(100) ? Int64(dice.below(7200)) - Self.hour : 0 }

    private func begin() throws {
        try house.settle(desk)
        for month in 0..<10 {
            let start = Instant(seconds: hands.now.seconds + Int64(30 + month * 33 + dice.below(5)) * Self.day + 7 * Self.hour)
            let made = try give("plan_meeting", nil, "sam", ["body": SimulatedHouse.body, "start": text(start)])?.made.first
            guard let made else { throw TrialFailure("a meeting could not be planned") }
            meetings.append((made, start))
        }
    }

    private func text(_ instant: Instant) -> String {
        let civil = house.workspace.zone.civil(at: instant)
        return "\(civil.date) \(civil.time)"
    }

    /// Afterwards nothing fails any more, so that every message can come to its end.
    private func rest() throws {
        journal.failures = 0
        journal.forgets = 0
        post.isPerfect = true
        revive()
        for _ in 0..<Self.longestTail {
            try decide()
            remind()
            guard try !desk.messages(in: [.pending, .sending, .uncertain]).isEmpty else { return }
            hands.now = hands.now.adding(seconds: Self.hour)
        }
    }
}

// What people and cron do.
extension SimulatedYear {
    private func revive() {
        // Opening reads only, and reading does not fail here.
        guard let anew = try? house.desk(journal, hands, dice) else { return }
        desk = anew
    }

    private func remind() {
        do {
            let desk = try extent == .everything ? self.desk : house.desk(journal, hands, dice, holding: extent)
            _ = try Timekeeper(desk: desk, transport: post).round()
        } catch { revive() }
    }

    /// Gives a command until it is answered, as somebody does whose screen froze: with the same id, so it is taken once.
    @discardableResult
    private func give(_ command: String, _ meeting: ID?, _ actor: String, _ fields: [String: String] = [:]) throws -> Receipt? {
        figures.commands += 1
        let id = "command \(figures.commands)"
        for _ in 0..<10 {
            do {
                try desk.refresh()
                var request = Request(command, by: actor)
                request.meeting = meeting
                request.id = id
                for (name, text) in fields.sorted(by: { $0.key < $1.key }) { request.fill(name, text) }
                guard case .success(let prepared) = try desk.prepare(request),
                    case .taken(let receipt) = try desk.perform(prepared.command)
                else { return nil }
                acknowledged[id] = receipt
                return receipt
            } catch is Death { revive() } catch is JournalError { revive() } catch { return nil }
        }
        return nil
    }

    /// Somebody does something about a meeting that is near, sensible or not: what the rules refuse changes nothing.
    private func act() throws {
        for (place, meeting) in meetings.enumerated() {
            let days = (meeting.start.seconds - hands.now.seconds) / Self.day
            guard (-40...35).contains(days) else { continue }
            if days < 0 || (days == 0 && meeting.start <= hands.now) {
                try sit(meeting.id)
            } else {
                try prepare(place, meeting.id)
            }
        }
        if dice.happens(3000) { try decide() }
    }

    private func prepare(_ place: Int, _ meeting: ID) throws {
        let member = dice.one(of: ["ann", "bob", "cora"])
        switch dice.below(60) {
        case 0: try give("give_notice", meeting, "sam")
        case 1: try give("add_item", meeting, "sam", ["title": "Item \(figures.commands)", "purpose": "decision"])
        case 2: try give("publish_agenda", meeting, "sam")
        case 3: try give("circulate", meeting, "sam")
        case 4...6: try give("accept", meeting, member)
        case 7: try give("apologise", meeting, member, ["reason": "clash"])
        case 8...9: try give("declare_none", meeting, member)
        case 10 where dice.happens(3000):
            let start = Instant(seconds: meetings[place].start.seconds + Int64(dice.below(14) - 4) * Self.day)
            if try give("reschedule", meeting, "sam", ["start": text(start)]) != nil { meetings[place].start = start }
        default: break
        }
    }

    private func sit(_ meeting: ID) throws {
        switch dice.below(25) {
        case 0: try give("preside", meeting, "sam", ["person": "cora"])
        case 1...3: try give("arrive", meeting, "sam", ["person": dice.one(of: ["ann", "bob", "cora"])])
        case 4: try give("open_meeting", meeting, "sam")
        case 5: try give("end_meeting", meeting, "sam")
        case 6: try give("send_minutes", meeting, "sam")
        case 7: try give("submit_report", meeting, dice.one(of: ["ann", "bob", "cora"]))
        default: break
        }
    }

    /// The secretary says what is to become of messages that may have been sent.
    private func decide() throws {
        for message in try desk.messages(in: [.uncertain]) {
            let ruling: MessageRuling = dice.happens(5000) ? .retry : .drop(reason: "it arrived")
            do { _ = try desk.rule(ruling, on: [message.key]) } catch { revive() }
        }
    }
}

// What must hold.
extension SimulatedYear {
    private func judge() throws -> (faults: [String], figures: Figures) {
        let entries = try journal.inner.read { try $0.entries().map { try Ledger.read($0) } }
        let messages = try desk.messages()
        let (missed, due) = DueOracle.missed(in: entries, until: hands.now)
        var faults = missed.map { "missed: \($0)" }
        let accounts = try desk.accounts()
        faults += accounts.all.filter { [.missing, .pending, .uncertain].contains($0.state) }.map { "\($0.state): \($0.key)" }
        faults += try acknowledgements() + doubles(messages) + lies(messages)
        if let fault = try journal.inner.read({ try $0.verify() }) { faults.append("\(fault)") }
        if try !desk.rowsFollow() { faults.append("the rows do not follow from the entries") }
        figures.years = 1
        figures.meetings = meetings.count
        figures.due = due
        figures.messages = messages.count
        figures.sent = accounts.count(of: .sent)
        figures.copies = copies.values.reduce(0) { $0 + $1 - 1 }
        figures.deaths = journal.deaths
        return (faults.map { "year \(seed): \($0)" }, figures)
    }

    /// How often the mail system accepted each message.
    private var copies: [String: Int] {
        Dictionary(post.handed.filter(\.isAccepted).map { ($0.messageID, 1) }, uniquingKeysWith: +)
    }

    private func acknowledgements() throws -> [String] {
        try acknowledged.keys.sorted().compactMap { id in
            guard let kept = try journal.inner.read({ try $0.answer(to: id) }) else { return "lost: \(id)" }
            let receipt: Receipt = try Ledger.value(from: kept)
            return receipt == acknowledged[id] ? nil : "\(id) has another answer now"
        }
    }

    private func doubles(_ messages: [OutboxMessage]) -> [String] {
        var faults: [String] = []
        for (id, count) in copies.sorted(by: { $0.key < $1.key }) where count > 1 + post.ambiguous[id, default: 0] {
            faults.append("doubled: \(id) went out \(count) times")
        }
        var first: [String: [UInt8]] = [:]
        for copy in post.handed {
            if let bytes = first[copy.messageID], bytes != copy.bytes { faults.append("not the same bytes: \(copy.messageID)") }
            first[copy.messageID] = copy.bytes
        }
        // No reader is told the same thing in two messages.
        var told: [String: Int] = [:]
        for message in messages where message.state == .sent {
            for mailing in LetterNote.read(message.json)?.mailings ?? [] {
                told["\(mailing) to \(message.recipient)", default: 0] += 1
            }
        }
        return faults + told.filter { $0.value > 1 }.keys.sorted().map { "told twice: \($0)" }
    }

    /// What the outbox says and the mail system does not bear out.
    private func lies(_ messages: [OutboxMessage]) -> [String] {
        let went = copies
        let ends = Dictionary(messages.map { ($0.messageID, $0.validUntil) }) { first, _ in first }
        let unsent = messages.filter { $0.state == .sent && went[$0.messageID] == nil }.map { "not sent: \($0.key)" }
        let late = post.handed.filter { copy in (ends[copy.messageID] ?? nil).map { copy.at >= $0 } ?? false }
        return unsent + late.map { "too late: \($0.messageID)" }
    }

    /// The same for the same seed: all that was handed to the mail system, in order.
    package var fingerprint: String {
        Fingerprint.of(post.handed.map { "\($0.messageID) \($0.recipient) \($0.at) \($0.isAccepted)" }.joined(separator: "\n"))
    }
}
