import Calendars
import Workflows

/// What somebody asks of the register of interests.
public enum InterestRequest: Sendable, Hashable {
    case register(
        kind: InterestPolicy.Kind, organisation: String, nature: String, isSensitive: Bool, since: CivilDate)
    /// The interest has ended on that day.
    case end(ID, on: CivilDate)
    /// What is registered is right as it stands, be it nothing.
    case review

    var name: String {
        switch self {
        case .register: "register_interest"
        case .end: "end_interest"
        case .review: "review_interests"
        }
    }
}

extension Registrar {
    /// Keeps the register of a representative's interests. They themselves may, and the secretary, chair or coordinator for them.
    public func keepInterests(
        of representative: ID, _ request: InterestRequest, by actor: ID, in standing: Standing, now: Instant
    ) -> Decision {
        guard let it = standing.records.representatives[representative], let seat = standing.records.seats[it.seat] else {
            return .refused(Refusal(.noCase, "There is no representative `\(representative)`."))
        }
        let officers = ["secretary", "chair"].flatMap { standing.records.bodies[seat.body]?.roles[$0] ?? [] }
        let coordinators = standing.records.organisations[seat.organisation]?.roles["coordinator"] ?? []
        guard actor == it.person || (officers + coordinators).contains(actor) else {
            return .refused(
                Refusal(
                    .notYours,
                    "\(standing.name(of: actor)) may not change the interests of \(standing.name(of: it.person)): only they themselves, the secretary, the chair or the coordinator may."
                ))
        }
        return note(.adoption, request.name, stream: stream(of: it), by: actor, in: standing, now: now) {
            (proceeding) throws(Refusal) in try proceeding.keepInterests(of: it, request)
        }
    }

    private func stream(of it: Representative) -> String { it.term.map { "term/" + $0 } ?? "seat/" + it.seat }
}

extension Proceeding {
    mutating func keepInterests(of it: Representative, _ request: InterestRequest) throws(Refusal) {
        let today = rulebook.binding(of: standing.records.seats[it.seat]?.body).zone.civil(at: now).date
        switch request {
        case .register(let kind, let organisation, let nature, let isSensitive, let since):
            guard since <= today else {
                throw Refusal(.form, "An interest cannot have arisen on \(since.words), which is still to come.")
            }
            let id = standing.nextID("g")
            let keys = ["organisation", "nature"].map { PersonalValue.mark + id + "/" + $0 }
            keep(zip(keys, [organisation, nature]).map { PersonalValue(key: $0, owner: it.person, value: $1) })
            apply(
                .recorded(
                    .interest(
                        RegisteredInterest(
                            id: id, representative: it.id, kind: kind.rawValue, organisation: keys[0], nature: keys[1],
                            isSensitive: isSensitive, since: since, registered: now))))
        case .end(let id, let day):
            guard var interest = standing.records.interests[id], interest.representative == it.id else {
                let known = standing.records.standingInterests(of: it.id).map(\.id)
                throw Refusal(
                    .form, "\(standing.name(of: it.person)) has no registered interest `\(id)`.",
                    notes: known.isEmpty ? [] : ["There are: \(known.joined(separator: ", "))."])
            }
            guard interest.until == nil else { throw Refusal(.notNow, "That interest has ended already.") }
            guard day >= interest.since, day <= today else {
                throw Refusal(
                    .form, "The interest is held since \(interest.since.words); it cannot have ended on \(day.words).")
            }
            interest.until = day
            apply(.recorded(.interest(interest)))
        case .review: break
        }
        apply(.recorded(.review(InterestReview(representative: it.id, at: now))))
        words.append(.word(Word(event: "interests_reviewed", about: [.representative: it.id], payload: [:], from: nil)))
    }
}
