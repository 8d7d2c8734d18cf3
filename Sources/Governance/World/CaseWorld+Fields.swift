import CEL
import Calendars
import Workflows

extension CaseWorld {
    public func field(_ name: String, of reference: Reference) throws(EvaluationError) -> Value {
        guard let value = value(name, of: reference) else {
            throw EvaluationError("\(reference.kind) has no `\(name)`")
        }
        return value
    }

    private func value(_ name: String, of reference: Reference) -> Value? {
        let id = reference.id
        let records = standing.records
        switch reference.kind {
        case "person": return name == "name" ? .string(standing.name(of: id)) : nil
        case "organisation": return records.organisations[id].flatMap { value(name, of: $0) }
        case "body": return records.bodies[id].flatMap { value(name, of: $0) }
        case "seat": return records.seats[id].flatMap { value(name, of: $0) }
        case "term": return records.terms[id].flatMap { value(name, of: $0) }
        case "representative": return records.representatives[id].flatMap { value(name, of: $0) }
        case "meeting": return records.meetings[id].flatMap { value(name, of: $0) }
        case "item": return records.items[id].flatMap { value(name, of: $0) }
        case "paper": return records.papers[id].flatMap { value(name, of: $0) }
        case "answer": return records.answers[id].flatMap { value(name, of: $0) }
        case "match": return standing.match(id).flatMap { value(name, of: $0) }
        case "quorum": return quorumValue(name, of: id)
        case "policy": return policyValue(name, of: id)
        case "policy:notice":
            return name == "when_short" ? .string(rules.pack.notice.whenShort) : nil
        case "policy:attendance": return attendanceValue(name)
        case "code": return codeValue(name, records.codes[id])
        case Vocabulary.registers:
            let rows = standing.rows(of: name, for: keys).filter { rulebook.stands($0, in: standing) }
            return .list(rows.map { .object(Reference(kind: "row:" + name, id: $0.id)) })
        default: return records.rows[id].map { rowValue(name, of: $0) } ?? caseValue(name, of: reference)
        }
    }

    private func value(_ name: String, of organisation: Organisation) -> Value? {
        switch name {
        case "name": .string(organisation.name)
        case "constituency": .list(organisation.constituency.map(personValue))
        case "members": .list((organisation.members ?? []).map { subject(.organisation, $0) })
        case "seats":
            .list(
                standing.records.seats.values.filter { $0.organisation == organisation.id }.sorted { numbered($0.id, $1.id) }
                    .map { subject(.seat, $0.id) })
        default: nil
        }
    }

    private func value(_ name: String, of body: Body) -> Value? {
        switch name {
        case "name": .string(body.name)
        case "meetings_to_come":
            .list(
                standing.records.meetings(of: body.id).filter { $0.opened == nil && $0.start > now }
                    .map { subject(.meeting, $0.id) })
        case "seats": .list(standing.records.seats(of: body.id).map { subject(.seat, $0.id) })
        default: nil
        }
    }

    private func value(_ name: String, of seat: Seat) -> Value? {
        switch name {
        case "name": .string(seat.name)
        case "body": subject(.body, seat.body)
        case "organisation": subject(.organisation, seat.organisation)
        case "substitutes": .list(seat.substitutes.map(personValue))
        case "holder": holder(of: seat).map { personValue($0.person) } ?? .null
        case "term": holder(of: seat)?.term.map { subject(.term, $0) } ?? .null
        case "successor": successor(in: seat).map(personValue) ?? .null
        default: nil
        }
    }

    /// Who is to hold the seat next.
    private func successor(in seat: Seat) -> ID? {
        let day = rulebook.binding(of: seat.body).zone.civil(at: now).date
        return standing.records.terms.values.filter { $0.seat == seat.id && $0.start > day }
            .min { ($0.start, $0.id) < ($1.start, $1.id) }?.person
    }

