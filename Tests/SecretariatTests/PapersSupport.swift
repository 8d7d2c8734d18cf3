import CEL
import Calendars
import Diagnostics
import Documents
import Governance
import Testing
import Workflows

@testable import Secretariat

/// A partnership of five seats, its secretary and those around it, over the shipped workflows: commands go through the registrar.
struct Partnership {
    var standing = Standing()
    var entries: [Governance.Entry] = []
    var now: Instant
    let registrar: Registrar
    private var count = 0

    static let chair = "p1"
    static let secretary = "p2"
    static let asha = "p3"
    static let ben = "p4"
    static let lee = "p5"
    static let tom = "p6"
    static let coordinator = "p7"
    static let reader = "p8"
    static let dee = "p9"
    static let eve = "p10"

    static let names = [
        chair: "Mary O'Brien", secretary: "Joan Webb", asha: "Asha *Star* Patel", ben: "Ben Cole", lee: "Lee Park",
        tom: "Tom Ellis",
        coordinator: "Nia Rees", reader: "Sam Hill", dee: "Dee Ford", eve: "Eve Moss",
    ]

    init(at start: String = "2026-10-01T09:00:00Z") throws {
        let reader = DefinitionReader(
            settings: Settings(society: "Worcestershire Voices"), settingsSource: SourceText(name: "mandate.yaml", text: ""),
            folders: [Society.share + "/Workflows"])
        let definitions = try #require(reader.definitions, "\(reader.findings)")
        registrar = Registrar(rulebook: definitions.rulebook(bodies: [:], pinned: PinnedTexts()))
        now = try #require(Instant(start))
        try adopt()
    }

    private mutating func adopt() throws {
        let seated = [Self.chair, Self.asha, Self.ben, Self.lee, Self.tom, Self.eve]
        let body = Body(
            id: "b1", name: "Health & Care Board",
            roles: ["chair": [Self.chair], "secretary": [Self.secretary], "attendee": [Self.reader]])
        var records: [Record] = Self.names.keys.map { .person(Person(id: $0)) } + [.body(body)]
        let first = try #require(CivilDate("2026-01-01"))
        let last = try #require(CivilDate("2028-12-31"))
        for (index, person) in seated.enumerated() {
            let number = index + 1
            records += [
                .organisation(
                    Organisation(
                        id: "o\(number)", name: "Group \(number) & Sons", roles: ["coordinator": [Self.coordinator]],
                        constituency: [Self.reader])),
                .seat(
                    Seat(
                        id: "s\(number)", body: "b1", organisation: "o\(number)", name: "Seat \(number)",
                        substitutes: person == Self.ben ? [Self.dee] : [])),
                .term(Term(id: "t\(number)", seat: "s\(number)", person: person, start: first, end: last)),
            ]
        }
        let personal = Self.names.flatMap { id, name in
            [
                PersonalValue(key: id + "/name", owner: id, value: name),
                PersonalValue(key: id + "/email", owner: id, value: id + "@example.org"),
            ]
        }
        take(registrar.adopt(records, personal: personal, by: nil, in: standing, now: now))
    }

    mutating func at(_ moment: String) throws {
        now = try #require(Instant(moment))
        take(registrar.fire(upTo: now, in: standing))
    }

    /// Gives a command that must be taken.
    mutating func give(
        _ name: String, _ subjects: [SubjectKind: ID] = [:], _ fields: [String: Value] = [:], by actor: ID,
        for behalf: ID? = nil,
        at place: SourceLocation = #_sourceLocation
    ) {
        count += 1
        let command = Command(
            id: "k\(count)", name: name, subjects: subjects, fields: fields, actor: actor, behalf: behalf)
        take(registrar.decide(command, in: standing, now: now), at: place)
    }

    mutating func take(_ decision: Decision, at place: SourceLocation = #_sourceLocation) {
        switch decision {
        case .taken(let taken):
            standing = taken.standing
            entries += taken.entries
        case .refused(let refusal): Issue.record("refused: \(refusal)", sourceLocation: place)
        }
    }

    func papers(files: [String: String] = [:]) -> Papers {
        Papers(standing: standing, registrar: registrar, now: now, society: "Worcestershire Voices", entries: entries) { hash in
            guard let text = files[hash] else { throw PaperFailure("there is no file \(hash)") }
            return text
        }
    }

    func representative(_ person: ID) -> ID {
        standing.records.representatives.values.first { $0.person == person }?.id ?? ""
    }

    func mailings(_ document: String) -> [Mailing] {
        entries.flatMap(\.changes).compactMap { change in
            guard case .mailed(let mailing) = change, mailing.document == document else { return nil }
            return mailing
        }
    }
}

