import CEL
import Calendars
import Workflows

extension Proceeding {
    /// Writes what a command records, before its guards are asked. Gives the subjects of a case that the record calls for.
    @discardableResult
    mutating func write(
        _ record: Recording, fields: inout [String: Value], for it: Case, _ definition: CommandDefinition
    ) throws(Refusal) -> [SubjectKind: ID]? {
        guard let kind = record.kind else {
            if case .row(let register) = record { try addRow(to: register, fields, for: it) }
            return nil
        }
        switch kind {
        case .meeting: return [.meeting: try planMeeting(fields)]
        case .meetingTime: try moveMeeting(fields, of: it)
        case .item: fields["item"] = subject(.item, try addItem(fields, to: it))
        case .paper: fields["paper"] = subject(.paper, try addPaper(fields, to: it))
        case .presiding: try preside(fields, over: it)
        case .arrival: try arrive(fields, at: it)
        case .departure: try depart(fields, from: it)
        case .decision: try decide(&fields, of: it)
        case .answer: try answer(&fields, to: it)
        case .contact: try changeContact(fields, of: it)
        case .substitute: try addSubstitute(fields)
        case .term:
            let term = try addTerm(fields, for: it)
            fields["term"] = subject(.term, term)
            return [.term: term]
        case .termEnd: try endTerm(fields, of: it)
        case .code: try addCode(fields, for: it)
        case .membership: try changeMembership(&fields, of: it)
        }
        return nil
    }

    func subject(_ kind: SubjectKind, _ id: ID) -> Value { .object(Reference(kind: kind.objectKind, id: id)) }

    func meeting(of it: Case) throws(Refusal) -> Meeting {
        guard let meeting = standing.keys(of: it).all[.meeting].flatMap({ standing.records.meetings[$0] }) else {
            throw Refusal(.form, "There is no meeting here.")
        }
        return meeting
    }

    private mutating func planMeeting(_ fields: [String: Value]) throws(Refusal) -> ID {
        guard let body = fields.id("body").flatMap({ standing.records.bodies[$0] }), let start = fields.instant("start") else {
            throw Refusal(.form, "A meeting needs a body and a start.")
        }
        guard start > now else { throw Refusal(.form, "A meeting is planned for a time to come.") }
        try checkIsFree(start, for: body)
        let end = try end(fields, start: start)
        let id = standing.nextID("m")
        apply(
            .recorded(
                .meeting(
                    Meeting(
                        id: id, body: body.id, title: fields.text("title") ?? body.name, place: fields.text("place") ?? "",
                        day: rulebook.binding(of: body.id).zone.civil(at: start).date, start: start, end: end))))
        return id
    }

    /// A body does not meet twice at the same time.
    private func checkIsFree(_ start: Instant, for body: Body) throws(Refusal) {
        let other = standing.records.meetings(of: body.id).first { $0.start == start && !$0.isCancelled }
        guard let other else { return }
        throw Refusal(.form, "\(body.name) meets on \(rulebook.spoken(start, for: body.id)) already: \(other.id).")
    }

    /// The planned end: as given, else two hours after the start.
    private func end(_ fields: [String: Value], start: Instant, length: Int64 = Self.usualLength) throws(Refusal) -> Instant {
        let end = fields.instant("end") ?? start.adding(seconds: length)
        guard end > start else { throw Refusal(.form, "A meeting ends after it starts.") }
        return end
    }

    private static let usualLength: Int64 = 2 * 3600

    private mutating func moveMeeting(_ fields: [String: Value], of it: Case) throws(Refusal) {
        var meeting = try meeting(of: it)
        guard let start = fields.instant("start") else { throw Refusal(.form, "A meeting needs a start.") }
        guard start > now else { throw Refusal(.form, "A meeting is moved to a time to come.") }
        guard start != meeting.start || fields.text("place") != nil else {
            throw Refusal(.form, "The meeting is planned for that time already.")
        }
        if start != meeting.start, let body = standing.records.bodies[meeting.body] { try checkIsFree(start, for: body) }
        let length = meeting.end.seconds - meeting.start.seconds
        meeting.end = try end(fields, start: start, length: length)
        meeting.start = start
        meeting.day = rulebook.binding(of: meeting.body).zone.civil(at: start).date
        meeting.place = fields.text("place") ?? meeting.place
        apply(.recorded(.meeting(meeting)))
    }

