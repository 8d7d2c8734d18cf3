public import Calendars
public import Governance
import Journals
import Post
import Synchronization
import Workflows

/// A rehearsal in virtual time: what would follow if people did this and that, over a copy of what stands in a workspace.
///
/// The copy is in memory and nothing is written to the workspace; every message is taken to arrive. Between two steps each thing that
/// falls due happens at its own instant.
public final class Simulation {
    /// Something that happened in the rehearsal.
    public struct Event: Sendable, Hashable {
        public enum Kind: String, Sendable {
            case command, refusal, tick, opened, ended, mail, reminder, escalation, overdue, over
        }

        public var at: Instant
        public var kind: Kind
        /// Whom it concerns, by name.
        public var who: [String]
        /// What happens to them.
        public var what: String
        public var meeting: ID?
        public var workflow: String?
    }

    public let desk: Desk
    public private(set) var events: [Event] = []
    private let time: Time
    private let courier: Courier
    private let scratch: String
    private var sequence: Int64
    private var told: Set<ID> = []

    /// Moments that one rehearsal may pass through.
    public static let mostMoments = 10_000

    private final class Time: Sendable {
        private let instant: Mutex<Instant>
        init(_ instant: Instant) { self.instant = Mutex(instant) }
        var now: Instant {
            get { instant.withLock { $0 } }
            set { instant.withLock { $0 = newValue } }
        }
    }

    /// Every message arrives.
    private struct Arriving: Transport {
        func deliver(_ bytes: [UInt8], _ envelope: Envelope) -> DeliveryResult { .accepted }
    }

    /// Begins with what stands at the desk now.
    public init(of original: Desk) throws {
        try original.refresh()
        let time = Time(original.now)
        let clock = Clock { time.now }
        let journal = InMemoryJournal()
        sequence = try Self.copy(original.journal, to: journal)
        scratch = try Disk.temporaryFolder()
        desk = try Desk(
            workspace: original.workspace, journal: journal, files: try FileStore(folder: scratch), clock: clock,
            fill: original.fill)
        courier = Courier(
            journal: journal, transport: Arriving(), sender: try original.workspace.settings.sender().address, clock: clock,
            chance: .system)
        self.time = time
    }

    deinit { Disk.removeFolder(scratch) }

    private static func copy(_ original: any JournalStore, to copy: InMemoryJournal) throws -> Int64 {
        try original.read { reading in
            var positions: [String: Int64] = [:]
            var last: Int64 = 0
            for entry in try reading.entries() {
                try copy.transact(at: entry.recorded) { transaction in
                    let added = try transaction.append(
                        NewEntry(
                            effective: entry.effective, actor: entry.actor, behalf: entry.behalf, commandID: entry.commandID,
                            kind: entry.kind, payload: entry.payload), to: entry.stream, expecting: positions[entry.stream] ?? 0
                    )
                    positions[entry.stream] = added.position
                    last = added.sequence
                }
            }
            try copy.transact(at: try reading.newestEntry()?.recorded ?? 0) { transaction in
                for value in try reading.personalValues() { try transaction.setPersonalValue(value) }
                for it in try reading.definitions() { try transaction.define(kind: it.kind, name: it.name, text: it.text) }
            }
            return last
        }
    }

    public var now: Instant { desk.now }
}

// Time passes.
extension Simulation {
    /// Lets time pass up to an instant; each thing that falls due before happens at its own.
    public func pass(to instant: Instant) throws {
        for _ in 0..<Self.mostMoments {
            guard let next = nextMoment(after: time.now, upTo: instant) else { break }
            time.now = next
            try happen()
        }
        time.now = max(time.now, instant)
        try happen()
    }

    /// Lets time pass until nothing more is due, at most up to an instant.
    public func passToEnd(atMost instant: Instant) throws {
        for _ in 0..<Self.mostMoments {
            guard let next = nextMoment(after: time.now, upTo: instant) else { return }
            time.now = next
            try happen()
        }
    }

