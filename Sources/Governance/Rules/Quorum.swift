import Calendars
import Workflows

/// How a quorum stands: so many of so many needed, and what those counted lack besides their number.
public struct Quorum: Hashable, Sendable, Codable {
    public var present: Int
    public var needed: Int
    /// Such as "at least 1 independent needed, 0 there"; empty where nothing is lacking.
    public var lacking: [String]
    public var isMet: Bool { present >= needed && lacking.isEmpty }

    public init(present: Int, needed: Int, lacking: [String] = []) {
        self.present = present
        self.needed = needed
        self.lacking = lacking
    }
}

extension Standing {
    /// The quorum of a meeting now, or for one of its items, under the body's policy. A seat counts once, whoever is in it, and a person
    /// once, in however many seats.
    public func quorum(of meeting: ID, item: ID? = nil, by rulebook: Rulebook, at moment: Instant? = nil) -> Quorum {
        guard records.meetings[meeting] != nil else { return Quorum(present: 0, needed: 0) }
        let policy = binding(ofMeeting: meeting, by: rulebook).pack.quorum
        let members = members(of: meeting)
        return quorum(of: meeting, members: members, policy: policy) {
            sitter($0, at: meeting, item: item, when: moment, by: rulebook)
        }
    }

    /// The quorum that these members make, each seen as `sitter` says. Seats without a vote never count.
    func quorum(
        of meeting: ID, members: [Representative], policy: QuorumPolicy, _ sitter: (Representative) -> QuorumPolicy.Sitter
    ) -> Quorum {
        let body = records.meetings[meeting]?.body ?? ""
        let seats = records.seats(of: body)
        var counted: [ID: QuorumPolicy.Sitter] = [:]
        var people: Set<ID> = []
        let holdersFirst = members.filter { $0.term != nil } + members.filter { $0.term == nil }
        for member in holdersFirst where records.seats[member.seat]?.rights == Participation.vote.name {
            let found = sitter(member)
            guard counted[member.seat] == nil, policy.counts(found), people.insert(member.person).inserted else { continue }
            counted[member.seat] = found
        }
        let base =
            switch policy.of {
            case .seats: seats.count
            case .membersInPost: Set(members.filter { $0.term != nil }.map(\.person)).count
            }
        return Quorum(
            present: counted.count, needed: policy.needed(of: base),
            lacking: policy.lacking(among: Array(counted.values), marked: Set(seats.flatMap { $0.marks ?? [] })))
    }

    private func sitter(
        _ member: Representative, at meeting: ID, item: ID?, when moment: Instant?, by rulebook: Rulebook
    ) -> QuorumPolicy.Sitter {
        let presence = records.rolls[meeting]?.presence[member.person] ?? []
        let there = stretch(of: member.person, at: meeting, when: moment)
        return QuorumPolicy.Sitter(
            hasCome: !presence.isEmpty, isThere: there != nil, isRemote: there?.manner == .remote,
            isSubstitute: member.term == nil,
            hasWithdrawn: item.map { participation(of: member, in: $0, by: rulebook) < .vote } ?? false,
            marks: Set(records.seats[member.seat]?.marks ?? []))
    }
}
