import CEL
import Calendars
import Diagnostics
import Foundation
import Governance
import Testing
import Workflows

/// A small society that lives through commands in virtual time, with the workflows that are shipped.
///
/// One body, six seats for two organisations; `sue` is its secretary, `carl` its chair, `olga` the coordinator of the first
/// organisation. Representatives are ann, bob, cat (first) and dan, eve, fay (second); `sam` may stand in for ann.
struct Rehearsal {
    var registrar: Registrar
    var standing = Standing()
    var entries: [Entry] = []
    var now: Instant
    private var given = 0

    static let zone: Zone = {
        let bytes = (try? Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Europe/London"))).map(Array.init) ?? []
        return (try? Zone(name: "Europe/London", tzif: bytes)) ?? .utc
    }()

    /// All that is shipped.
    static let whole = WorkflowLibrary(checking: sources)

    /// What is shipped, without the workflows that ask something of everybody from the first day on.
    static let library = WorkflowLibrary(
        checking: sources.filter { source in !fromTheFirstDay.contains { source.text.name.hasSuffix("/" + $0 + ".yaml") } })

    private static let fromTheFirstDay = ["term", "code_of_conduct"]

    static let sources: [WorkflowSource] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Workflows").standardized
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return files.filter { $0.hasSuffix(".yaml") }.sorted().map { name in
            let text = (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
            return WorkflowSource(SourceText(name: "Workflows/\(name)", text: text), hash: "hash of " + name)
        }
    }()

    /// A society that goes by everything that is shipped.
    init(whole now: String) {
        self.init(at: now)
        var rulebook = registrar.rulebook
        rulebook.workflows = Dictionary(uniqueKeysWithValues: Self.whole.workflows.map { ($0.name, $0) })
        registrar = Registrar(rulebook: rulebook)
    }

    static var pack: RulePack {
        func period(_ number: Int) -> PolicyPeriod {
            PolicyPeriod(
                CountedPeriod(number, .days, counting: .working), policy: "test", source: "003 L45", status: "verified")
        }
        return RulePack(
            name: "test", title: "A test's rules", hash: "pack", counting: .working, working: .working,
            periods: ["notice": period(10), "agenda": period(5), "papers": period(5)],
            whenNoticeIsShort: "Members may ask to put off what they could not prepare.",
            quorum: QuorumPolicy(
                numerator: 1, denominator: 3, minimum: 3, of: .seats, withdrawn: .notCounted, remoteCounts: true,
                substitutesCount: true),
            inquorateItem: .defer, deferralsAllowed: 1, citations: [:])
    }

    /// - Parameter others: workflows besides those that are shipped.
    init(at now: String, with others: [String]) {
        self.init(at: now)
        let sources = others.enumerated().map {
            WorkflowSource(SourceText(name: "other\($0).yaml", text: $1), hash: "hash of other \($0)")
        }
        let shipped = Self.sources.filter { source in Self.library.workflows.contains { $0.file == source.text.name } }
        let library = WorkflowLibrary(checking: shipped + sources)
        for finding in library.findings where finding.file.hasPrefix("other") { Issue.record("\(finding.rendered(in: nil))") }
        var rulebook = registrar.rulebook
        rulebook.workflows = Dictionary(uniqueKeysWithValues: library.workflows.map { ($0.name, $0) })
        registrar = Registrar(rulebook: rulebook)
    }

    init(at now: String) {
        let holidays = HolidayTable(
            name: "england-and-wales", edition: CivilDate("2026-01-01") ?? .earliest,
            days: [
                "2026-01-01": "New Year", "2026-12-25": "Christmas Day", "2026-12-28": "Boxing Day", "2027-01-01": "New Year",
            ]
            .reduce(into: [:]) { days, pair in CivilDate(pair.key).map { days[$0] = pair.value } })
        let binding = Rulebook.Binding(pack: Self.pack, holidays: holidays, zone: Self.zone)
        let workflows = Dictionary(uniqueKeysWithValues: Self.library.workflows.map { ($0.name, $0) })
        registrar = Registrar(
            rulebook: Rulebook(
                workflows: workflows, standard: binding, reminderTime: CivilTime(hour: 9, minute: 0) ?? .midnight))
        self.now = Self.moment(now)
    }

    static func moment(_ text: String) -> Instant { (try? WrittenMoment.parse(text).get())?.instant(in: zone) ?? .earliest }

    static let names = ["sue", "carl", "olga", "ann", "bob", "cat", "dan", "eve", "fay", "sam", "kim"]

    func id(_ name: String) -> ID { Self.names.firstIndex(of: name).map { "p\($0 + 1)" } ?? name }

    /// Takes the roster over.
    mutating func settleIn() {
        var records: [Record] = Self.names.map { .person(Person(id: id($0))) }
        let personal = Self.names.flatMap { name in
            [
                PersonalValue(key: id(name) + "/name", owner: id(name), value: name.capitalized),
                PersonalValue(key: id(name) + "/email", owner: id(name), value: name + "@example.org"),
            ]
        }
        records.append(
            .body(Body(id: "b1", name: "Care Partnership", roles: ["secretary": [id("sue")], "chair": [id("carl")]])))
        records.append(
            .organisation(
                Organisation(
                    id: "o1", name: "Voluntary Alliance", roles: ["coordinator": [id("olga")]], constituency: [id("kim")])))
        records.append(.organisation(Organisation(id: "o2", name: "Patients' Forum")))
        for (index, name) in ["ann", "bob", "cat", "dan", "eve", "fay"].enumerated() {
            let seat = "s\(index + 1)"
            records.append(
                .seat(
                    Seat(
                        id: seat, body: "b1", organisation: index < 3 ? "o1" : "o2", name: "Seat \(index + 1)",
                        substitutes: index == 0 ? [id("sam")] : [])))
            records.append(
                .term(
                    Term(
                        id: "t\(index + 1)", seat: seat, person: id(name), start: CivilDate("2026-01-01") ?? .earliest,
                        end: CivilDate("2028-12-31") ?? .latest)))
        }
        take(registrar.adopt(records, personal: personal, by: nil, in: standing, now: now))
    }

    mutating func take(_ decision: Decision, _ location: SourceLocation = #_sourceLocation) {
        switch decision {
        case .refused(let refusal):
            Issue.record("refused: \(refusal.reason) \(refusal.notes) allowed: \(refusal.allowed)", sourceLocation: location)
        case .taken(let taken):
            standing = taken.standing
            entries += taken.entries
        }
    }

    /// Goes on to a time; everything due until then fires.
    mutating func wait(until text: String, _ location: SourceLocation = #_sourceLocation) {
        now = Self.moment(text)
        take(registrar.fire(upTo: now, in: standing), location)
    }

    private mutating func command(
        _ name: String, by actor: String, for behalf: String?, _ subjects: [SubjectKind: ID], _ fields: [String: Value]
    ) -> Command {
        given += 1
        return Command(
            id: "k\(given)", name: name, subjects: subjects, fields: fields, actor: id(actor), behalf: behalf.map(id))
    }

    /// A command that is to be taken.
    mutating func say(
        _ name: String, by actor: String, for behalf: String? = nil, _ subjects: [SubjectKind: ID] = [:],
        _ fields: [String: Value] = [:], _ location: SourceLocation = #_sourceLocation
    ) {
        let command = command(name, by: actor, for: behalf, subjects, fields)
        take(registrar.decide(command, in: standing, now: now), location)
    }

    /// A command that is to be refused; gives the refusal.
    @discardableResult
    mutating func refused(
        _ name: String, by actor: String, for behalf: String? = nil, _ subjects: [SubjectKind: ID] = [:],
        _ fields: [String: Value] = [:], _ location: SourceLocation = #_sourceLocation
    ) -> Refusal {
        let command = command(name, by: actor, for: behalf, subjects, fields)
        if case .refused(let refusal) = registrar.decide(command, in: standing, now: now) { return refusal }
        Issue.record("\(name) was taken", sourceLocation: location)
        return Refusal(.limit, "taken")
    }

    func at(_ text: String) -> Value { .timestamp(Timestamp(Self.moment(text))) }

    func person(_ name: String) -> Value { .string(id(name)) }

    /// The titles of what a person owes now.
    func owes(_ name: String) -> [String] { registrar.owed(by: id(name), in: standing, now: now).map(\.title) }

    /// The one case of a workflow for these subjects.
    func theCase(_ workflow: String, _ subjects: [SubjectKind: ID]) -> Case? {
        standing.cases(of: workflow, for: subjects).last
    }

    /// Documents mailed, each with the names of those it went to.
    func mailed(_ document: String) -> [[String]] {
        entries.flatMap(\.changes).compactMap { change in
            guard case .mailed(let mailing) = change, mailing.document == document else { return nil }
            return mailing.to.map { standing.name(of: $0) }
        }
    }
}
