import Calendars
public import Documents
public import Governance
import Journals
import Post

// Calendars.
extension Desk {
    /// A person's meetings and duties.
    public func calendar(for person: ID) throws -> CalendarFile { try diary().calendar(for: person) }

    /// A body's meetings, as everyone may know them.
    public func calendar(of body: ID) throws -> CalendarFile { try diary().calendar(of: body) }

    private func diary() throws -> Diary {
        // Names in a calendar must not change when the first mail goes out, so the key under which they are made is kept from now on.
        let key =
            try journal.read { try installationKey($0) } ?? transact { transaction, _ in try installationKey(transaction) }
        return try diary(key, now)
    }

    func diary(_ installation: String, _ now: Instant) throws -> Diary {
        let sender = try workspace.settings.sender()
        let organizer = CalendarPerson(
            address: workspace.settings.answersTo ?? sender.address.text, name: sender.name ?? workspace.settings.society)
        return Diary(papers: Papers(facts(at: now, story: [])), installation: installation, organizer: organizer)
    }

    /// What a mail says to its reader's calendar: invitations and cancellations do.
    func calendarObject(
        for letter: Letter, _ meeting: ID?, _ address: String, _ installation: String, _ now: Instant
    ) throws -> CalendarObject? {
        let document = TemplateLibrary.templateName(of: letter.document)
        guard let meeting = meeting.flatMap({ held.standing.records.meetings[$0] }),
            [InvitationView.document, CancellationView.document].contains(document)
        else { return nil }
        let isCancelled = document == CancellationView.document
        let file = try diary(installation, now).message(
            about: meeting, to: letter.reader, address: address, isCancelled: isCancelled)
        return CalendarObject(method: isCancelled ? "CANCEL" : "REQUEST", text: file.text)
    }
}
