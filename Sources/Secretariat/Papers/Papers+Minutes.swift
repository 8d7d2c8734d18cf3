import Calendars
import Documents
public import Governance
import Workflows

// The minutes.
extension Papers {
    /// How far the minutes of a meeting have come.
    enum MinutesState: String {
        case draft = "Draft"
        case checking = "Draft, with the chair"
        case unconfirmed = "Unconfirmed"
        case confirmed = "Confirmed"
    }

    func stateOfMinutes(of meeting: Meeting) -> MinutesState {
        if confirmation(of: meeting) != nil { return .confirmed }
        guard let it = latestCase(of: .meeting, meeting.id) else { return .draft }
        if it.isIn("minutes.confirmed") || it.isIn("closed") { return .confirmed }
        if it.isIn("minutes.unconfirmed") { return .unconfirmed }
        return it.isIn("minutes.checking") ? .checking : .draft
    }

    /// The minutes of a meeting as a reader may know them.
    public func minutes(_ id: ID, reader: ID? = nil, isMailed: Bool = false) throws -> MinutesView {
        let meeting = try meeting(id)
        let it = latestCase(of: .meeting, id)
        let state = stateOfMinutes(of: meeting)
        if state == .confirmed, let record = asRecord() { return try record.minutes(id, reader: reader, isMailed: isMailed) }
        let call = rollCall(of: meeting)
        // Minutes tell what was agreed; what became of it since is in the action log.
        let actions = actions(of: meeting.body, for: reader).filter { $0.meeting == id }.map { action -> AgreedAction in
            var told = action
            told.view = action.agreed
            (told.view.status, told.view.source) = (nil, nil)
            return told
        }.sorted { ($0.agreedDue ?? .latest, $0.view.what) < ($1.agreedDue ?? .latest, $1.view.what) }
        return MinutesView(
            meeting: view(of: meeting), letter: isMailed ? letter(to: reader, about: it, body: meeting.body) : nil,
            status: meeting.isCancelled ? "The meeting was cancelled" : state.rawValue, isDraft: state == .draft,
            presider: presiders(of: meeting).map { standing.name(of: $0) }.joined(separator: ", then ").nonEmpty,
            opened: meeting.opened.map { clock($0, for: meeting.body) },
            ended: meeting.ended.map { clock($0, for: meeting.body) },
            present: call.present.map { view(of: $0, at: meeting) }, apologies: call.apologies.map { view(of: $0) },
            absent: call.absent.map { view(of: $0) }, inAttendance: call.others.map { view(of: $0.person, on: meeting.body) },
            quorum: openingQuorum(of: meeting), notice: notice(of: meeting, it)?.sentence,
            items: records.items(of: id).map { minute(of: $0, at: meeting, for: reader, actions) },
            actions: actions.map(\.view),
            corrections: corrections(of: meeting, it, state), confirmation: confirmation(of: meeting),
            next: following(meeting).map { view(of: $0) },
            secretary: secretary(of: meeting.body),
            edited: try edited(
                "minutes", it, meeting, reader, status: state.rawValue, without: ["Corrections", "Confirmation"]))
    }

    /// Those who presided over the meeting, one after the other: from whoever opened it on.
    private func presiders(of meeting: Meeting) -> [ID] {
        let all = meeting.presiding.filter { $0.item == nil }.sorted { $0.at < $1.at }
        let first = all.lastIndex { $0.at <= meeting.opened ?? meeting.start } ?? 0
        return all.dropFirst(first).map(\.person).reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }

    func presider(of meeting: Meeting) -> ID? { meeting.presiding.last { $0.item == nil }?.person }

    private func openingQuorum(of meeting: Meeting) -> String? {
        if let opened = meeting.opened { return words(for: quorum(of: meeting, at: opened)) }
        return meeting.ended == nil ? nil : "not quorate; the meeting did no business"
    }