    /// The next thing that is due: a timer, or a duty whose time runs out.
    private func nextMoment(after now: Instant, upTo limit: Instant) -> Instant? {
        let standing = desk.standing
        var next: Instant?
        for it in standing.openFamilies.flatMap({ standing.openCases(inFamily: $0) }) {
            let dues = standing.openDuties(of: it.id).map { $0.due.adding(seconds: 1) }
            for at in standing.timers(of: it).map(\.at) + dues where at > now && at <= limit && next.map({ at < $0 }) ?? true {
                next = at
            }
        }
        return next
    }

    private func happen() throws {
        _ = try desk.fireAll()
        try settle()
        try report()
        reportOverdue()
    }

    private func settle() throws {
        for _ in 0..<Timekeeper.mostRounds {
            _ = try courier.deliver()
            guard try desk.tellSettled() else { return }
        }
    }
}

// People do something.
extension Simulation {
    /// Gives a command in people's words; a refusal is told.
    /// - Parameter assuming: fields that are missing are filled in with what comes to hand.
    public func give(_ request: Request, assuming: Bool = false) throws {
        let who = try desk.standing.name(of: desk.lookup().person(request.actor))
        switch try desk.prepare(request) {
        case .failure(let refusal): note(refusal, request.command, who)
        case .success(var prepared):
            var assumed: [String] = []
            if assuming {
                for field in prepared.missing {
                    guard let text = field.type.stopgap else { continue }
                    try desk.fill(field, with: text, in: &prepared)
                    assumed.append("\(field.name): \(text)")
                }
            }
            switch try desk.perform(prepared.command) {
            case .refused(let refusal): note(refusal, request.command, who)
            case .taken(let receipt):
                let assumption = assumed.isEmpty ? "" : " (assumed \(assumed.joined(separator: ", ")))"
                note(.command, [who], prepared.definition.title + assumption, ofCase: receipt.ofCase)
            }
        }
        try settle()
        try report()
    }

    /// Ticks all lines of what a person owes.
    public func tickAll(by actor: String) throws {
        let person = try desk.lookup().person(actor)
        let who = desk.standing.name(of: person)
        for owed in desk.registrar.owed(by: person, in: desk.standing, now: desk.now) {
            let lines = owed.checklist.filter { !$0.isDone }
            for line in lines {
                _ = try desk.tick(
                    duty: owed.duty.id, line: line.key, isDone: true, by: person, id: Chance.system.token())
            }
            if !lines.isEmpty { note(.tick, [who], owed.title, ofCase: owed.ofCase.id) }
        }
        try report()
    }

    private func note(_ refusal: Refusal, _ command: String, _ who: String) {
        note(.refusal, [who], "\(command): \(refusal.reason)", ofCase: nil)
    }
}

// What happened is told.
extension Simulation {
    private func note(
        _ kind: Event.Kind, _ who: [String], _ what: String, ofCase: ID?, at: Instant? = nil
    ) {
        let it = ofCase.flatMap { desk.standing.cases[$0] }
        events.append(
            Event(
                at: at ?? now, kind: kind, who: who, what: what,
                meeting: it.flatMap { desk.standing.keys(of: $0).all[.meeting] },
                workflow: it?.workflow))
    }

    /// Tells what the entries since the last look say.
    private func report() throws {
        let entries = try desk.entries().filter { $0.sequence > sequence }
        for placed in entries {
            sequence = placed.sequence
            for change in placed.entry.changes { report(change, at: placed.entry.effective) }
        }
    }

