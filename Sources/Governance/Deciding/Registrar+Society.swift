import CEL
import Calendars
import Workflows

/// A correction of what was recorded; it names the entry that it corrects, by its number in the journal.
public struct Amendment: Sendable, Hashable {
    public enum Subject: Sendable, Hashable {
        /// The stretches of time in which somebody was at a meeting.
        case roll(meeting: ID, person: ID, presence: [Presence])
        /// The words, votes and outcome of a decision; what is nil stays.
        case decision(item: ID, Ruling)
        /// The title of an item.
        case title(item: ID, String)
    }

    /// What a decision should say; nil where it stays as it is.
    public struct Ruling: Sendable, Hashable {
        public var text: String?
        public var isCarried: Bool?
        public var votesFor: Int?
        public var votesAgainst: Int?
        public var abstained: Int?

        public init(
            text: String? = nil, isCarried: Bool? = nil, votesFor: Int? = nil, votesAgainst: Int? = nil, abstained: Int? = nil
        ) {
            self.text = text
            self.isCarried = isCarried
            self.votesFor = votesFor
            self.votesAgainst = votesAgainst
            self.abstained = abstained
        }
    }

    public var subject: Subject
    public var entry: Int?
    public var why: String

    public init(_ subject: Subject, entry: Int?, why: String) {
        self.subject = subject
        self.entry = entry
        self.why = why
    }
}

extension Registrar {
    /// Takes records over from a file or a form: people, seats, terms, roles. Personal values go apart.
    public func adopt(
        _ records: [Record], personal: [PersonalValue], by actor: ID?, in standing: Standing, now: Instant
    ) -> Decision {
        note(.adoption, "import", stream: "society", by: actor, personal: personal, in: standing, now: now) {
            (proceeding) throws(Refusal) in
            for record in records { proceeding.apply(.recorded(record)) }
            proceeding.represent(records)
        }
    }

    /// Where it stands how a person wants reminders to come: a personal value.
    public static func channelKey(of person: ID) -> String { person + "/channel" }

    /// Takes down how a person wants reminders to come. They may say so themselves, or a secretary for them.
    public func choose(channel: String, for person: ID, by actor: ID, in standing: Standing, now: Instant) -> Decision {
        let isSecretary = standing.records.bodies.values.contains { ($0.roles["secretary"] ?? []).contains(actor) }
        guard actor == person || isSecretary else {
            return .refused(Refusal(.notYours, "How reminders come to \(standing.name(of: person)) is theirs to say."))
        }
        let value = PersonalValue(key: Self.channelKey(of: person), owner: person, value: channel)
        return note(.adoption, "channel", stream: "society", by: actor, personal: [value], in: standing, now: now) { _ in }
    }

    /// Ticks a line of a duty's checklist, or takes the tick back. Only the one who owes it may.
    public func tick(
        duty id: ID, line: String, isDone: Bool, by actor: ID, in standing: Standing, now: Instant
    ) -> Decision {
        guard let duty = standing.duties[id], duty.isOpen, let it = standing.cases[duty.ofCase] else {
            return .refused(Refusal(.noCase, "There is no open duty \(id)."))
        }
        guard owners(of: duty, in: standing).contains(actor) else {
            return .refused(Refusal(.notYours, "Only the one who owes it may tick it; \(standing.name(of: actor)) does not."))
        }
        let lines = checklist(of: duty, in: standing, now: now)
        guard lines.contains(where: { $0.key == line }) else {
            return .refused(
                Refusal(.form, "The checklist has no line `\(line)`.", notes: lines.map { "\($0.key): \($0.text)" }))
        }
        return note(.tick, line, stream: it.family, ofCase: it.id, by: actor, in: standing, now: now) {
            (proceeding) throws(Refusal) in
            proceeding.apply(.ticked(ofCase: it.id, state: duty.state, line: line, isDone: isDone))
        }
    }

    /// Takes a person's own text for a draft; from then on it is not made anew. Only the one at whose duty it is drafted may, or the
    /// secretary, chair or coordinator for them; and only while the state lasts that drafts it, so that what was checked or sent stays.
    public func edit(
        draft document: String, of ofCase: ID, file: String?, by actor: ID, in standing: Standing, now: Instant
    ) -> Decision {
        guard let it = standing.cases[ofCase], var draft = standing.drafts[ofCase + "/" + document] else {
            return .refused(Refusal(.noCase, "There is no draft of \(document) yet."))
        }
        let owners = standing.openDuties(of: ofCase).flatMap { self.owners(of: $0, in: standing) }
        guard owners.contains(actor) || standing.mayRecord(actor, for: it) else {
            return .refused(Refusal(.notYours, "\(standing.name(of: actor)) may not edit this draft."))
        }
        guard rulebook.workflow(of: it)?.states(drafting: document).contains(where: it.isInState) ?? false else {
            let allowed = allowed(for: actor, in: ofCase, standing: standing, now: now).map(\.name)
            return .refused(
                Refusal(.notNow, "This text is no longer being written, so it stays as it is.", allowed: allowed))
        }
        draft.file = file
        draft.editedBy = file == nil ? nil : actor
        draft.edited = file == nil ? nil : now
        return note(.edit, document, stream: it.family, ofCase: ofCase, by: actor, in: standing, now: now) {
            (proceeding) throws(Refusal) in
            proceeding.apply(.drafted(draft))
        }
    }

