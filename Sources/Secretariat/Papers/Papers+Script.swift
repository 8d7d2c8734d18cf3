import Calendars
import Documents
public import Governance
import Workflows

// The chair's running order.
extension Papers {
    /// What the chair goes by: times, how much the quorum allows, who leaves at which item.
    public func script(_ id: ID, reader: ID? = nil, isMailed: Bool = false) throws -> ScriptView {
        let meeting = try meeting(id)
        let forecasts = registrar.forecastQuorum(of: id, in: standing)
        let seated = seatings(of: meeting).filter { $0.term != nil }
        return ScriptView(
            meeting: view(of: meeting), letter: isMailed ? letter(to: reader, body: meeting.body) : nil,
            date: moment(now, for: meeting.body),
            chair: presider(of: meeting).map { standing.name(of: $0) }
                ?? enumerated(holders("chair", of: meeting.body).map { standing.name(of: $0) }).nonEmpty,
            secretary: secretary(of: meeting.body), quorum: quorumRule(of: meeting),
            headroom: headroom(of: meeting, item: nil, forecasts.first),
            apologies: rollCall(of: meeting).apologies.map { view(of: $0) },
            awaited: meeting.opened == nil
                ? seated.filter { answer(of: $0, at: meeting) == "has not answered" }.map { standing.name(of: $0.person) } : [],
            opening: opening(of: meeting),
            items: zip(records.items(of: id), plannedTimes(of: meeting)).map { item, time in
                scriptItem(item, time, meeting, forecasts.first { $0.item == item.id }, reader)
            },
            closing: closing(of: meeting), next: following(meeting).map { view(of: $0) })
    }

    private func scriptItem(
        _ item: Item, _ time: String, _ meeting: Meeting, _ forecast: QuorumForecast?, _ reader: ID?
    ) -> ScriptItemView {
        guard !isHidden(item, from: reader) else {
            return ScriptItemView(number: number(of: item), title: Self.hiddenTitle, time: time)
        }
        let outcome = words(for: outcome(of: item))
        if isDropped(item) { return ScriptItemView(number: number(of: item), title: item.title, outcome: outcome) }
        let declared = declarations(in: item).filter { $0.dropped == nil }
        let isAhead = outcome == nil && meeting.ended == nil
        let inquorate = isAhead && forecast?.expected.isMet == false
        return ScriptItemView(
            number: number(of: item), title: item.title, purpose: agendaPurpose(of: item),
            time: actualTime(of: item, meeting) ?? time, presider: presider(of: item, at: meeting),
            headroom: headroom(of: meeting, item: item, forecast), isInquorate: inquorate,
            remedies: inquorate ? forecast?.remedies ?? [] : [],
            leaving: declared.map { leaving($0) } + (isAhead ? matches(item, meeting, reader) : []),
            papers: papers(of: meeting, item: item, for: reader), steps: isAhead ? steps(for: item, declared) : [],
            outcome: outcome)
    }

    private func agendaPurpose(of item: Item) -> String? {
        let note = isRestricted(item) ? "taken without the public" : nil
        return [item.purpose.nonEmpty.map { "for \($0)" }, note].compactMap(\.self).joined(separator: ", ").nonEmpty
    }
}

// Times.
extension Papers {
    /// The time between the planned start and end, shared out: business to be decided or talked over takes thrice what is only told.
    private func plannedTimes(of meeting: Meeting) -> [String] {
        let items = records.items(of: meeting.id)
        let weights = items.map { isDropped($0) ? 0 : $0.purpose == "information" || $0.confirms != nil ? 1 : 3 }
        let whole = max(0, Int(meeting.end.seconds - meeting.start.seconds) / 60 - Self.minutesAround)
        var begun = Self.minutesAround / 2
        let total = max(1, weights.reduce(0, +))
        return weights.map { weight in
            let minutes = whole * weight / total / 5 * 5
            let start = meeting.start.adding(seconds: Int64(begun) * 60)
            begun += minutes
            return "about \(clock(start, for: meeting.body))" + (minutes > 0 ? ", \(minutes) minutes" : "")
        }
    }

    /// For the opening and the close together.
    private static let minutesAround = 10

    private func actualTime(of item: Item, _ meeting: Meeting) -> String? {
        let decided = item.resolution.map { "decided \(clock($0.at, for: meeting.body))" }
        let opened = item.opened.map { "opened \(clock($0, for: meeting.body))" }
        return [opened, decided].compactMap(\.self).joined(separator: ", ").nonEmpty
    }
}

