import Calendars
import Documents
public import Governance
import Workflows

// The report to those represented.
extension Papers {
    /// The feedback report of a representative's case, filled from roll, decisions and declarations; it goes to people outside, so that
    /// nothing restricted is in it, not even a title.
    public func feedbackReport(_ id: ID, reader: ID? = nil, isMailed: Bool = false) throws -> FeedbackReportView {
        let it = try theCase(id)
        let keys = standing.keys(of: it).all
        let meeting = try meeting(keys[.meeting])
        guard let representative = keys[.representative].flatMap({ records.representatives[$0] }) else {
            throw PaperFailure("the case `\(id)` has no representative")
        }
        let contact = coordinator(of: keys[.organisation]) ?? secretary(of: meeting.body)
        let next = following(meeting)
        var person = view(of: representative)
        person.role = person.role ?? (representative.term == nil ? "Stand-in" : "Representative")
        var report = FeedbackReportView(
            meeting: view(of: meeting), letter: isMailed ? letter(to: reader, about: it, ask: contact) : nil,
            representative: person, audience: organisation(of: representative).map { "those whom \($0) represents" },
            attendance: attendance(of: representative, at: meeting),
            isDraft: it.isIn("feedback.before") || it.isIn("feedback.writing"),
            outcomes: outcomes(of: meeting), statements: statements(of: it), wentWell: offered(in: it),
            equality: challenges(by: representative, at: meeting), influence: influence(of: it),
            actions: actions(cameOf: meeting, first: representative).map(\.view),
            interests: declarations(at: meeting).filter { $0.representative.id == representative.id }.map {
                view(of: $0, reader: nil)
            },
            withheld: withheld(at: meeting), next: next.map { view(of: $0) }, feedIn: feedIn(before: next, contact),
            contact: contact,
            edited: try editedText(FeedbackReportView.workflowName, ofCase: id).map { Markdown($0) })
        report.blank = report.headingsWithoutWords
        return report
    }

