import Calendars
import Workflows

/// How a quorum stands: so many of so many needed.
public struct Quorum: Hashable, Sendable, Codable {
    public var present: Int
    public var needed: Int
    public var isMet: Bool { present >= needed }

    public init(present: Int, needed: Int) {
        self.present = present
        self.needed = needed
    }
}

extension Standing {
    /// The quorum of a meeting now, or for one of its items, under the body's policy. A seat counts once, whoever is in it.
    public func quorum(of meeting: ID, item: ID? = nil, by rulebook: Rulebook) -> Quorum {
        guard let record = records.meetings[meeting] else { return Quorum(present: 0, needed: 0) }
        let policy = rulebook.binding(of: record.body).pack.quorum
        let members = members(of: meeting)
        let voting = members.filter { records.seats[$0.seat]?.rights == Participation.vote.name }
        let counted = voting.filter { counts($0, at: meeting, item: item, policy: policy, by: rulebook) }
        let base =
            switch policy.of {
            case .seats: records.seats(of: record.body).count
            case .membersInPost: Set(members.filter { $0.term != nil }.map(\.seat)).count
            }
        return Quorum(present: Set(counted.map(\.seat)).count, needed: policy.needed(of: base))
    }

    private func counts(
        _ member: Representative, at meeting: ID, item: ID?, policy: QuorumPolicy, by rulebook: Rulebook
    ) -> Bool {
        if member.term == nil, !policy.substitutesCount { return false }
        let presence = records.rolls[meeting]?.presence[member.person] ?? []
        if let item {
            let level = participation(of: member, in: item, by: rulebook)
            if level < .vote, !presence.isEmpty, policy.withdrawn == .deemedPresent { return true }
            guard level >= .vote else { return false }
        }
        guard let last = presence.last, last.until == nil else { return false }
        return last.manner == .room || policy.remoteCounts
    }
}