    private mutating func addItem(_ fields: [String: Value], to it: Case) throws(Refusal) -> ID {
        var meeting = try meeting(of: it)
        let item = Item(
            id: standing.nextID("i"), meeting: meeting.id, title: fields.text("title") ?? "",
            purpose: fields.text("purpose") ?? "discussion", confirms: fields.id("confirms"),
            restrictedUntil: fields.text("restricted_until").flatMap { CivilDate($0) },
            concerns: fields.text("organisations").map { Item.names(in: $0) }, added: effective)
        apply(.recorded(.item(item)))
        meeting.items.append(item.id)
        apply(.recorded(.meeting(meeting)))
        return item.id
    }

    private mutating func addPaper(_ fields: [String: Value], to it: Case) throws(Refusal) -> ID {
        var meeting = try meeting(of: it)
        if let item = fields.id("item"), standing.records.items[item]?.meeting != meeting.id {
            throw Refusal(.form, "That item is not on the agenda of \(meeting.title).")
        }
        let others = standing.records.papers(of: meeting.id).filter { $0.item == fields.id("item") }
        if let file = fields.text("file"), let same = others.first(where: { $0.file == file }) {
            throw Refusal(.form, "The very same file is there already: \(same.title) (\(same.id)).")
        }
        let paper = Paper(
            id: standing.nextID("a"), meeting: meeting.id, item: fields.id("item"), title: fields.text("title") ?? "",
            file: fields.text("file"), fileName: fields.text("file_name"),
            restrictedUntil: fields.text("restricted_until").flatMap { CivilDate($0) }, added: effective)
        apply(.recorded(.paper(paper)))
        meeting.papers.append(paper.id)
        apply(.recorded(.meeting(meeting)))
        return paper.id
    }

    private mutating func preside(_ fields: [String: Value], over it: Case) throws(Refusal) {
        var meeting = try meeting(of: it)
        guard let person = fields.id("person") else { throw Refusal(.form, "Who presides?") }
        let item = standing.keys(of: it).all[.item]
        let isMember = standing.members(of: meeting.id).contains { $0.person == person }
        let roles = standing.records.bodies[meeting.body]?.roles ?? [:]
        let isOfficer = Role.bodyRoles.contains { $0 != "secretary" && (roles[$0] ?? []).contains(person) }
        guard isMember || isOfficer else {
            throw Refusal(.form, "\(standing.name(of: person)) is neither a member nor in the chair of this body.")
        }
        if let item, isConflicted(person, in: item) {
            throw Refusal(.form, "\(standing.name(of: person)) may not preside over an item from which they must withdraw.")
        }
        meeting.presiding.append(Presiding(person: person, item: item, at: effective))
        apply(.recorded(.meeting(meeting)))
    }

    private func isConflicted(_ person: ID, in item: ID) -> Bool {
        standing.interested(in: item, by: rulebook).contains(person)
    }
}

// The roll, decisions and answers.
extension Proceeding {
    private mutating func arrive(_ fields: [String: Value], at it: Case) throws(Refusal) {
        let meeting = try meeting(of: it)
        guard let person = fields.id("person") else { throw Refusal(.form, "Who arrived?") }
        guard mayAttend(person, meeting) else {
            throw Refusal(
                .form, "\(standing.name(of: person)) has no seat, no substitution and no office at this meeting.",
                notes: [
                    "Members: " + standing.members(of: meeting.id).map { standing.name(of: $0.person) }.joined(separator: ", ")
                ])
        }
        var roll = standing.records.rolls[meeting.id] ?? Roll(meeting: meeting.id)
        var presence = roll.presence[person] ?? []
        if let last = presence.last {
            guard let left = last.until else {
                throw Refusal(
                    .form,
                    "\(standing.name(of: person)) is there already, since \(rulebook.spoken(last.from, for: meeting.body)).")
            }
            guard effective >= left else { throw Refusal(.form, "\(standing.name(of: person)) left later than that.") }
        }
        let manner = fields.text("manner").flatMap(Presence.Manner.init) ?? .room
        presence.append(Presence(from: effective, manner: manner))
        roll.presence[person] = presence
        apply(.recorded(.roll(roll)))
    }