    private func report(_ change: Change, at: Instant) {
        let standing = desk.standing
        switch change {
        case .dutyOpened(let duty):
            guard let owed = desk.registrar.describe(duty, in: standing, now: at) else { return }
            let due = desk.registrar.rulebook.spoken(duty.due, for: owed.body)
            note(.opened, names(owed.owners), "\(owed.title), due \(due)", ofCase: duty.ofCase, at: at)
        case .dutyEnded(let id, let how, _):
            guard let duty = standing.duties[id], let owed = desk.registrar.describe(duty, in: standing, now: at) else {
                return
            }
            note(.ended, names(owed.owners), "\(owed.title): \(how.rawValue)", ofCase: duty.ofCase, at: at)
        case .mailed(let mailing): report(mailing, at: at)
        case .ended(let id, let ending, _):
            guard let it = standing.cases[id] else { return }
            let title = desk.registrar.title(of: it, in: standing, now: at)
            note(.over, [], "\(ending.rawValue): \(title)", ofCase: id, at: at)
        default: break
        }
    }

    private func report(_ mailing: Mailing, at: Instant) {
        let duty = mailing.duty.flatMap { desk.standing.duties[$0] }
        let title = duty.flatMap { desk.registrar.describe($0, in: desk.standing, now: at)?.title } ?? ""
        let (kind, what): (Event.Kind, String) =
            switch mailing.document {
            case "reminder": (.reminder, title)
            case "escalation": (.escalation, title)
            default: (.mail, mailing.document)
            }
        note(kind, names(mailing.to), what, ofCase: mailing.ofCase, at: at)
    }

    private func reportOverdue() {
        let standing = desk.standing
        let late = standing.duties.values.filter { $0.isOpen && $0.due < now && !told.contains($0.id) }
        for duty in late.sorted(by: { numbered(($0.due, $0.id), ($1.due, $1.id)) }) {
            told.insert(duty.id)
            guard let owed = desk.registrar.describe(duty, in: standing, now: now) else { continue }
            note(.overdue, names(owed.owners), owed.title, ofCase: duty.ofCase, at: max(duty.due, duty.opened))
        }
    }

    private func names(_ people: [ID]) -> [String] { people.map { desk.standing.name(of: $0) } }
}

extension Simulation.Event {
    /// What happens to several people at the same time, told once.
    public static func gathered(_ events: [Simulation.Event]) -> [Simulation.Event] {
        var gathered: [Simulation.Event] = []
        for event in events {
            if let last = gathered.lastIndex(where: { $0.at == event.at && $0.kind == event.kind && $0.what == event.what }),
                event.isGathered
            {
                for name in event.who where !gathered[last].who.contains(name) { gathered[last].who.append(name) }
            } else {
                gathered.append(event)
            }
        }
        return gathered
    }

    private var isGathered: Bool {
        switch kind {
        case .opened, .ended, .mail, .reminder, .escalation, .overdue: true
        case .command, .refusal, .tick, .over: false
        }
    }

    /// As a sentence.
    public var words: String {
        let names = who.isEmpty ? "nobody" : Self.listed(who)
        let isMany = who.count > 1
        return switch kind {
        case .command: "\(names): \(what)"
        case .refusal: "REFUSED  \(names): \(what)"
        case .tick: "\(names): all of it ticked: \(what)"
        case .opened: "\(names) \(isMany ? "owe" : "owes"): \(what)"
        case .ended: "no longer owed by \(names): \(what)"
        case .mail: "mail to \(names): \(what)"
        case .reminder: "\(names) \(isMany ? "are" : "is") reminded: \(what)"
        case .escalation: "ESCALATED  to \(names): \(what)"
        case .overdue: "OVERDUE  from \(names): \(what)"
        case .over: what
        }
    }

    private static func listed(_ names: [String]) -> String {
        guard names.count > mostNamed else { return names.joined(separator: ", ") }
        return "\(names.prefix(mostNamed).joined(separator: ", ")) and \(names.count - mostNamed) more"
    }

    private static let mostNamed = 4
}

extension FieldType {
    /// Something to fill in where a rehearsal wants no particular answer; nil where there is no such thing.
    fileprivate var stopgap: String? {
        switch base {
        case .text, .longText: "as it may be"
        case .yesNo: "no"
        case .number: "1"
        case .choice(let choices): choices.first
        default: nil
        }
    }
}
