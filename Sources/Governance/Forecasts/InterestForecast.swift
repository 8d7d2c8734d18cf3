import CEL
public import Calendars
import Workflows

/// A registered interest that an item may touch: to be declared for the item, or denied.
public struct InterestMatch: Hashable, Sendable {
    public var interest: RegisteredInterest
    public var item: ID

    /// As one thing of a checklist: `g1@i3`.
    var id: ID { interest.id + "@" + item }
}

/// When a member's registered interests are to be reviewed.
public struct ReviewForecast: Sendable {
    public var representative: ID
    public var person: ID
    /// When they last said that all is right; nil: never, and the term's first day counts.
    public var reviewed: Instant?
    public var due: Result<Deadline, DeadlineFailure>
    public var isOverdue: Bool
}

extension Standing {
    /// The registered interests of a representative that the items of a meeting may touch: the organisation is named on the item, by name or id,
    /// or its name stands in the title of the item or of one of its papers. Once declared for the item it is a match no more.
    public func interestMatches(of representative: ID, at meeting: ID) -> [InterestMatch] {
        let interests = records.standingInterests(of: representative)
        guard !interests.isEmpty else { return [] }
        return records.items(of: meeting).flatMap { item -> [InterestMatch] in
            let isDeclared = !cases(of: "interest", for: [.item: item.id, .representative: representative]).isEmpty
            guard !isDeclared else { return [] }
            let text = records.papers(of: meeting).filter { $0.item == item.id }.map(\.title) + [item.title]
            return interests.filter { interest in
                let name = folded(words(interest.organisation))
                guard !name.isEmpty else { return false }
                let known = organisation(meant: words(interest.organisation))
                return (item.concerns ?? []).contains { folded($0) == name || known != nil && organisation(meant: $0) == known }
                    || text.contains { (" " + folded($0) + " ").contains(" " + name + " ") }
            }.map { InterestMatch(interest: $0, item: item.id) }
        }
    }

    /// The one organisation of the directory that a text means by its id or its name.
    private func organisation(meant text: String) -> ID? {
        if records.organisations[text] != nil { return text }
        let name = folded(text)
        let found = records.organisations.values.filter { folded($0.name) == name }
        return found.count == 1 ? found.first?.id : nil
    }

    /// Letters and digits in small, other signs as single spaces, so that "Carers Together, Ltd." and "carers together ltd" are the same.
    private func folded(_ text: String) -> String {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
    }

    /// Whether a match was denied in a case: its line of the checklist is ticked there.
    func isDenied(_ match: ID, in it: Case) -> Bool {
        it.ticks.values.contains { ticked in ticked.sorted.contains { $0.hasSuffix("/" + match) } }
    }

    func match(_ id: ID) -> InterestMatch? {
        let parts = id.split(separator: "@").map(String.init)
        guard parts.count == 2, let interest = records.interests[parts[0]], records.items[parts[1]] != nil else { return nil }
        return InterestMatch(interest: interest, item: parts[1])
    }
}

extension Registrar {
    /// When those who serve on a body are to review their interests; empty where its rules ask for no review.
    public func forecastReviews(of body: ID, in standing: Standing, now: Instant) -> [ReviewForecast] {
        let binding = rulebook.binding(of: body)
        let today = binding.zone.civil(at: now).date
        guard binding.pack.periods["review"] != nil,
            case .success(let rule) = DeadlineRule.parse("policy.review after interests.reviewed", for: .deadline)
        else { return [] }
        return standing.records.representatives.values.sorted { numbered($0.id, $1.id) }.compactMap { it in
            guard let term = it.term.flatMap({ standing.records.terms[$0] }), standing.records.seats[it.seat]?.body == body,
                standing.serves(it, on: today)
            else { return nil }
            let reviewed = standing.records.reviews[it.id]?.at
            let from = reviewed.map { binding.zone.civil(at: $0).date } ?? term.start
            let due = rule.evaluate(in: binding.facts(reviewed: from))
            let isOverdue = (try? due.get()).map { $0.instant < now } ?? false
            return ReviewForecast(
                representative: it.id, person: it.person, reviewed: reviewed, due: due, isOverdue: isOverdue)
        }
    }
}

extension Rulebook.Binding {
    fileprivate func facts(reviewed: CivilDate) -> DeadlineFacts {
        let periods = pack.periods
        return DeadlineFacts(
            zone: zone, holidays: holidays, counting: pack.counting, working: pack.working,
            anchor: { $0 == ["interests", "reviewed"] ? .date(reviewed) : nil }, period: { periods[$0] },
            phrase: { $0 == ["interests", "reviewed"] ? "the last review" : nil })
    }
}