    func mayAttend(_ person: ID, _ meeting: Meeting) -> Bool {
        let roles = standing.records.bodies[meeting.body]?.roles ?? [:]
        return standing.members(of: meeting.id).contains { $0.person == person }
            || roles.values.contains { $0.contains(person) }
    }

    private mutating func depart(_ fields: [String: Value], from it: Case) throws(Refusal) {
        let meeting = try meeting(of: it)
        guard let person = fields.id("person") else { throw Refusal(.form, "Who left?") }
        guard var roll = standing.records.rolls[meeting.id], var last = roll.presence[person]?.last, last.until == nil else {
            throw Refusal(.form, "\(standing.name(of: person)) is not there.")
        }
        guard effective >= last.from else { throw Refusal(.form, "\(standing.name(of: person)) arrived later than that.") }
        last.until = effective
        roll.presence[person] = (roll.presence[person] ?? []).dropLast() + [last]
        apply(.recorded(.roll(roll)))
    }

    /// The decision, with those who took part worked out from presence and participation. Fewer may be named, with a reason; more may
    /// not.
    private mutating func decide(_ fields: inout [String: Value], of it: Case) throws(Refusal) {
        guard let id = standing.keys(of: it).all[.item], var item = standing.records.items[id] else {
            throw Refusal(.form, "There is no item here.")
        }
        try checkIsInTime(item)
        let voters = standing.voters(on: id, by: rulebook, at: effective)
        let presider = standing.presider(of: standing.keys(of: it).all)
        try checkPresides(presider, over: id)
        var seen: Set<ID> = []
        let named = fields.ids("took_part").filter { seen.insert($0).inserted }
        let tookPart = named.isEmpty ? voters : named
        for person in tookPart where !voters.contains(person) {
            let name = standing.name(of: person)
            let why =
                isConflicted(person, in: id)
                ? "has an interest in the item and may not take part"
                : standing.hasHeardAll(of: item, person) ? "may not vote on it" : "was not there for the whole of the item"
            throw Refusal(.rule, "\(name) cannot be named as taking part: \(name) \(why).")
        }
        if tookPart.count < voters.count, fields.text("reason") == nil {
            let others = voters.filter { !tookPart.contains($0) }.map { standing.name(of: $0) }
            throw Refusal(
                .form, "\(others.joined(separator: ", ")) could take part too; say in `reason` why they did not.")
        }
        try checkVotes(["votes_for", "votes_against", "abstained"].map { fields.number($0) }, of: tookPart.count)
        let quorum = standing.quorum(of: item.meeting, item: id, by: rulebook, at: effective)
        let resolution = Resolution(
            text: fields.text("decision") ?? "", isCarried: fields["carried"] != .bool(false),
            votesFor: fields.number("votes_for"), votesAgainst: fields.number("votes_against"),
            abstained: fields.number("abstained"), tookPart: tookPart, reason: fields.text("reason"),
            withdrawn: standing.withdrawn(from: id, by: rulebook), presider: presider,
            present: quorum.present, needed: quorum.needed, at: effective)
        try checkCount(of: resolution, reason: resolution.reason, at: item.meeting)
        item.resolution = resolution
        apply(.recorded(.item(item)))
        fields["took_part"] = .list(tookPart.map { subject(.person, $0) })
    }

