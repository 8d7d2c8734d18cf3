import Calendars
import Documents
import Governance
import Workflows

/// What became of an item: worked out once, for minutes and reports alike.
enum Outcome {
    case pending
    case onTheTable
    case decided(Resolution)
    /// Where it went, if it has a place yet, and why.
    case deferred(to: Meeting?, why: String?)
    case noted
    /// Not taken, for want of a quorum.
    case fell
    case dropped(why: String?)
    /// The meeting ended before it.
    case notReached
}

extension Papers {
    func number(of item: Item) -> String { records.number(of: item).map(String.init) ?? "" }

    func outcome(of item: Item) -> Outcome {
        if let resolution = item.resolution { return .decided(resolution) }
        guard let it = latestCase(of: .item, item.id) else { return isOver(item) ? .notReached : .pending }
        if it.isIn("noted") { return .noted }
        if it.isIn("fell") { return .fell }
        if it.isIn("dropped") { return .dropped(why: words("why", of: commands("drop_item", in: it.id).last)) }
        if it.isIn("on_the_table") { return .onTheTable }
        if it.isIn("pending") { return isOver(item) ? .notReached : .pending }
        guard it.isIn("unplaced") || it.isIn("deferred") || it.isIn("handed_on") else { return .pending }
        let successor = records.items.values.first { $0.continues == item.id }
        return .deferred(to: successor.flatMap { records.meetings[$0.meeting] }, why: whyDeferred(it))
    }

    /// Whether it was taken off the agenda.
    func isDropped(_ item: Item) -> Bool {
        if case .dropped = outcome(of: item) { true } else { false }
    }

    private func isOver(_ item: Item) -> Bool { records.meetings[item.meeting]?.ended != nil }

    private func whyDeferred(_ it: Case) -> String? {
        if it.given["move_on"] != nil { return "there was no quorum for it" }
        if it.given["defer"] != nil { return words("why", of: commands("defer", in: it.id).last) }
        return "it was not reached"
    }

    /// The outcome in one sentence; nil while there is none.
    func words(for outcome: Outcome) -> String? {
        switch outcome {
        case .pending, .onTheTable: nil
        case .decided(let resolution): decision(resolution)
        case .deferred(let meeting, let why):
            "Deferred" + (meeting.map { " to \(words(for: $0))" } ?? "") + (why.map { ": \($0)" } ?? "")
        case .noted: "Noted"
        case .fell: "Not taken, as there was no quorum for it"
        case .dropped(let why): "Dropped" + (why.map { ": \($0)" } ?? "")
        case .notReached: "Not reached"
        }
    }

    func decision(_ it: Resolution) -> String { it.isCarried ? it.text : "Not carried: \(it.text)" }

    /// As many for as against carry a question only by the casting vote.
    private func casting(_ it: Resolution) -> String? {
        guard it.isCarried, it.votesFor != nil, it.votesFor == it.votesAgainst else { return nil }
        return it.presider.map { "\(standing.name(of: $0)), who presided, gave the casting vote for it" }
    }

    func view(of it: Resolution) -> DecisionView {
        let isCounted = it.votesFor != nil || it.votesAgainst != nil || it.abstained != nil
        return DecisionView(
            text: decision(it), manner: isCounted ? "by vote" : "without a counted vote",
            vote: isCounted
                ? VoteView(
                    votesFor: it.votesFor ?? 0, against: it.votesAgainst ?? 0, abstained: it.abstained ?? 0, note: casting(it))
                : nil,
            tookPart: it.tookPart.map { standing.name(of: $0) }, reason: it.reason.map { standing.words($0) })
    }
}

// What is restricted until a day, or kept from a member.
extension Papers {
    func discretion(_ reader: ID?) -> Discretion {
        Discretion(standing, by: registrar.rulebook, now: now, reader: reader)
    }

    func isRestricted(until day: CivilDate?, for body: ID?) -> Bool { discretion(nil).isRestricted(until: day, for: body) }

    func isRestricted(_ item: Item) -> Bool { discretion(nil).isRestricted(item) }

    /// Whether an item's title and what came of it are kept from a reader.
    func isHidden(_ item: Item, from reader: ID?) -> Bool { !discretion(reader).mayKnow(item) }

    func isHidden(_ paper: Paper, from reader: ID?) -> Bool { !discretion(reader).mayRead(paper) }

    /// `restricted until 1 December 2026`.
    func mark(_ until: CivilDate?, for body: ID?) -> String? {
        guard let until, isRestricted(until: until, for: body) else { return nil }
        return "restricted until \(until.dayAndMonth)"
    }

    func title(of item: Item, for reader: ID?) -> String { discretion(reader).title(of: item) }

    static let hiddenTitle = Discretion.hiddenItem
}

// Papers.
extension Papers {
    /// The papers of an item, or those of none, that a reader may know of.
    func papers(of meeting: Meeting, item: Item?, for reader: ID?) -> [PaperView] {
        records.papers(of: meeting.id).filter { $0.item == item?.id && !isHidden($0, from: reader) }.map {
            view(of: $0, at: meeting)
        }
    }

    func view(of paper: Paper, at meeting: Meeting) -> PaperView {
        let number = meeting.papers.firstIndex(of: paper.id).map { "Paper \($0 + 1)" }
        var status: [String] = []
        if paper.circulated == nil, meeting.opened == nil { status.append("to follow") }
        if let mark = mark(paper.restrictedUntil, for: meeting.body) { status.append(mark) }
        return PaperView(title: paper.title, reference: number, status: status.joined(separator: ", ").nonEmpty)
    }
}