// Quorum.
extension Papers {
    /// `5 expected to count, 4 needed: 1 may leave`; in the room, what is there; for what was decided, how it stood.
    private func headroom(of meeting: Meeting, item: Item?, _ forecast: QuorumForecast?) -> String? {
        if let resolution = item?.resolution { return words(forQuorumOf: resolution) }
        if meeting.ended != nil {
            return item == nil ? meeting.opened.map { words(for: quorum(of: meeting, at: $0)) } : nil
        }
        guard meeting.opened == nil else {
            let there = standing.quorum(of: meeting.id, item: item?.id, by: registrar.rulebook)
            return room(in: there, "there and counted")
        }
        return forecast.map { room(in: $0.expected, "expected to count") }
    }

    private func room(in quorum: Quorum, _ sort: String) -> String {
        let words = "\(quorum.present) \(sort), \(quorum.needed) needed"
        guard quorum.isMet else { return "\(words): not quorate" + quorum.lacking.map { "; \($0)" }.joined() }
        let spare = quorum.present - quorum.needed
        return "\(words): \(spare == 0 ? "nobody" : String(spare)) may leave"
    }
}

// Interests.
extension Papers {
    private func leaving(_ it: Declaration) -> ScriptLeavingView {
        ScriptLeavingView(
            who: standing.name(of: it.person), organisation: organisation(of: it.representative),
            kind: it.isSensitive ? nil : it.kind, what: what(it))
    }

    private func what(_ it: Declaration) -> String {
        let body = it.meeting.body
        if let left = it.left {
            return "left \(clock(left, for: body))" + (it.returned.map { ", came back \(clock($0, for: body))" } ?? "")
        }
        if it.isOffered { return "came over with the deferred item: ask whether it still stands, then rule on it" }
        switch it.ruling {
        case nil: return "to be ruled on before the item"
        case "must_withdraw": return "must withdraw: leaves before the item"
        case "may_stay_for_facts": return "may stay to give facts, and leaves before the decision"
        case "clear": return "may take part"
        case let other?: return Self.words(forRuling: other)
        }
    }

    /// Registered interests that the item may touch, about which nothing was said: for the secretary and the chair.
    private func matches(_ item: Item, _ meeting: Meeting, _ reader: ID?) -> [ScriptLeavingView] {
        guard isOfficer(reader, of: meeting.body) else { return [] }
        return seatings(of: meeting).flatMap { it in
            standing.interestMatches(of: it.id, at: meeting.id).filter { $0.item == item.id }.map { match in
                ScriptLeavingView(
                    who: standing.name(of: it.person), organisation: organisation(of: it),
                    kind: match.interest.isSensitive ? nil : match.interest.kind,
                    what: "has registered an interest that this may touch: ask")
            }
        }
    }
}

// What is to be done and said.
extension Papers {
    private func opening(of meeting: Meeting) -> [String] {
        guard meeting.opened == nil, meeting.ended == nil, !meeting.isCancelled else { return [] }
        return [
            "Count who is there, and open the meeting once it is quorate", "Take the apologies, and say who sits for whom",
            "Ask whether anyone has an interest in an item that is not told of here",
        ]
    }

    private func closing(of meeting: Meeting) -> [String] {
        guard meeting.ended == nil, !meeting.isCancelled else { return [] }
        return ["Sum up who does what by when", "Name the next meeting", "Have the time of the end recorded"]
    }

    private func steps(for item: Item, _ declared: [Declaration]) -> [String] {
        var steps: [String] = []
        let name = { (it: Declaration) in standing.name(of: it.person) }
        if isRestricted(item) { steps.append("Ask the public to leave") }
        for it in declared where it.ruling == nil { steps.append("Rule on the interest of \(name(it))") }
        let leaving = declared.filter { $0.ruling == "must_withdraw" && $0.left == nil }
        for it in declared where it.ruling == "may_stay_for_facts" {
            steps.append("Hear the facts from \(name(it)), then ask them to leave")
        }
        if !leaving.isEmpty { steps.append("See \(enumerated(leaving.map(name))) out, and have the time noted") }
        if item.confirms != nil {
            steps.append("Ask for corrections, then ask whether the minutes are a right record")
        } else {
            switch item.purpose {
            case "decision": steps.append("Put the question, and have recorded who voted and how")
            case "discussion": steps.append("Sum up what was said, and who does what by when")
            default: steps.append("Have it noted")
            }
        }
        if declared.contains(where: { $0.ruling == "must_withdraw" || $0.ruling == "may_stay_for_facts" }) {
            steps.append("Call back who left, and have the time noted")
        }
        return steps
    }
}