    /// What was agreed to be done at a meeting: first what falls to the representative, then to their group, then to others.
    func actions(cameOf meeting: Meeting, first representative: Representative) -> [AgreedAction] {
        let organisation = records.seats[representative.seat].flatMap { records.organisations[$0.organisation] }
        let seats = Set(records.seats.values.filter { $0.organisation == organisation?.id }.map(\.id))
        var group = Set(records.representatives.values.filter { seats.contains($0.seat) }.map(\.person))
        group.formUnion(organisation?.constituency ?? [])
        group.formUnion(organisation?.roles.values.flatMap(\.self) ?? [])
        func rank(_ it: AgreedAction) -> Int {
            guard let owner = it.owner else { return 2 }
            return owner == representative.person ? 0 : group.contains(owner) ? 1 : 2
        }
        let agreed = actions(of: meeting.body, for: nil).filter { $0.meeting == meeting.id }
            .map { agreed -> AgreedAction in
                var told = agreed
                told.view.source = agreed.item.flatMap { records.items[$0] }.map { "item \(number(of: $0))" }
                return told
            }
        return agreed.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }.map(\.element)
    }

    /// What the representative offered as having gone well, for others to learn from.
    private func offered(in it: Case) -> [String] {
        commands("offer_success", in: it.id).compactMap { words("what", of: $0) }
    }

    /// What was challenged at the meeting, and whom it touches; not on an item that is held back.
    private func challenges(by representative: Representative, at meeting: Meeting) -> [String] {
        standing.cases(of: "challenge", for: [.meeting: meeting.id, .representative: representative.id]).compactMap { it in
            if let item = it.thing("item").flatMap({ records.items[$0] }), isRestricted(item) { return nil }
            let affects = it.word("affects").map { standing.words($0) }?.nonEmpty
            return it.word("what").map { "I challenged: " + standing.words($0) + (affects.map { ". It touches: \($0)" } ?? "") }
        }
    }

    /// What the sector's voice has changed, as it was recorded beside this report.
    private func influence(of it: Case) -> [String] {
        let keys = standing.keys(of: it).all
        let challenges = standing.cases(of: "challenge").filter { challenge in
            let theirs = standing.keys(of: challenge).all
            return theirs[.meeting] == keys[.meeting] && theirs[.representative] == keys[.representative]
        }
        let homes = Set([it.id] + challenges.map(\.id))
        return standing.rows(of: "influence").filter { homes.contains($0.ofCase) }.map { row in
            standing.words(row.word("matter") ?? "") + ": " + standing.words(row.word("change") ?? "")
        }
    }

    /// In the first person, as the report speaks.
    private func attendance(of it: Representative, at meeting: Meeting) -> String? {
        let call = rollCall(of: meeting)
        if let here = call.present.first(where: { $0.person == it.person }) {
            let times = times(of: here.stretches, at: meeting)
            return "I was there "
                + (times.map { "\(manner(of: here.stretches)), \($0)" } ?? "throughout, \(manner(of: here.stretches))")
        }
        if let apology = call.apologies.first(where: { $0.representative.id == it.id }) {
            return "I could not attend" + (apology.substitute.map { "; \(standing.name(of: $0)) came in my place" } ?? "")
        }
        return meeting.ended == nil ? nil : "I was not there"
    }

    private func outcomes(of meeting: Meeting) -> [OutcomeView] {
        records.items(of: meeting.id).compactMap { item in
            if isRestricted(item) {
                return OutcomeView(
                    number: number(of: item), title: Self.hiddenTitle, outcome: "its outcome is held back", isWithheld: true)
            }
            return words(for: outcome(of: item)).map { OutcomeView(number: number(of: item), title: item.title, outcome: $0) }
        }
    }

    /// Restricted items, and restricted papers of items that are not, without their names.
    private func withheld(at meeting: Meeting) -> [WithheldView] {
        let items = records.items(of: meeting.id).filter { isRestricted($0) }
        let hidden = Set(items.map(\.id))
        let papers = records.papers(of: meeting.id).filter { paper in
            isRestricted(until: paper.restrictedUntil, for: meeting.body) && !(paper.item.map { hidden.contains($0) } ?? false)
        }
        return items.map { WithheldView(what: "Item \(number(of: $0)) of the agenda", until: $0.restrictedUntil?.dayAndMonth) }
            + papers.map { paper in
                let item = paper.item.flatMap { records.items[$0] }
                return WithheldView(
                    what: "A paper" + (item.map { " for item \(number(of: $0))" } ?? " of the meeting"),
                    until: paper.restrictedUntil?.dayAndMonth)
            }
    }

    private func feedIn(before next: Meeting?, _ contact: ContactView?) -> String? {
        guard let next, let contact, next.start > now else { return nil }
        let due = latestCase(of: .meeting, next.id)?.deadlines["agenda_due"]
        let day = due.flatMap { $0 > now ? self.day(of: $0, for: next.body) : nil }
        return "Tell \(contact.name) what should be raised" + (day.map { " by \($0)" } ?? " before the meeting")
    }
}

extension FeedbackReportView {
    /// The headings that would stand over nothing. A draft asks for words under most of them.
    fileprivate var headingsWithoutWords: [String] {
        let asked = [
            ("key messages", keyMessages.isEmpty), ("what I said", statements.isEmpty), ("what went well", wentWell.isEmpty),
            ("what it means for the sector", meaning.isEmpty), ("equality", equality.isEmpty && missing.isEmpty),
            ("opportunities", opportunities.isEmpty), ("where I need your guidance", guidance.isEmpty),
        ]
        let told = [
            ("what our voice has changed", influence.isEmpty), ("actions", actions.isEmpty),
            ("my interests", interests.isEmpty),
            ("what is held back", withheld.isEmpty),
        ]
        return ((isDraft ? [] : asked) + told).filter(\.1).map(\.0)
    }
}
