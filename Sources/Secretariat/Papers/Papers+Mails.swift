import Calendars
import Documents
public import Governance
import Workflows

// What is mailed around a meeting.
extension Papers {
    /// An invitation, also to a meeting that was moved.
    public func invitation(_ id: ID, to person: ID?) throws -> InvitationView {
        let meeting = try meeting(id)
        let it = latestCase(of: .meeting, id)
        let theirs = person.flatMap { latestCase(ofPerson: $0, at: meeting) }
        return InvitationView(
            meeting: view(of: meeting), letter: letter(to: person, about: theirs ?? it),
            isMoved: (it?.number("sequence") ?? 0) > 0,
            former: former(of: meeting), replyBy: theirs.flatMap { replyBy($0, meeting) },
            step: theirs.flatMap { step("accept", $0, person) }, answers: askedAnswers(theirs, person),
            items: business(of: meeting, for: person))
    }

    /// A person's own case for a meeting, as holder or stand-in.
    func latestCase(ofPerson person: ID, at meeting: Meeting) -> Case? {
        seatings(of: meeting).filter { $0.person == person }.compactMap { latestCase(of: $0.id, at: meeting.id) }.first
    }

    /// When the meeting was to be before it was last moved, as far as entries are at hand.
    private func former(of meeting: Meeting) -> String? {
        let starts = entries.flatMap(\.changes).compactMap { change -> Instant? in
            guard case .recorded(.meeting(let it)) = change, it.id == meeting.id else { return nil }
            return it.start
        }
        return starts.last { $0 != meeting.start }.map { moment($0, for: meeting.body) }
    }

    private func replyBy(_ it: Case, _ meeting: Meeting) -> String? {
        let due = standing.openDuties(of: it.id).first { $0.state.hasSuffix("asked") }?.due ?? it.deadlines["reply_due"]
        return due.map { day(of: max($0, min(now, meeting.start)), for: meeting.body) }
    }

    /// How to give a command that the person may now give.
    private func step(_ command: String, _ it: Case, _ person: ID?) -> String? {
        guard let person else { return nil }
        let found = registrar.allowed(for: person, in: it.id, standing: standing, now: now).first { $0.name == command }
        return found.map { step(by: $0, in: it, as: standing.email(of: person)) }
    }

    /// Word that a meeting will not take place.
    public func cancellation(_ id: ID, to person: ID?) throws -> CancellationView {
        let meeting = try meeting(id)
        let it = latestCase(of: .meeting, id)
        let next = records.meetings(of: meeting.body).first { $0.start > now && $0.opened == nil && $0.id != id }
        let isPlaced = records.items.values.contains { item in
            item.continues.flatMap { records.items[$0] }?.meeting == id
        }
        return CancellationView(
            meeting: view(of: meeting), letter: letter(to: person, about: it),
            reason: it.flatMap { words("why", of: commands("cancel", in: $0.id).last) },
            next: next.map { view(of: $0) },
            business: meeting.items.isEmpty ? nil : isPlaced ? "goes to a later meeting" : "is to be placed on a later agenda")
    }

    /// The papers that went out last.
    public func supplement(_ id: ID, to person: ID?) throws -> SupplementView {
        let meeting = try meeting(id)
        let visible = records.papers(of: id).filter { !isHidden($0, from: person) }
        let latest = visible.compactMap(\.circulated).max()
        let theirs = person.flatMap { latestCase(ofPerson: $0, at: meeting) }
        let readBy = theirs?.deadlines["papers_read"].map { $0 < now ? meeting.start : $0 }
        return SupplementView(
            meeting: view(of: meeting), letter: letter(to: person, about: theirs ?? latestCase(of: .meeting, id)),
            papers: visible.filter { $0.circulated == latest && latest != nil }.map { view(of: $0, at: meeting) },
            isFirst: !visible.contains { $0.circulated.map { $0 != latest } ?? false },
            readBy: readBy.map { moment($0, for: meeting.body) }, step: theirs.flatMap { step("confirm_read", $0, person) },
            answers: answers(theirs, person) { $0.hasSuffix("reading") })
    }