extension Partnership {
    mutating func moment(_ text: String) throws -> Value { .timestamp(Timestamp(try #require(Instant(text)))) }

    /// Two meetings; the first with a plan to decide, a restricted contract, and transport.
    mutating func plan() throws {
        for (start, title) in [("2026-11-17T14:00:00Z", "Health & Care Board"), ("2027-01-12T14:00:00Z", "Winter meeting")] {
            give(
                "plan_meeting", [:],
                ["body": .string("b1"), "start": try moment(start), "title": .string(title), "place": .string("Room 2")],
                by: Self.secretary)
        }
        add("Winter plan", "decision")
        add("Contract for beds", "decision", until: "2027-03-01")
        add("Transport", "discussion")
        give("give_notice", [.meeting: "m1"], by: Self.secretary)
        give("publish_agenda", [.meeting: "m1"], by: Self.secretary)
        paper("Plan for the winter", item: "i1")
        paper("Bids", item: "i2")
        paper("Costs", item: "i1", until: "2027-03-01")
        give("circulate", [.meeting: "m1"], by: Self.secretary)
    }

    mutating func add(_ title: String, _ purpose: String, until day: String? = nil) {
        give(
            "add_item", [.meeting: "m1"],
            ["title": .string(title), "purpose": .string(purpose), "restricted_until": day.map(Value.string) ?? .null],
            by: Self.secretary)
    }

    mutating func paper(_ title: String, item: ID, until day: String? = nil) {
        give(
            "add_paper", [.meeting: "m1"],
            [
                "title": .string(title), "item": .string(item), "file": .string("abc \(title)"),
                "restricted_until": day.map(Value.string) ?? .null,
            ], by: Self.secretary)
    }

    mutating func declare(_ person: ID, _ item: ID, _ nature: String, sensitive: Bool = false) {
        give(
            "declare", [.meeting: "m1", .representative: representative(person)],
            ["item": .string(item), "kind": .string("financial"), "nature": .string(nature), "sensitive": .bool(sensitive)],
            by: person)
    }

    /// From the calling to the end of the first meeting.
    mutating func hold() throws {
        try plan()
        try at("2026-11-10T10:00:00Z")
        declare(Self.asha, "i1", "Carers have applied for the grant")
        declare(Self.lee, "i2", "A family matter", sensitive: true)
        give("declare_none", [.meeting: "m1", .representative: representative(Self.chair)], by: Self.chair)
        give(
            "apologise", [.meeting: "m1", .representative: representative(Self.ben)],
            ["reason": .string("illness"), "substitute": .string(Self.dee)], by: Self.ben)
        give("stand_in", [.meeting: "m1", .representative: representative(Self.ben)], by: Self.dee)
        try at("2026-11-17T13:55:00Z")
        give("preside", [.meeting: "m1"], ["person": .string(Self.chair)], by: Self.secretary)
        for person in [Self.chair, Self.asha, Self.lee, Self.dee, Self.secretary] { arrive(person) }
        try at("2026-11-17T14:03:00Z")
        give("open_meeting", [.meeting: "m1"], by: Self.secretary)
        try decidePlan()
        try deferTheRest()
        try at("2026-11-17T15:48:00Z")
        give("end_meeting", [.meeting: "m1"], by: Self.secretary)
    }

    mutating func arrive(_ person: ID, _ manner: String = "room") {
        give("arrive", [.meeting: "m1"], ["person": .string(person), "manner": .string(manner)], by: Self.secretary)
    }

    /// Asha gives facts and withdraws; the others decide; she comes back.
    private mutating func decidePlan() throws {
        let interest: [SubjectKind: ID] = [.item: "i1", .representative: representative(Self.asha)]
        give("rule", interest, ["ruling": .string("must_withdraw")], by: Self.chair)
        try at("2026-11-17T14:20:00Z")
        arrive(Self.eve, "remote")
        give("open_item", [.item: "i1"], by: Self.secretary)
        give("invite_facts", interest, by: Self.chair)
        give("give_facts", interest, ["facts": .string("214 carers wait")], by: Self.secretary)
        try at("2026-11-17T14:32:00Z")
        give("withdraw", interest, ["person": .string(Self.asha)], by: Self.secretary)
        try at("2026-11-17T14:45:00Z")
        give(
            "decide", [.item: "i1"],
            [
                "decision": .string("The winter plan is approved"), "votes_for": .int(3), "votes_against": .int(1),
                "abstained": .int(0),
            ],
            by: Self.secretary)
        try at("2026-11-17T14:50:00Z")
        give("return_to_room", interest, ["person": .string(Self.asha)], by: Self.secretary)
    }

    private mutating func deferTheRest() throws {
        let interest: [SubjectKind: ID] = [.item: "i2", .representative: representative(Self.lee)]
        give("rule", interest, ["ruling": .string("clear")], by: Self.chair)
        give("open_item", [.item: "i2"], by: Self.secretary)
        give("decide", [.item: "i2"], ["decision": .string("The secret bid wins")], by: Self.secretary)
        try at("2026-11-17T15:10:00Z")
        give("open_item", [.item: "i3"], by: Self.secretary)
        give("defer", [.item: "i3"], ["why": .string("The figures are missing")], by: Self.secretary)
    }
}

/// The checkout's own folder.
let checkout: String = {
    let parts = #filePath.split(separator: "/").dropLast(3)
    return "/" + parts.joined(separator: "/")
}()

let library = TemplateLibrary(folders: [checkout + "/Templates"])
