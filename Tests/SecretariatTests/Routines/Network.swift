import CEL
import Calendars
import Diagnostics
import Documents
import Foundation
import Governance
import Testing
import Workflows

@testable import Secretariat

/// A network of those who lead volunteers, over all shipped workflows: commands go through the registrar, documents through the papers.
///
/// Olga coordinates it; Mia, Noor, Omar and Pia are its members, Arlo works beside them, Quin would like to join. Mia has a seat on a
/// partnership that Sue clerks and Carl chairs.
struct Network: Sendable {
    var standing = Standing()
    var entries: [Governance.Entry] = []
    var now: Instant
    let registrar: Registrar
    /// What people wrote in the place of drafts.
    private var files: [String: String] = [:]
    private var count = 0

    static let people = ["olga", "mia", "noor", "omar", "pia", "arlo", "quin", "rita", "sue", "carl"]
    static let network = "o1"
    static let about: [SubjectKind: ID] = [.organisation: network]

    init(at start: String) throws {
        let reader = DefinitionReader(
            settings: Settings(society: "The Society"), settingsSource: SourceText(name: "mandate.yaml", text: ""),
            folders: [checkout + "/Workflows"])
        let definitions = try #require(reader.definitions, "\(reader.findings)")
        registrar = Registrar(rulebook: definitions.rulebook(bodies: [:], pinned: PinnedTexts()))
        now = try #require(Instant(start + "T09:00:00Z"))
        try settleIn()
    }

    static func id(_ name: String) -> ID { people.firstIndex(of: name).map { "p\($0 + 1)" } ?? name }

    private mutating func settleIn() throws {
        let first = try #require(CivilDate("2026-01-01"))
        let last = try #require(CivilDate("2029-12-31"))
        let records: [Record] =
            Self.people.map { .person(Person(id: Self.id($0))) } + [
                .organisation(
                    Organisation(
                        id: Self.network, name: "Volunteer Leaders' Network",
                        roles: ["coordinator": [Self.id("olga")], "associate": [Self.id("arlo")]],
                        constituency: ["mia", "noor", "omar", "pia"].map(Self.id))),
                .body(
                    Body(
                        id: "b1", name: "Care Partnership", roles: ["secretary": [Self.id("sue")], "chair": [Self.id("carl")]])),
                .seat(Seat(id: "s1", body: "b1", organisation: Self.network, name: "Seat 1", substitutes: [])),
                .term(Term(id: "t1", seat: "s1", person: Self.id("mia"), start: first, end: last)),
            ]
        let personal = Self.people.flatMap { name in
            [
                PersonalValue(key: Self.id(name) + "/name", owner: Self.id(name), value: name.capitalized),
                PersonalValue(key: Self.id(name) + "/email", owner: Self.id(name), value: name + "@example.org"),
            ]
        }
        take(registrar.adopt(records, personal: personal, by: nil, in: standing, now: now))
    }

    /// Goes on to a day, at nine; all that is due until then fires.
    mutating func on(_ day: String, _ place: SourceLocation = #_sourceLocation) throws {
        now = try #require(Instant(day + "T09:00:00Z"), sourceLocation: place)
        take(registrar.fire(upTo: now, in: standing), place)
    }

    mutating func take(_ decision: Decision, _ place: SourceLocation = #_sourceLocation) {
        switch decision {
        case .taken(let taken):
            standing = taken.standing
            entries += taken.entries
            for value in taken.personal { standing.personal[value.key] = value.value }
        case .refused(let refusal):
            Issue.record("refused: \(refusal.reason) \(refusal.notes) allowed: \(refusal.allowed)", sourceLocation: place)
        }
    }
}

// What people say.
extension Network {
    private mutating func command(
        _ name: String, _ actor: String, _ ofCase: ID?, _ subjects: [SubjectKind: ID], _ fields: [String: Value]
    ) -> Command {
        count += 1
        return Command(
            id: "k\(count)", name: name, subjects: subjects, ofCase: ofCase, fields: fields, actor: Self.id(actor))
    }

