import CEL
import Calendars
import Documents
import Governance
import Journals
import Post
import Workflows

// Answers that people give in their calendar (iMIP, RFC 6047).
extension Desk {
    /// By which commands of a member's case a calendar's answer is given.
    private static let commands: [CalendarPerson.Answer: (command: String, announces: String)] = [
        .accepted: ("accept", "accepted"), .declined: ("apologise", "apologised"),
    ]

    /// Nil where the mail holds no calendar's answer.
    func takeCalendarAnswer(_ it: inout MailInHand) throws -> MailOutcome? {
        for bytes in it.mail.calendars {
            guard case .success(let file) = CalendarFile.read(bytes), file.method == .reply || file.method == .counter,
                let entry = file.entries.first
            else { continue }
            return try take(entry, isReply: file.method == .reply, &it)
        }
        return nil
    }

    /// The UID is its reader's own, but whoever an invitation is passed on to has it as well: the mail must come from the reader's address.
    private func take(_ entry: CalendarEntry, isReply: Bool, _ it: inout MailInHand) throws -> MailOutcome {
        let diary = try diary(it.answering.installation, it.now)
        for person in people(at: it.mail.sender) {
            guard let meeting = diary.meeting(named: entry.uid, for: person) else { continue }
            let own = held.standing.email(of: person)?.lowercased()
            let answer =
                entry.attendees.first { $0.address.lowercased() == own }?.answer
                ?? (entry.attendees.count == 1 ? entry.attendees[0].answer : nil)
            return try take(isReply ? answer : nil, to: meeting, sequence: entry.sequence, of: person, &it)
        }
        let named = entry.attendees.flatMap { people(at: $0.address) }
        if let invited = named.first(where: { diary.meeting(named: entry.uid, for: $0) != nil }) {
            return try passOnClaim(for: invited, &it)
        }
        guard let known = people(at: it.mail.sender).first else {
            return .ignored(reason: "a calendar's answer from nobody known")
        }
        let reason = "a calendar's answer to nothing that they were asked"
        guard try askToRead(of: known, at: try body(for: known, it), reason, &it) else { return .ignored(reason: reason) }
        return .passedOn(reason: reason, person: known)
    }

    private func take(
        _ answer: CalendarPerson.Answer?, to meeting: Meeting, sequence: Int, of person: ID, _ it: inout MailInHand
    ) throws -> MailOutcome {
        let papers = papers(it)
        let theirs = held.standing.openCases(inFamily: held.standing.family(of: [.meeting: meeting.id])).filter { known in
            held.standing.keys(of: known).all[.person] == person && known.subjects[.meeting] == meeting.id
                && registrar.rulebook.workflow(of: known)?.command(named: "accept") != nil
        }
        guard let first = theirs.first else {
            return .ignored(reason: "they need not say whether they attend, or no longer")
        }
        guard sequence >= papers.latestCase(of: .meeting, meeting.id)?.number("sequence") ?? 0 else {
            return try refuseCalendar(
                "The meeting has moved since you were asked. Please answer the newer invitation.", first, person, &it)
        }
        guard let answer, let (name, word) = Self.commands[answer] else {
            guard answer == .tentative else {
                return try passOn(&it, from: person, "their calendar answers neither yes nor no")
            }
            return try refuseCalendar(
                "\"Maybe\" is neither an acceptance nor an apology. Please say which.", first, person, &it)
        }
        for known in theirs where !known.announcing.contains(word) {
            guard let definition = registrar.rulebook.workflow(of: known)?.command(named: name) else { continue }
            var command = Command(id: "\(it.id)/\(known.id)", name: name, ofCase: known.id, actor: person)
            for field in definition.required where field.choices.contains("other") {
                command.fields[field.name] = .string("other")
            }
            switch registrar.decide(command, in: held.standing, now: it.now) {
            case .refused(let refusal): return try refuseCalendar(refusal.reason, known, person, &it)
            case .taken(let taken): try take(taken, &it, command: command.id)
            }
        }
        return .done(command: name, person: person)
    }

    private func refuseCalendar(_ reason: String, _ known: Case, _ person: ID, _ it: inout MailInHand) throws -> MailOutcome {
        let papers = papers(it)
        let duty = held.standing.openDuties(of: known.id).first { duty in
            registrar.rulebook.workflow(of: known)?.transitions.contains { note in
                note.trigger == .command("accept")
                    && registrar.rulebook.workflow(of: known)?.states[note.source].path == duty.state
            } ?? false
        }
        let owed = duty.flatMap { registrar.describe($0, in: held.standing, now: it.now) }
        let view = AnswerMailView(
            letter: papers.letter(to: person, about: known), asked: "Your calendar's answer", reason: reason,
            duty: owed.map { papers.view(of: $0, for: person) })
        try answer(view, to: person, ofCase: known.id, &it)
        return .refused(reason: reason, person: person)
    }
}
