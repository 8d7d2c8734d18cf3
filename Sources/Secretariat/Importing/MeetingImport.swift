import CEL
import Calendars
import Diagnostics
import Documents
public import Governance
import Workflows

/// What a file of meetings asks for, set against what is planned already: taken whole or not at all.
///
/// A meeting is known again by its body and its day, so that the same file read a second time changes nothing; one that is on
/// that day at another hour or in another place is moved there. What is past is left out: it cannot be planned any more.
public struct MeetingImport: Sendable {
    /// One thing that the import would do, in words.
    public struct Step: Sendable {
        /// `plan`, `move`, `cancel`, `same`, `past`.
        public enum Kind: String, Sendable { case plan, move, cancel, same, past }

        public var kind: Kind
        public var words: String
        var command: Command?
    }

    public let steps: [Step]
    /// All that is wrong with the file; then there are no steps.
    public let problems: [String]

    public var changesNothing: Bool { steps.allSatisfy { $0.command == nil } }
}

extension Desk {
    /// What the calendar in these bytes, or the table of meetings, would change. Nil where it is neither.
    public func meetingImport(_ bytes: [UInt8], named name: String, body: ID?, by actor: ID) -> MeetingImport? {
        let zone = { (body: ID?) in self.zone(of: body) }
        let file: MeetingFile
        if name.lowercased().hasSuffix(".ics") || bytes.prefix(64).starts(with: Array("BEGIN:VCALENDAR".utf8)) {
            switch CalendarFile.read(bytes) {
            case .success(let calendar): file = MeetingFile(calendar, lookup(), body: body, zone: zone)
            case .failure(let failure): return MeetingImport(steps: [], problems: ["\(failure)"])
            }
        } else {
            guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
            let source = SourceText(name: name, text: text)
            guard MeetingFile.isTable(source) else { return nil }
            file = MeetingFile(source, lookup(), body: body, zone: zone)
        }
        guard file.problems.isEmpty else { return MeetingImport(steps: [], problems: file.problems) }
        return plan(file.meetings, by: actor)
    }

    private func plan(_ meetings: [PlannedMeeting], by actor: ID) -> MeetingImport {
        var problems: [String] = []
        var taken: [String: String] = [:]
        let steps = meetings.map { it in
            let key = "\(it.body) \(zone(of: it.body).civil(at: it.start).date)"
            if let other = taken.updateValue(it.place, forKey: key), !it.isCancelled {
                problems.append("\(it.place): \(other) is a meeting of the same body on the same day")
            }
            return step(for: it, by: actor)
        }
        return problems.isEmpty ? MeetingImport(steps: steps, problems: []) : MeetingImport(steps: [], problems: problems)
    }

    private func step(for it: PlannedMeeting, by actor: ID) -> MeetingImport.Step {
        let rulebook = registrar.rulebook
        let day = zone(of: it.body).civil(at: it.start).date
        let known = standing.records.meetings(of: it.body).first { $0.day == day }
        let when = "\(standing.records.bodies[it.body]?.name ?? it.body), \(rulebook.spoken(it.start, for: it.body))"
        func command(_ name: String, _ subjects: [SubjectKind: ID], _ fields: [String: Value]) -> Command {
            Command(
                id: chance.token(), name: name, subjects: subjects,
                fields: fields, actor: actor)
        }
        let moment = { (instant: Instant) in Value.timestamp(Timestamp(seconds: instant.seconds)) }
        guard let known else {
            if it.isCancelled { return .init(kind: .same, words: "\(when): cancelled, and not planned here") }
            guard it.start > now else { return .init(kind: .past, words: "\(when): past, left out") }
            var fields: [String: Value] = ["body": .string(it.body), "start": moment(it.start)]
            fields["end"] = it.end.map { moment($0) }
            fields["title"] = it.title.map { .string($0) }
            fields["place"] = it.room.map { .string($0) }
            return .init(kind: .plan, words: "\(when): to be planned", command: command("plan_meeting", [:], fields))
        }
        let about: [SubjectKind: ID] = [.meeting: known.id]
        if it.isCancelled {
            guard known.opened == nil, known.start > now else { return .init(kind: .same, words: "\(when): held already") }
            return .init(
                kind: .cancel, words: "\(when): to be cancelled",
                command: command("cancel", about, ["why": .string("It is cancelled in the calendar that was imported")]))
        }
        let isSame =
            known.start == it.start && it.end.map { $0 == known.end } ?? true && it.room.map { $0 == known.place } ?? true
        if isSame || known.opened != nil || known.ended != nil { return .init(kind: .same, words: "\(when): planned already") }
        guard it.start > now else { return .init(kind: .past, words: "\(when): past, left out") }
        var fields: [String: Value] = ["start": moment(it.start)]
        fields["end"] = it.end.map { moment($0) }
        fields["place"] = it.room.map { .string($0) }
        return .init(
            kind: .move, words: "\(when): to be moved there from \(rulebook.spoken(known.start, for: it.body)), \(known.place)",
            command: command("reschedule", about, fields))
    }

    /// Carries out all of an import's commands in one transaction, or none of them.
    public func carryOut(_ meetings: MeetingImport, id: String) throws -> Reply {
        try perform(meetings.steps.compactMap(\.command), id: id)
    }
}