    /// Word that a representative cannot come. Why is not told.
    public func apology(_ id: ID, to person: ID?) throws -> ApologyView {
        let (it, meeting, representative) = try membership(id)
        let substitute = substitute(of: it)
        return ApologyView(
            meeting: view(of: meeting), letter: letter(to: person, about: it), representative: view(of: representative),
            received: it.given["apologise"].map { date(of: $0.at, for: meeting.body) }, substitute: substitute?.name,
            substituteStatus: substitute?.status, quorum: words(forForecast: forecast(of: meeting)))
    }

    /// The ways to answer whether one will come.
    private func askedAnswers(_ it: Case?, _ person: ID?) -> [AnswerView] { answers(it, person) { $0.hasSuffix("asked") } }

    private func answers(_ it: Case?, _ person: ID?, _ isMeant: (String) -> Bool) -> [AnswerView] {
        guard let it else { return [] }
        return answers(to: standing.openDuties(of: it.id).filter { isMeant($0.state) }, person)
    }

    private func answers(to duties: [Duty], _ person: ID?) -> [AnswerView] {
        duties.compactMap { registrar.describe($0, in: standing, now: now) }.flatMap { answers(to: $0, for: person) }
    }

    private func membership(_ id: ID) throws(PaperFailure) -> (Case, Meeting, Representative) {
        let it = try theCase(id)
        let keys = standing.keys(of: it).all
        let meeting = try meeting(keys[.meeting])
        guard let representative = keys[.representative].flatMap({ records.representatives[$0] }) else {
            throw PaperFailure("the case `\(id)` has no representative")
        }
        return (it, meeting, representative)
    }

    private func words(forForecast quorum: Quorum) -> String { "\(quorum.present) may still come, \(quorum.needed) needed" }

    private func substitute(of it: Case) -> (name: String, status: String)? {
        guard let person = it.thing("substitute") else { return nil }
        let name = standing.name(of: person)
        if standInAccepted(in: it) { return (name, "has accepted") }
        if it.given("decline", notBefore: "apologise", "propose_stand_in") != nil { return (name, "will not come") }
        guard let asked = openRequest(in: it) else { return (name, "asked") }
        return (
            name,
            "asked; an answer is due by \(due(asked.due, hasClock: asked.dueHasClock, for: standing.keys(of: it).all[.body]))"
        )
    }

    /// Whether the substitute named last has said that they will come.
    func standInAccepted(in it: Case) -> Bool { it.given("stand_in", notBefore: "apologise", "propose_stand_in") != nil }

    private func openRequest(in it: Case) -> Duty? {
        standing.openDuties(of: it.id).first { $0.state.hasSuffix("apologised.asking") }
    }

    /// A request to a substitute to sit in.
    public func standInRequest(_ id: ID, to person: ID?) throws -> StandInRequestView {
        let (it, meeting, absent) = try membership(id)
        let seat = records.seats[absent.seat]
        let asked = openRequest(in: it)
        // Whoever is asked reads what a member may: they will sit there.
        let isAsked = person != nil && it.thing("substitute") == person
        let reader = isAsked ? absent.person : person
        let rights = seat.map { "You may \($0.rights == "vote" ? "speak and vote" : $0.rights) in this seat" }
        return StandInRequestView(
            meeting: view(of: meeting), letter: letter(to: person, about: it), absent: view(of: absent), seat: seat?.name,
            replyBy: asked.map { due($0.due, hasClock: $0.dueHasClock, for: meeting.body) }, step: step("stand_in", it, person),
            answers: asked.map { [$0] }.map { answers(to: $0, person) } ?? [],
            items: business(of: meeting, for: reader), papers: allCirculated(of: meeting, for: reader),
            briefing: [rights, "Declare any interest in an item before it is taken"].compactMap { $0 })
    }

    private func allCirculated(of meeting: Meeting, for reader: ID?) -> [PaperView] {
        records.papers(of: meeting.id).filter { $0.circulated != nil && !isHidden($0, from: reader) }.map {
            view(of: $0, at: meeting)
        }
    }
}
