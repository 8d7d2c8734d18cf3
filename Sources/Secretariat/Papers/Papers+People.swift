import Calendars
import Documents
import Governance
import Workflows

// Who people are to a body, and why they are written to.
extension Papers {
    func body(_ id: ID) -> String { records.bodies[id]?.name ?? id }

    func holders(_ role: String, of body: ID) -> [ID] { records.bodies[body]?.roles[role] ?? [] }

    /// Secretary and chair: what is shown to them alone is theirs to see.
    func isOfficer(_ person: ID?, of body: ID) -> Bool {
        person.map { person in ["secretary", "chair"].contains { holders($0, of: body).contains(person) } } ?? false
    }

    /// Whether somebody may read what is restricted: the body's officers, and those with a seat at the meeting.
    func isInsider(_ person: ID?, at meeting: Meeting) -> Bool {
        discretion(person).isInsider(at: meeting)
    }

    /// What a person is for a body, as documents write it: `Chair`.
    func office(of person: ID, on body: ID) -> String? {
        for (role, title) in Self.offices where holders(role, of: body).contains(person) { return title }
        return nil
    }

    static let offices = [("chair", "Chair"), ("vice_chair", "Vice-chair"), ("secretary", "Secretary")]

    func organisation(of it: Representative) -> String? {
        records.seats[it.seat].flatMap { records.organisations[$0.organisation]?.name }
    }

    func view(of it: Representative) -> PersonView {
        PersonView(
            name: standing.name(of: it.person), role: records.seats[it.seat].flatMap { office(of: it.person, on: $0.body) },
            organisation: organisation(of: it))
    }

    func view(of person: ID, on body: ID) -> PersonView {
        PersonView(name: standing.name(of: person), role: office(of: person, on: body))
    }

    func contact(_ person: ID, role: String?) -> ContactView {
        ContactView(
            name: standing.name(of: person), role: role, email: standing.email(of: person),
            phone: standing.personal[person + "/phone"])
    }

    func secretary(of body: ID) -> ContactView? {
        holders("secretary", of: body).first.map { contact($0, role: "Secretary") }
    }

    /// Nobody is told to ask themselves.
    func secretary(of body: ID, unless reader: ID) -> ContactView? {
        holders("secretary", of: body).contains(reader) ? nil : secretary(of: body)
    }

    func coordinator(of organisation: ID?) -> ContactView? {
        organisation.flatMap { records.organisations[$0] }?.roles["coordinator"]?.first
            .map { contact($0, role: "Coordinator") }
    }

    func view(of meeting: Meeting) -> MeetingView {
        let name = body(meeting.body)
        return MeetingView(
            body: name, title: meeting.title == name ? nil : meeting.title.nonEmpty,
            date: day(of: meeting.start, for: meeting.body),
            start: clock(meeting.start, for: meeting.body), end: clock(meeting.end, for: meeting.body),
            zone: zone(of: meeting.body).abbreviation(at: meeting.start), place: meeting.place.nonEmpty)
    }

    /// `the meeting of 12 January 2027`.
    func words(for meeting: Meeting) -> String { "the meeting of \(date(of: meeting.start, for: meeting.body))" }

    /// The body's next meeting in time, held by now or not: minutes read a year later name the same one.
    func following(_ meeting: Meeting) -> Meeting? {
        records.meetings(of: meeting.body).first { ($0.start, $0.id) > (meeting.start, meeting.id) }
    }
}

// Letters.
extension Papers {
    /// The greeting and the reason why. Without a reader there is nobody to greet.
    func letter(
        to person: ID?, about it: Case? = nil, body: ID? = nil, ask contact: ContactView? = nil
    ) -> LetterView {
        guard let person else { return LetterView(recipient: "", why: "") }
        let keys = it.map { standing.keys(of: $0).all } ?? [:]
        let body = body ?? keys[.body]
        let secretary = body.flatMap { self.secretary(of: $0, unless: person) }
        return LetterView(
            recipient: standing.name(of: person), why: why(person, it, keys, body), contact: contact ?? secretary,
            late: written.flatMap { late(since: $0, for: body) })
    }

    /// A mail that could not be written for a day says so.
    private func late(since written: Instant, for body: ID?) -> String? {
        guard now.seconds - written.seconds >= 86_400 else { return nil }
        return "This should have reached you on \(day(of: written, for: body))."
    }

    /// Why the reader is written to: what they are to the case, else to the body, else to an organisation.
    private func why(_ person: ID, _ it: Case?, _ keys: [SubjectKind: ID], _ body: ID?) -> String {
        if let it, let named = keys[.representative].flatMap({ records.representatives[$0] }) {
            if named.person == person { return capacity(of: named) }
            if it.thing("substitute") == person { return substitution(of: named) }
            if let reason = role(of: person, for: keys[.organisation], named) { return reason }
        }
        let theirs = records.representatives(ofPerson: person).filter { body == nil || records.seats[$0.seat]?.body == body }
        if let body, let office = office(of: person, on: body) {
            return "you are the \(office.lowercased()) of \(self.body(body))"
        }
        let serving = theirs.first { serves($0) } ?? theirs.last
        if let serving { return capacity(of: serving) }
        if let body, holders("attendee", of: body).contains(person) { return "you attend meetings of \(self.body(body))" }
        return body.map { "you have to do with \(self.body($0))" } ?? "you are known to \(society)"
    }

    private func capacity(of it: Representative) -> String {
        let seat = records.seats[it.seat]
        let body = seat.map { " on \(self.body($0.body))" } ?? ""
        return (it.term == nil ? "you stand in for " : "you represent ") + (organisation(of: it) ?? "a seat") + body
    }

    private func substitution(of it: Representative) -> String {
        "you are a substitute for \(standing.name(of: it.person))"
            + (records.seats[it.seat].map { " on \(body($0.body))" } ?? "")
    }

    /// What somebody is to the organisation for which a representative sits.
    private func role(of person: ID, for organisation: ID?, _ it: Representative) -> String? {
        guard let organisation = organisation.flatMap({ records.organisations[$0] }) else { return nil }
        if (organisation.roles["coordinator"] ?? []).contains(person) {
            return "you are the coordinator at \(organisation.name)"
        }
        guard organisation.constituency.contains(person) else { return nil }
        return "you are one of those to whom \(standing.name(of: it.person)) reports for \(organisation.name)"
    }
}

extension Papers {
    /// Whether the representative's term covers today, where the body meets.
    func serves(_ it: Representative) -> Bool {
        let body = standing.records.seats[it.seat]?.body
        return standing.serves(it, on: registrar.rulebook.binding(of: body).zone.civil(at: now).date)
    }
}