    private func holder(of seat: Seat) -> Representative? {
        let day = rulebook.binding(of: seat.body).zone.civil(at: now).date
        return standing.records.representatives(inSeat: seat.id).first { standing.serves($0, on: day) }
    }

    private func value(_ name: String, of term: Term) -> Value? {
        let zone = rulebook.binding(of: standing.records.seats[term.seat]?.body).zone
        return switch name {
        case "start": .timestamp(Timestamp(zone.start(of: term.start)))
        case "end": .timestamp(Timestamp(zone.end(of: term.end)))
        case "planned_end": .timestamp(Timestamp(zone.end(of: term.planned ?? term.end)))
        case "representative": representative(of: term.id).map { subject(.representative, $0.id) } ?? .null
        case "person": personValue(term.person)
        case "seat": subject(.seat, term.seat)
        default: nil
        }
    }

    private func value(_ name: String, of it: Representative) -> Value? {
        guard let seat = standing.records.seats[it.seat] else { return nil }
        return switch name {
        case "name": .string(standing.name(of: it.person))
        case "person": personValue(it.person)
        case "seat": subject(.seat, it.seat)
        case "body": subject(.body, seat.body)
        case "organisation": subject(.organisation, seat.organisation)
        case "term": it.term.map { subject(.term, $0) } ?? .null
        case "standing_in": .bool(it.term == nil)
        default: nil
        }
    }

    private func value(_ name: String, of meeting: Meeting) -> Value? {
        let records = standing.records
        return switch name {
        case "name", "title": .string(meeting.title)
        case "day": .string(meeting.day.words)
        case "date": .string(meeting.day.description)
        case "place": .string(meeting.place)
        case "start": .timestamp(Timestamp(meeting.start))
        case "end": .timestamp(Timestamp(meeting.end))
        case "opened": meeting.opened.map { .timestamp(Timestamp($0)) } ?? .null
        case "ended": meeting.ended.map { .timestamp(Timestamp($0)) } ?? .null
        case "body": subject(.body, meeting.body)
        case "items": .list(meeting.items.map { subject(.item, $0) })
        case "papers": papers(of: meeting.id, item: nil)
        case "next": records.meeting(after: meeting).map { subject(.meeting, $0.id) } ?? .null
        case "previous": records.meeting(before: meeting).map { subject(.meeting, $0.id) } ?? .null
        case "quorum": .object(Reference(kind: "quorum", id: "meeting/" + meeting.id))
        case "presiding": standing.presider(of: [.meeting: meeting.id]).map(personValue) ?? .null
        default: nil
        }
    }

    private func value(_ name: String, of item: Item) -> Value? {
        switch name {
        case "name", "title": .string(discretion?.title(of: item) ?? item.title)
        case "number": .int(Int64(standing.records.number(of: item) ?? 0))
        case "purpose": .string(item.purpose)
        case "meeting": subject(.meeting, item.meeting)
        case "papers": papers(of: item.meeting, item: item.id)
        case "confirms": item.confirms.map { subject(.meeting, $0) } ?? .null
        case "quorum": .object(Reference(kind: "quorum", id: "item/" + item.id))
        case "presiding":
            standing.presider(of: [.meeting: item.meeting, .item: item.id]).map(personValue) ?? .null
        default: nil
        }
    }

    private func value(_ name: String, of paper: Paper) -> Value? {
        switch name {
        case "name", "title": .string(discretion?.title(of: paper) ?? paper.title)
        case "number": .int(Int64((standing.records.meetings[paper.meeting]?.papers.firstIndex(of: paper.id) ?? 0) + 1))
        case "meeting": subject(.meeting, paper.meeting)
        case "item": paper.item.map { subject(.item, $0) } ?? .null
        default: nil
        }
    }

    private func value(_ name: String, of answer: Answer) -> Value? {
        switch name {
        case "name", "title": .string(standing.words(answer.text))
        case "person": personValue(answer.person)
        case "meeting": subject(.meeting, answer.meeting)
        default: nil
        }
    }