    /// Corrects the record of a meeting until its minutes are confirmed. Only its secretary or chair may.
    public func amend(_ amendment: Amendment, by actor: ID, in standing: Standing, now: Instant) -> Decision {
        guard let meeting = amendment.meeting(in: standing.records),
            let it = standing.cases(of: "meeting", for: [.meeting: meeting.id]).last
        else { return .refused(Refusal(.noCase, "There is no such meeting or item to amend.")) }
        let roles = standing.records.bodies[meeting.body]?.roles ?? [:]
        guard ["secretary", "chair"].contains(where: { (roles[$0] ?? []).contains(actor) }) else {
            return .refused(
                Refusal(.notYours, "Only the secretary or the chair may amend the record; \(standing.name(of: actor)) is not."))
        }
        if let reason = standing.whyComplete(it) {
            return .refused(Refusal(.notNow, "\(reason) and the record may no longer be amended."))
        }
        let why = PersonalValue(
            key: "\(PersonalValue.mark)amendment/\(meeting.id)/\(now.seconds)/\(amendment.entry ?? 0)", owner: actor,
            value: amendment.why)
        return note(
            .amendment, amendment.name, stream: it.family, ofCase: it.id, by: actor, amends: amendment.entry, personal: [why],
            fields: ["why": .string(why.key)], in: standing, now: now
        ) { (proceeding) throws(Refusal) in
            try proceeding.amend(amendment, meeting)
        }
    }
}

extension Standing {
    /// Why a meeting's record can no longer change; nil while it can. Confirmed minutes announce so only until the file is closed.
    fileprivate func whyComplete(_ it: Case) -> String? {
        if isAnnounced("minutes_confirmed", for: keys(of: it)) { return "The minutes are confirmed" }
        return it.isOpen ? nil : "The file of the meeting is closed"
    }
}

extension Amendment {
    var name: String {
        switch subject {
        case .roll: "amend_roll"
        case .decision: "amend_decision"
        case .title: "amend_title"
        }
    }

    func meeting(in records: Records) -> Meeting? {
        switch subject {
        case .roll(let meeting, _, _): records.meetings[meeting]
        case .decision(let item, _), .title(let item, _):
            records.items[item].flatMap { records.meetings[$0.meeting] }
        }
    }
}

extension Proceeding {
    /// Whoever has a term is a representative; made for terms that have none yet.
    mutating func represent(_ records: [Record]) {
        for case .term(let term) in records {
            let known =
                standing.records.representatives(inSeat: term.seat).first { $0.term == term.id }
                ?? standing.records.representatives(ofPerson: term.person).first { $0.term == term.id }
            if known?.seat == term.seat, known?.person == term.person { continue }
            let id = known?.id ?? standing.nextID("r")
            apply(.recorded(.representative(Representative(id: id, seat: term.seat, person: term.person, term: term.id))))
        }
    }

    /// Stretches of presence follow each other, end after they begin, and are of somebody who might have been there.
    private func check(_ presence: [Presence], of person: ID, at meeting: Meeting) throws(Refusal) {
        guard mayAttend(person, meeting) else {
            throw Refusal(.form, "\(standing.name(of: person)) has no seat, no substitution and no office at this meeting.")
        }
        guard presence.allSatisfy({ stretch in stretch.until.map { $0 > stretch.from } ?? (meeting.ended == nil) }) else {
            throw Refusal(.form, "Each stretch ends after it begins, and none is open once the meeting has ended.")
        }
        guard zip(presence, presence.dropFirst()).allSatisfy({ ($0.until ?? .latest) <= $1.from }) else {
            throw Refusal(.form, "The stretches overlap or are out of order.")
        }
    }

    mutating func amend(_ amendment: Amendment, _ meeting: Meeting) throws(Refusal) {
        switch amendment.subject {
        case .roll(_, let person, let presence):
            try check(presence, of: person, at: meeting)
            var roll = standing.records.rolls[meeting.id] ?? Roll(meeting: meeting.id)
            roll.presence[person] = presence
            apply(.recorded(.roll(roll)))
            words.append(.word(Word(event: "roll_amended", about: [.meeting: meeting.id], payload: [:], from: nil)))
        case .decision(let id, let ruling):
            guard var item = standing.records.items[id], var resolution = item.resolution else {
                throw Refusal(.notNow, "That item has no decision to amend.")
            }
            resolution.text = ruling.text ?? resolution.text
            resolution.isCarried = ruling.isCarried ?? resolution.isCarried
            resolution.votesFor = ruling.votesFor ?? resolution.votesFor
            resolution.votesAgainst = ruling.votesAgainst ?? resolution.votesAgainst
            resolution.abstained = ruling.abstained ?? resolution.abstained
            try checkVotes([resolution.votesFor, resolution.votesAgainst, resolution.abstained], of: resolution.tookPart.count)
            let why = resolution.reason ?? amendment.why
            try checkCount(of: resolution, reason: why, at: meeting.id)
            item.resolution = resolution
            apply(.recorded(.item(item)))
        case .title(let id, let title):
            guard var item = standing.records.items[id] else { throw Refusal(.form, "There is no such item.") }
            item.title = title
            apply(.recorded(.item(item)))
        }
    }
}
