import Calendars
import Documents
import Governance
import Workflows

/// Makes calendars of what stands: a person's, a body's, and the invitations that mail carries.
///
/// A meeting has one name (UID) in all that one person is sent, whatever happens to it, and another for each person: nobody else knows it,
/// so an answer that bears it is theirs.
struct Diary {
    let papers: Papers
    /// Under which names are made that nobody outside can guess.
    let installation: String
    /// Who calls the meetings, and where a calendar program sends its answer.
    let organizer: CalendarPerson

    /// A person's meetings, and their own duties on the days when they are due.
    ///
    /// Duties are events of a whole day that take up no time, not tasks: the calendars of Outlook, Google and phones show no tasks (VTODO) of
    /// a calendar that they subscribe to or import.
    func calendar(for person: ID) -> CalendarFile {
        let meetings = papers.records.meetings.values.filter { concerns(person, $0) }.sorted(by: inOrder)
        let duties = papers.registrar.owed(by: person, in: papers.standing, now: papers.now, everything: true)
        return CalendarFile(
            method: .publish, name: "\(papers.society): \(papers.standing.name(of: person))",
            entries: meetings.map { entry(of: $0, for: person) } + duties.map { entry(of: $0, for: person) })
    }

    /// A body's meetings, as everyone may know them.
    func calendar(of body: ID) -> CalendarFile {
        let meetings = papers.records.meetings.values.filter { $0.body == body }.sorted(by: inOrder)
        return CalendarFile(
            method: .publish, name: papers.body(body), entries: meetings.map { entry(of: $0, for: nil) })
    }

    /// What the mail about a meeting says to the reader's calendar: that it is to be, or that it is not.
    func message(about meeting: Meeting, to person: ID, address: String, isCancelled: Bool) -> CalendarFile {
        var meeting = meeting
        meeting.isCancelled = meeting.isCancelled || isCancelled
        var entry = entry(of: meeting, for: person)
        entry.attendees = [invited(person, address, to: meeting)]
        return CalendarFile(method: isCancelled ? .cancel : .request, entries: [entry])
    }

    /// The name of a meeting in what a person is sent; in what everyone may read without one.
    func uid(of meeting: ID, for person: ID?) -> String {
        name(of: meeting, "meeting/\(meeting)/\(person ?? "")")
    }

    private func name(of id: ID, _ what: String) -> String {
        "\(id)-\(Secret(installation).seal("calendar/\(what)"))"
    }

    /// The meeting that a name is about, where it is the name that this person was sent.
    func meeting(named uid: String, for person: ID) -> Meeting? {
        let id = String(uid.prefix { $0 != "-" })
        guard let meeting = papers.records.meetings[id], self.uid(of: id, for: person) == uid else { return nil }
        return meeting
    }

    private func inOrder(_ one: Meeting, _ other: Meeting) -> Bool {
        numbered((one.start, one.id), (other.start, other.id))
    }

    private func concerns(_ person: ID, _ meeting: Meeting) -> Bool {
        papers.isInsider(person, at: meeting) || papers.holders("attendee", of: meeting.body).contains(person)
    }
}

// Entries.
extension Diary {
    private func entry(of meeting: Meeting, for person: ID?) -> CalendarEntry {
        let body = papers.body(meeting.body)
        let title = meeting.title.isEmpty || meeting.title == body ? body : "\(body): \(meeting.title)"
        let theirs = person.flatMap { papers.latestCase(ofPerson: $0, at: meeting) }
        var entry = CalendarEntry(
            uid: uid(of: meeting.id, for: person),
            sequence: papers.latestCase(of: .meeting, meeting.id)?.number("sequence") ?? 0,
            stamp: papers.now.seconds, start: .instant(meeting.start.seconds), end: .instant(meeting.end.seconds),
            summary: title, location: meeting.place.nonEmpty, description: description(of: meeting, theirs, for: person),
            status: meeting.isCancelled ? .cancelled : .confirmed, organizer: organizer)
        // Whoever cancels says so in a revision of its own.
        if meeting.isCancelled { entry.sequence += 1 }
        entry.isBusy = !meeting.isCancelled && theirs.flatMap(answer) != .declined
        return entry
    }

    private func description(of meeting: Meeting, _ theirs: Case?, for person: ID?) -> String? {
        var lines: [String] = []
        switch theirs.flatMap(answer) {
        case .accepted: lines.append("You have said that you will attend.")
        case .declined: lines.append("You have sent apologies.")
        default: break
        }
        let business = papers.business(of: meeting, for: person)
        if !business.isEmpty { lines += ["On the agenda:"] + business.enumerated().map { "\($0 + 1). \($1)" } }
        return lines.joined(separator: "\n").nonEmpty
    }

    private func entry(of owed: OwedDuty, for person: ID) -> CalendarEntry {
        let day = papers.zone(of: owed.body).civil(at: owed.duty.due).date
        var lines = ["Due: " + papers.due(owed.duty.due, hasClock: owed.duty.dueHasClock, for: owed.body)]
        if let about = papers.about(owed, for: person) { lines.append("For: " + about) }
        if let note = owed.note { lines.append(note) }
        lines += owed.checklist.map { "[\($0.isDone ? "x" : " ")] \($0.text)" }
        let clock = owed.duty.dueHasClock ? " by " + papers.clock(owed.duty.due, for: owed.body) : ""
        return CalendarEntry(
            uid: name(of: owed.duty.id, "duty/\(owed.duty.id)/\(person)"), sequence: owed.duty.revision,
            stamp: papers.now.seconds, start: .day("\(day)"), end: .day("\(day.adding(days: 1))"),
            summary: "Due\(clock): \(owed.title)", description: lines.joined(separator: "\n"), isBusy: false,
            organizer: organizer)
    }

    /// Who is asked, and what they have answered so far; officers and guests are told and not asked.
    private func invited(_ person: ID, _ address: String, to meeting: Meeting) -> CalendarPerson {
        let theirs = papers.latestCase(ofPerson: person, at: meeting)
        let isChair = papers.holders("chair", of: meeting.body).contains(person)
        let answer = theirs.flatMap(answer)
        return CalendarPerson(
            address: address, name: papers.standing.name(of: person),
            role: isChair ? .chair : papers.isInsider(person, at: meeting) ? .required : .optional,
            answer: answer ?? .awaited, isAskedToAnswer: theirs != nil && answer == nil)
    }

    /// What a member has said, by the words that their case announces.
    private func answer(in it: Case) -> CalendarPerson.Answer? {
        it.announcing.contains("accepted") ? .accepted : it.announcing.contains("apologised") ? .declined : nil
    }
}