    private func value(_ name: String, of match: InterestMatch) -> Value? {
        let item = standing.records.items[match.item]
        return switch name {
        case "name", "title":
            .string(
                "your interest in \(standing.words(match.interest.organisation)): "
                    + (item.map { discretion?.title(of: $0) ?? $0.title } ?? match.item))
        case "organisation": .string(standing.words(match.interest.organisation))
        case "item": subject(.item, match.item)
        case "denied": .bool(standing.isDenied(match.id, in: it))
        default: nil
        }
    }

    private func quorumValue(_ name: String, of id: ID) -> Value? {
        let parts = id.split(separator: "/").map(String.init)
        guard parts.count == 2 else { return nil }
        let quorum: Quorum
        if parts[0] == "item", let item = standing.records.items[parts[1]] {
            // What is recorded late, of a time before the item was opened, is judged as it stood when the item was.
            let moment = item.resolution == nil ? max(now, item.opened ?? now) : now
            quorum = standing.quorum(of: item.meeting, item: item.id, by: rulebook, at: moment)
        } else {
            quorum = standing.quorum(of: parts[1], by: rulebook, at: now)
        }
        return switch name {
        case "met": .bool(quorum.isMet)
        case "present": .int(Int64(quorum.present))
        case "needed": .int(Int64(quorum.needed))
        default: nil
        }
    }

    /// The rules by which the case goes.
    var rules: Rulebook.Binding { rulebook.binding(of: keys.all[.body], pinnedTo: it.pins) }

    private func policyValue(_ name: String, of body: ID) -> Value? {
        let pack = rules.pack
        return switch name {
        case "inquorate_item": .string(pack.inquorateItem.rawValue)
        case "deferrals_allowed": .int(Int64(pack.deferralsAllowed))
        case "notice": .object(Reference(kind: "policy:notice", id: body))
        case "attendance": .object(Reference(kind: "policy:attendance", id: body))
        case "facts_allowed": .bool(pack.interests.mayGiveFacts)
        case "outcomes":
            .map(
                Dictionary(
                    uniqueKeysWithValues: InterestPolicy.Kind.allCases.map {
                        (Value.string($0.rawValue), Value.string(pack.interests.outcome(of: $0).rawValue))
                    }))
        default: nil
        }
    }

    /// A field of a case: `ended`, a subject, or a variable.
    private func caseValue(_ name: String, of reference: Reference) -> Value? {
        guard let other = standing.cases[reference.id] else { return nil }
        if name == "ended" { return .bool(!other.isOpen) }
        if let known = other.variables[name] { return known }
        let kind = SubjectKind(named: name)
        return standing.keys(of: other).all[kind].map { subject(kind, $0) }
    }

    func subject(_ kind: SubjectKind, _ id: ID) -> Value { .object(Reference(kind: kind.objectKind, id: id)) }
}

// What workflows record of their own, and the code by which people go.
extension CaseWorld {
    private func rowValue(_ name: String, of row: RegisterRow) -> Value? {
        switch name {
        case "recorded": .timestamp(Timestamp(row.recorded))
        case "by": row.by.map(personValue) ?? .null
        case "about": subject(row.kind, row.about)
        default: row.fields[name] ?? .null
        }
    }

    /// Where there is no code yet its edition is 0.
    private func codeValue(_ name: String, _ code: CodeEdition?) -> Value? {
        switch name {
        case "name", "title": .string(code?.title ?? "")
        case "date": .string(code?.date.words ?? "")
        case "edition": .int(Int64(code?.number ?? 0))
        default: nil
        }
    }

    private func attendanceValue(_ name: String) -> Value? {
        let policy = rules.pack.attendance
        return switch name {
        case "then": .string(policy?.consequence ?? "")
        case "by_itself": .bool(policy?.takesEffectByItself ?? false)
        default: nil
        }
    }

    func representative(of term: ID) -> Representative? {
        standing.records.representatives.values.filter { $0.term == term }.min { numbered($0.id, $1.id) }
    }
}