    private func minute(
        of item: Item, at meeting: Meeting, for reader: ID?, _ actions: [AgreedAction]
    ) -> MinuteItemView {
        guard !isHidden(item, from: reader) else {
            return MinuteItemView(
                number: number(of: item), title: Self.hiddenTitle,
                outcome: "Held back, " + (mark(item.restrictedUntil, for: meeting.body) ?? "restricted"))
        }
        let outcome = outcome(of: item)
        var view = MinuteItemView(
            number: number(of: item), title: item.title, presider: presider(of: item, at: meeting),
            note: mark(item.restrictedUntil, for: meeting.body)?.capitalised,
            declarations: declarations(in: item).map { self.view(of: $0, reader: nil) },
            actions: actions.filter { $0.item == item.id }.map(\.view))
        switch outcome {
        case .decided(let resolution):
            view.quorum = words(forQuorumOf: resolution)
            view.decision = self.view(of: resolution)
        case .deferred(let to, let why): view.deferral = DeferralView(to: to.map { words(for: $0) }, reason: why)
        default: view.outcome = words(for: outcome)
        }
        return view
    }

    /// Who presided over the item, where that was somebody else.
    func presider(of item: Item, at meeting: Meeting) -> String? {
        let person = item.resolution?.presider ?? meeting.presiding.last { $0.item == item.id }?.person
        guard let person, person != presider(of: meeting) else { return nil }
        return standing.name(of: person)
    }
}

// What happened to the minutes since.
extension Papers {
    /// That they were confirmed: by an item of a later meeting, or by correspondence.
    func confirmation(of meeting: Meeting) -> ConfirmationView? {
        let approving = records.items.values.filter { $0.confirms == meeting.id && $0.resolution?.isCarried == true }
        if let item = approving.min(by: { numbered($0.id, $1.id) }), let resolution = item.resolution {
            return ConfirmationView(
                date: date(of: resolution.at, for: meeting.body),
                meeting: records.meetings[item.meeting].map { held in
                    let isThatDay = date(of: held.start, for: held.body) == date(of: resolution.at, for: held.body)
                    return isThatDay ? "the meeting of that day" : words(for: held)
                },
                signedBy: resolution.presider.map { standing.name(of: $0) })
        }
        guard let it = latestCase(of: .meeting, meeting.id), let given = it.given["confirm_without_meeting"] else { return nil }
        return ConfirmationView(
            date: date(of: given.at, for: meeting.body), signedBy: given.by.map { standing.name(of: $0) },
            note: words("why", of: commands("confirm_without_meeting", in: it.id).last))
    }

    /// What was amended in the record, and, while they are a draft, what the chair asked for.
    private func corrections(of meeting: Meeting, _ it: Case?, _ state: MinutesState) -> [CorrectionView] {
        var corrections = entries.filter { $0.kind == .amendment && $0.ofCase == it?.id && it != nil }
            .map { entry in correction(entry, whatIsAmended(by: entry, at: meeting), meeting) }
        if state == .draft || state == .checking, let it {
            corrections += commands("correct_minutes", in: it.id).map { correction($0, words("what", of: $0), meeting) }
        }
        return corrections
    }

    private func correction(_ entry: Governance.Entry, _ what: String?, _ meeting: Meeting) -> CorrectionView {
        CorrectionView(
            what: what ?? "The record was amended", by: (entry.behalf ?? entry.actor).map { standing.name(of: $0) },
            when: date(of: entry.effective, for: meeting.body))
    }

    private func whatIsAmended(by entry: Governance.Entry, at meeting: Meeting) -> String {
        let items = entry.changes.compactMap { change -> Item? in
            if case .recorded(.item(let item)) = change { item } else { nil }
        }
        let names = items.map { isRestricted($0) ? "item \(number(of: $0))" : "item \(number(of: $0)) (\($0.title))" }
        let subject = names.isEmpty ? "Who was there, and when, was amended" : "The record of \(enumerated(names)) was amended"
        let decisions = items.compactMap { isRestricted($0) ? nil : $0.resolution.map { sentence(of: $0) } }
        return subject + (words("why", of: entry).map { ": \($0)" } ?? "") + decisions.map { ". It says now: \($0)" }.joined()
    }

    private func sentence(of it: Resolution) -> String {
        let vote = view(of: it).vote.map { ", for \($0.votesFor), against \($0.against), abstaining \($0.abstained)" }
        return "\"\(decision(it))\"" + (vote ?? "")
    }
}
