import Workflows

/// Subjects by kind: those that somebody named, and those that follow from them.
public struct SubjectKeys: Hashable, Sendable {
    public var named: [SubjectKind: ID]
    /// Named and implied.
    public var all: [SubjectKind: ID]

    public init(named: [SubjectKind: ID], in records: Records) {
        self.named = named
        all = named
        for (kind, id) in named.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            for (implied, key) in records.implied(by: kind, id) where all[implied] == nil { all[implied] = key }
        }
    }

    /// Whether word about `self` is heard by a case of `other`: a key named by one is a key of the other, and all keys that both
    /// have agree.
    public func concerns(_ other: SubjectKeys) -> Bool {
        for (kind, id) in all {
            if let theirs = other.all[kind], theirs != id { return false }
        }
        return named.keys.contains { other.all[$0] != nil } || other.named.keys.contains { all[$0] != nil }
    }
}

extension Records {
    /// The subjects that one implies: a meeting its body, a representative the seat and term.
    public func implied(by kind: SubjectKind, _ id: ID) -> [SubjectKind: ID] {
        switch kind {
        case .organisation, .body, .person: return [:]
        case .seat:
            guard let seat = seats[id] else { return [:] }
            return [.body: seat.body, .organisation: seat.organisation]
        case .term:
            guard let term = terms[id] else { return [:] }
            return implied(by: .seat, term.seat).merging([.seat: term.seat, .person: term.person]) { $1 }
        case .representative:
            guard let it = representatives[id] else { return [:] }
            var keys = implied(by: .seat, it.seat).merging([.seat: it.seat, .person: it.person]) { $1 }
            keys[.term] = it.term
            return keys
        case .meeting:
            guard let meeting = meetings[id] else { return [:] }
            return [.body: meeting.body]
        case .item:
            guard let item = items[id] else { return [:] }
            return implied(by: .meeting, item.meeting).merging([.meeting: item.meeting]) { $1 }
        case .paper:
            guard let paper = papers[id] else { return [:] }
            var keys = implied(by: .meeting, paper.meeting).merging([.meeting: paper.meeting]) { $1 }
            keys[.item] = paper.item
            return keys
        }
    }

    public func has(_ kind: SubjectKind, _ id: ID) -> Bool {
        switch kind {
        case .organisation: organisations[id] != nil
        case .body: bodies[id] != nil
        case .seat: seats[id] != nil
        case .term: terms[id] != nil
        case .person: people[id] != nil
        case .representative: representatives[id] != nil
        case .meeting: meetings[id] != nil
        case .item: items[id] != nil
        case .paper: papers[id] != nil
        }
    }

    /// All ids of a kind, in order.
    public func ids(of kind: SubjectKind) -> [ID] {
        let found: [ID] =
            switch kind {
            case .organisation: Array(organisations.keys)
            case .body: Array(bodies.keys)
            case .seat: Array(seats.keys)
            case .term: Array(terms.keys)
            case .person: Array(people.keys)
            case .representative: Array(representatives.keys)
            case .meeting: Array(meetings.keys)
            case .item: Array(items.keys)
            case .paper: Array(papers.keys)
            }
        return found.sorted(by: numbered)
    }
}

extension Standing {
    /// The stream of a case: that of its meeting, else of its term, else of whatever it is about.
    public func family(of subjects: [SubjectKind: ID]) -> String {
        let all = SubjectKeys(named: subjects, in: records).all
        for kind in [SubjectKind.meeting, .term, .seat, .body, .organisation, .person] {
            if let id = all[kind] { return kind.rawValue + "/" + id }
        }
        return "society"
    }
}
