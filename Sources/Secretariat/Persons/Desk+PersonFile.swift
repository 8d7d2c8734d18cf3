import CEL
import Calendars
import Foundation
public import Governance
import Journals
import Post
import Workflows

extension Desk {
    /// Everything that is held about a person.
    public func personFile(of person: ID) throws -> PersonFile {
        try refresh()
        let values = try journal.read { try $0.personalValues(of: person) }
        let entries = try entries()
        let papers = Papers(facts(at: now, story: entries.map(\.entry)))
        var file = PersonFile(person: person, name: standing.name(of: person), made: now)
        file.values = held(values, entries)
        file.places = places(of: person)
        file.attendance = attendance(of: person, papers)
        file.duties = duties(of: person)
        file.interests = interests(of: person, papers)
        file.messages = try messagesTo(person)
        file.files = try filesAbout(person, values, papers)
        file.acts = acts(of: person, entries)
        return file
    }

    /// The bytes of one of the files that it names.
    public func bytes(of kept: PersonFile.Kept) throws -> [UInt8] { try files.read(kept.hash) }

    private func held(_ values: [Journals.PersonalValue], _ entries: [PlacedEntry]) -> [PersonFile.Held] {
        var origins: [String: PlacedEntry] = [:]
        for placed in entries {
            for case .string(let text) in placed.entry.fields.values where text.hasPrefix(Governance.PersonalValue.mark) {
                origins[text] = placed
            }
        }
        return values.map { value in
            let origin = origins[value.id]
            return PersonFile.Held(
                key: value.id, value: value.value, from: origin.map { title(of: $0.entry) }, at: origin?.entry.effective)
        }
    }

    private func title(of entry: Governance.Entry) -> String {
        let it = entry.ofCase.flatMap { standing.cases[$0] }
        let title = it.flatMap { registrar.rulebook.workflow(of: $0) }?.command(named: entry.name)?.title ?? entry.name
        return it.map { "\(title): \(registrar.title(of: $0, in: standing, now: now))" } ?? title
    }

    private func places(of person: ID) -> [PersonFile.Place] {
        let records = standing.records
        func seat(_ id: ID) -> String {
            guard let seat = records.seats[id] else { return id }
            return "\(seat.name), \(records.bodies[seat.body]?.name ?? seat.body)"
        }
        var places = records.terms.values.filter { $0.person == person }.sorted { numbered($0.id, $1.id) }
            .map { PersonFile.Place(what: "term", of: seat($0.seat), from: $0.start, until: $0.end) }
        places += records.seats.values.filter { $0.substitutes.contains(person) }.sorted { numbered($0.id, $1.id) }
            .map { PersonFile.Place(what: "substitute", of: seat($0.id)) }
        let offices =
            records.bodies.values.map { ($0.name, $0.roles) } + records.organisations.values.map { ($0.name, $0.roles) }
        places += offices.sorted { $0.0 < $1.0 }.flatMap { name, roles in
            roles.filter { $0.value.contains(person) }.keys.sorted().map { PersonFile.Place(what: $0, of: name) }
        }
        places += records.organisations.values.filter { $0.constituency.contains(person) }.sorted { numbered($0.id, $1.id) }
            .map { PersonFile.Place(what: "constituency", of: $0.name) }
        return places
    }

    private func attendance(of person: ID, _ papers: Papers) -> [PersonFile.Attended] {
        standing.records.meetings.values.sorted { numbered(($0.start, $0.id), ($1.start, $1.id)) }.flatMap { meeting in
            (standing.records.rolls[meeting.id]?.presence[person] ?? []).map { stretch in
                PersonFile.Attended(
                    meeting: "\(papers.body(meeting.body)), \(papers.words(for: meeting))", from: stretch.from,
                    until: stretch.until, manner: stretch.manner.rawValue)
            }
        }
    }

    private func duties(of person: ID) -> [PersonFile.Owed] {
        standing.duties.values.sorted { numbered(($0.due, $0.id), ($1.due, $1.id)) }.filter {
            registrar.owners(of: $0, in: standing).contains(person)
        }.compactMap { duty in
            guard let owed = registrar.describe(duty, in: standing, now: now) else { return nil }
            return PersonFile.Owed(
                title: owed.title, about: registrar.title(of: owed.ofCase, in: standing, now: now), due: duty.due,
                state: duty.ended?.how.rawValue ?? "open")
        }
    }