    /// Under some rules what was not on the summons may not be decided (LGA 1972 Sch 12 para 10(2)(b)).
    private func checkIsInTime(_ item: Item) throws(Refusal) {
        let binding = standing.binding(ofMeeting: item.meeting, by: rulebook)
        guard !binding.pack.notice.mayDecideLateItems, let meeting = standing.records.meetings[item.meeting],
            let added = item.added, case .success(let due)? = standing.calling("agenda", of: meeting, by: rulebook),
            added > due.instant
        else { return }
        throw Refusal(
            .rule,
            "The item was put on the agenda on \(rulebook.spoken(added, for: meeting.body)), after the agenda was due; such an item may be discussed, and not decided.",
            notes: binding.pack.citations["late_items"].map { ["\(binding.pack.title): \($0.source)"] } ?? [])
    }

    /// Nobody presides over a decision in which they have an interest.
    private func checkPresides(_ presider: ID?, over item: ID) throws(Refusal) {
        guard let presider, isConflicted(presider, in: item) else { return }
        throw Refusal(
            .rule, "\(standing.name(of: presider)) presides and has an interest in the item: record first who presides over it."
        )
    }

    /// What the votes come to is what is recorded, under the body's own rule for ties. More votes for than against may still be too few,
    /// where a question needs more than half; why, is then said.
    func checkCount(of resolution: Resolution, reason: String?, at meeting: ID) throws(Refusal) {
        guard let votesFor = resolution.votesFor, let against = resolution.votesAgainst else { return }
        let isCarried = resolution.isCarried
        let pack = standing.binding(ofMeeting: meeting, by: rulebook).pack
        let votes = "\(votesFor) for and \(against) against"
        switch pack.count(votesFor: votesFor, against: against) {
        case .carried:
            guard !isCarried, reason == nil else { return }
            throw Refusal(.form, "With \(votes) it is carried; if it needed more than that, say so in `reason`.")
        case .lost:
            guard isCarried else { return }
            let isTie = votesFor == against
            throw Refusal(
                isTie ? .rule : .form,
                "With \(votes) it is not carried"
                    + (isTie ? ": under the rules of \(pack.title) nobody has a casting vote." : "."))
        case .castingVote:
            guard isCarried, resolution.presider == nil else { return }
            throw Refusal(.form, "With \(votes) the casting vote settles it: record first who presides.")
        }
    }

    func checkVotes(_ counted: [Int?], of voters: Int) throws(Refusal) {
        let votes = counted.compactMap(\.self)
        guard votes.allSatisfy({ $0 >= 0 }), votes.reduce(0, +) <= voters else {
            throw Refusal(.form, "The votes do not add up: \(voters) took part.")
        }
    }

    private mutating func answer(_ fields: inout [String: Value], to it: Case) throws(Refusal) {
        let keys = standing.keys(of: it).all
        guard let meeting = keys[.meeting], let representative = keys[.representative], let person = behalf ?? actor else {
            throw Refusal(.form, "There is no report to answer here.")
        }
        let id = standing.nextID("w")
        let key = PersonalValue.mark + id + "/text"
        keep([PersonalValue(key: key, owner: person, value: fields.text("text") ?? "")])
        fields["text"] = .string(key)
        apply(
            .recorded(
                .answer(
                    Answer(id: id, meeting: meeting, representative: representative, person: person, text: key, at: effective)))
        )
    }
}

extension [String: Value] {
    func text(_ name: String) -> String? {
        if case .string(let text)? = self[name] { text } else { nil }
    }

    func id(_ name: String) -> ID? {
        if case .object(let reference)? = self[name] { reference.id } else { nil }
    }

    func ids(_ name: String) -> [ID] {
        guard case .list(let list)? = self[name] else { return [] }
        return list.compactMap { if case .object(let reference) = $0 { reference.id } else { nil } }
    }

    func instant(_ name: String) -> Instant? {
        if case .timestamp(let stamp)? = self[name] { Instant(stamp) } else { nil }
    }

    func number(_ name: String) -> Int? {
        if case .int(let number)? = self[name] { Int(number) } else { nil }
    }
}