    /// A command that is to be taken.
    mutating func give(
        _ name: String, by actor: String, in ofCase: ID? = nil, about subjects: [SubjectKind: ID] = [:],
        _ fields: [String: Value] = [:], _ place: SourceLocation = #_sourceLocation
    ) {
        let command = command(name, actor, ofCase, subjects, fields)
        take(registrar.decide(command, in: standing, now: now), place)
    }

    /// A command that is to be refused; answers why.
    mutating func refused(
        _ name: String, by actor: String, in ofCase: ID? = nil, about subjects: [SubjectKind: ID] = [:],
        _ fields: [String: Value] = [:], _ place: SourceLocation = #_sourceLocation
    ) -> String {
        let command = command(name, actor, ofCase, subjects, fields)
        if case .refused(let refusal) = registrar.decide(command, in: standing, now: now) { return refusal.reason }
        Issue.record("\(name) was taken", sourceLocation: place)
        return ""
    }

    /// Ticks all that a person still has to tick.
    mutating func tickAll(_ name: String, _ place: SourceLocation = #_sourceLocation) {
        for owed in registrar.owed(by: Self.id(name), in: standing, now: now) {
            for line in owed.checklist where !line.isDone {
                take(
                    registrar.tick(
                        duty: owed.duty.id, line: line.key, isDone: true, by: Self.id(name), in: standing, now: now), place)
            }
        }
    }

    /// Puts words of their own in the place of a case's draft.
    mutating func write(
        _ document: String, by name: String, in ofCase: ID, _ text: String, _ place: SourceLocation = #_sourceLocation
    ) {
        let file = "f\(files.count)"
        files[file] = text
        take(
            registrar.edit(draft: document, of: ofCase, file: file, by: Self.id(name), in: standing, now: now), place)
    }

    func person(_ name: String) -> Value { .string(Self.id(name)) }
}

// What came of it.
extension Network {
    /// The newest case of a workflow.
    func newest(_ workflow: String, of person: String? = nil) -> ID {
        let cases = standing.cases(of: workflow).filter { person == nil || $0.subjects[.person] == person.map(Self.id) }
        return cases.last?.id ?? "no case of \(workflow)"
    }

    func isIn(_ state: String, _ ofCase: ID) -> Bool { standing.cases[ofCase]?.isIn(state) ?? false }

    func isOpen(_ ofCase: ID) -> Bool { standing.cases[ofCase]?.isOpen ?? false }

    /// The titles of what a person owes now.
    func owes(_ name: String) -> [String] {
        registrar.owed(by: Self.id(name), in: standing, now: now).map(\.title)
    }

    /// The places in the sources that the duties name which were opened.
    var places: Set<String> {
        Set(
            entries.flatMap(\.changes).compactMap { change in
                guard case .dutyOpened(let duty) = change else { return nil }
                return registrar.describe(duty, in: standing, now: now)?.basis
            })
    }

    var papers: Papers {
        Papers(standing: standing, registrar: registrar, now: now, society: "The Society", entries: entries) {
            [files] hash in
            guard let text = files[hash] else { throw PaperFailure("there is no file \(hash)") }
            return text
        }
    }

    /// A case's document as this person reads it.
    func document(_ name: String, of ofCase: ID, for reader: String? = nil) throws -> String {
        let request = PaperRequest(document: name, ofCase: ofCase, reader: reader.map(Self.id))
        return try library.render(name, try papers.values(for: request), as: .markdown)
    }

    /// The names of those to whom a document went, in the order of the alphabet.
    func mailed(_ document: String) -> [String] {
        mailings.filter { $0.document == document }.flatMap { $0.to.map { standing.name(of: $0) } }.sorted()
    }

    var mailings: [Mailing] {
        entries.flatMap(\.changes).compactMap { if case .mailed(let mailing) = $0 { mailing } else { nil } }
    }

    /// Writes every mail that went out, each to its first reader, as the courier does.
    func writeAllMail() throws {
        for mailing in mailings where mailing.duty == nil {
            guard let reader = mailing.to.first else { continue }
            let body = try papers.message(for: mailing, to: reader, from: library)
            #expect(!body.subject.isEmpty && !body.subject.contains("{{"), "\(mailing.document)")
        }
    }
}