    private func interests(of person: ID, _ papers: Papers) -> [PersonFile.Interest] {
        let registered = standing.records.interests.values.sorted { numbered($0.id, $1.id) }.filter {
            standing.records.representatives[$0.representative]?.person == person
        }.map { it in
            PersonFile.Interest(
                about: "registered: \(standing.words(it.organisation))", kind: it.kind, nature: standing.words(it.nature),
                isSensitive: it.isSensitive, since: "\(it.since)")
        }
        let declared = standing.records.meetings.values.sorted { numbered(($0.start, $0.id), ($1.start, $1.id)) }
            .flatMap { papers.declarations(at: $0) }.filter { $0.person == person }.map { it in
                PersonFile.Interest(
                    about: "\(it.item.title), \(papers.words(for: it.meeting))", kind: it.kind, nature: it.nature,
                    isSensitive: it.isSensitive, since: "\(it.declared)", ruling: it.ruling)
            }
        return registered + declared
    }

    private func messagesTo(_ person: ID) throws -> [PersonFile.Sent] {
        try messages().filter { $0.recipient == person }.sorted { ($0.created, $0.key) < ($1.created, $1.key) }.map { message in
            let note = LetterNote.read(message.json)
            return PersonFile.Sent(
                key: message.key, at: Instant(seconds: message.sentAt ?? message.created), document: note?.document ?? "",
                subject: note?.subject, address: message.address, state: message.state.rawValue,
                text: message.bytes.map { String(decoding: $0, as: UTF8.self) })
        }
    }

    /// The kept files that name the person or that they edited.
    private func filesAbout(
        _ person: ID, _ values: [Journals.PersonalValue], _ papers: Papers
    ) throws -> [PersonFile.Kept] {
        let traces = Traces(of: person, in: Dictionary(values.map { ($0.id, $0.value) }) { $1 })
        var names: [String: String] = [:]
        for paper in standing.records.papers.values { if let file = paper.file { names[file] = "paper: \(paper.title)" } }
        for draft in standing.drafts.values {
            guard let file = draft.file, let it = standing.cases[draft.ofCase] else { continue }
            names[file] = "\(draft.document): \(registrar.title(of: it, in: standing, now: now))"
        }
        let theirs = Set(standing.drafts.values.filter { $0.editedBy == person }.compactMap(\.file))
        return try files.hashes().filter { hash in
            try theirs.contains(hash) || traces.areIn(try files.read(hash))
        }.map { PersonFile.Kept(name: names[$0] ?? "an earlier text of a draft", hash: $0) }
    }

    private func acts(of person: ID, _ entries: [PlacedEntry]) -> [PersonFile.Act] {
        entries.filter { $0.entry.actor == person || $0.entry.behalf == person }.map { placed in
            PersonFile.Act(
                sequence: placed.sequence, at: placed.entry.effective, recorded: placed.recorded,
                what: title(of: placed.entry), how: placed.entry.behalf == person ? "for them" : "by them")
        }
    }
}

extension Desk {
    /// Writes a person's file to a new folder: for people, for programs, with each file and message as it is.
    public func write(_ file: PersonFile, to folder: String) throws {
        guard !Disk.exists(folder) else { throw BackupFailure.occupied(folder) }
        try Disk.build(folder) { unnamed in
            try Disk.write(file.markdown, to: Disk.joined(unnamed, "person.md"))
            try Disk.write(try file.json() + "\n", to: Disk.joined(unnamed, "person.json"))
            try Disk.makeFolder(Disk.joined(unnamed, "files"))
            for kept in file.files { try Disk.write(try bytes(of: kept), to: Disk.joined(unnamed, "files/\(kept.hash)")) }
            try Disk.makeFolder(Disk.joined(unnamed, "messages"))
            for (number, message) in file.messages.enumerated() {
                if let text = message.text { try Disk.write(text, to: Disk.joined(unnamed, "messages/\(number + 1).eml")) }
            }
        }
    }
}

extension Disk {
    /// Writes a new file.
    fileprivate static func write(_ bytes: [UInt8], to path: String) throws(DiskFailure) {
        do { try Data(bytes).write(to: URL(fileURLWithPath: path), options: [.withoutOverwriting]) } catch {
            throw .unwritable(path: path, reason: "it cannot be written")
        }
    }
}
