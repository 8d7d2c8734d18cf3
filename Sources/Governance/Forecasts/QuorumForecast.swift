import Calendars
import Workflows

/// How a quorum will stand, before the meeting: for the meeting as a whole, or for one item.
public struct QuorumForecast: Sendable {
    /// Nil for the meeting as a whole.
    public var item: ID?
    /// If all come who have not said otherwise, and all withdraw who must.
    public var expected: Quorum
    /// If only those come who have said so.
    public var certain: Quorum
    /// Members with a vote who have apologised, and nobody comes in their seat.
    public var apologised: [ID]
    /// Members with a vote who have not answered.
    public var unanswered: [ID]
    /// Members who may not vote on the item for an interest, as things stand.
    public var mustWithdraw: [ID]
    /// What would make it quorate, in words; empty where it will be.
    public var remedies: [String]
}

extension Registrar {
    /// The quorum of a meeting, and of each of its items.
    public func forecastQuorum(of id: ID, in standing: Standing) -> [QuorumForecast] {
        guard let meeting = standing.records.meetings[id] else { return [] }
        let expectation = Expectation(of: meeting, in: standing, by: rulebook)
        return [expectation.forecast(item: nil)] + standing.records.items(of: id).map { expectation.forecast(item: $0.id) }
    }
}

/// Who is expected at a meeting.
private struct Expectation {
    let meeting: Meeting
    let standing: Standing
    let rulebook: Rulebook
    let policy: QuorumPolicy
    /// Members with a vote, and stand-ins.
    let members: [Representative]

    init(of meeting: Meeting, in standing: Standing, by rulebook: Rulebook) {
        self.meeting = meeting
        self.standing = standing
        self.rulebook = rulebook
        policy = standing.binding(ofMeeting: meeting.id, by: rulebook).pack.quorum
        members = standing.members(of: meeting.id)
    }

    private func has(_ word: String, _ it: Representative) -> Bool {
        standing.isAnnounced(
            word, for: SubjectKeys(named: [.meeting: meeting.id, .representative: it.id], in: standing))
    }

    private func votes(_ it: Representative) -> Bool { standing.records.seats[it.seat]?.rights == Participation.vote.name }

    private func mayVote(_ it: Representative, _ item: ID?) -> Bool {
        item.map { standing.participation(of: it, in: $0, by: rulebook) >= .vote } ?? true
    }

    private func quorum(item: ID?, _ comes: (Representative) -> Bool) -> Quorum {
        standing.quorum(of: meeting.id, members: members, policy: policy) { it in
            let comes = comes(it)
            return QuorumPolicy.Sitter(
                hasCome: comes, isThere: comes, isSubstitute: it.term == nil, hasWithdrawn: !mayVote(it, item),
                marks: Set(standing.records.seats[it.seat]?.marks ?? []))
        }
    }

    func forecast(item: ID?) -> QuorumForecast {
        let voting = members.filter(votes)
        let filled = Set(voting.filter { $0.term == nil && !has("apologised", $0) }.map(\.seat))
        let apologised = voting.filter { has("apologised", $0) && !filled.contains($0.seat) }
        let unanswered = voting.filter { $0.term != nil && !has("apologised", $0) && !has("accepted", $0) }
        let conflicted = item == nil ? [] : voting.filter { !has("apologised", $0) && !mayVote($0, item) }
        var forecast = QuorumForecast(
            item: item, expected: quorum(item: item) { !has("apologised", $0) },
            certain: quorum(item: item) { has("accepted", $0) },
            apologised: apologised.map(\.person), unanswered: unanswered.map(\.person), mustWithdraw: conflicted.map(\.person),
            remedies: [])
        if !forecast.expected.isMet { forecast.remedies = remedies(forecast, apologised, conflicted) }
        return forecast
    }

    private func remedies(
        _ forecast: QuorumForecast, _ apologised: [Representative], _ conflicted: [Representative]
    ) -> [String] {
        var remedies: [String] = []
        let missing = forecast.expected.needed - forecast.expected.present
        if missing > 0 { remedies.append("\(missing) more must count") }
        if !apologised.isEmpty { remedies.append("who has apologised comes after all: \(names(apologised))") }
        let free = policy.substitutesCount ? apologised.flatMap { substitutes(for: $0) } : []
        if !free.isEmpty { remedies.append("a substitute comes: \(free.joined(separator: ", "))") }
        if !conflicted.isEmpty, policy.withdrawn == .notCounted {
            remedies.append("a dispensation, or a ruling that clears: \(names(conflicted))")
        }
        let vacant = standing.records.seats(of: meeting.body).filter { seat in !members.contains { $0.seat == seat.id } }
        if !vacant.isEmpty { remedies.append("an empty seat is filled: \(vacant.map(\.name).joined(separator: ", "))") }
        remedies += forecast.expected.lacking
        if forecast.item != nil { remedies.append("the item goes to a later meeting") }
        return remedies
    }

    private func names(_ people: [Representative]) -> String {
        people.map { standing.name(of: $0.person) }.joined(separator: ", ")
    }

    private func substitutes(for it: Representative) -> [String] {
        (standing.records.seats[it.seat]?.substitutes ?? []).map {
            "\(standing.name(of: $0)) for \(standing.name(of: it.person))"
        }
    }
}
