import Workflows

/// Subjects by kind: those that somebody named, and those that follow from them.
public struct SubjectKeys: Hashable, Sendable {
    public var named: [SubjectKind: ID]
    /// Named and implied.
    public var all: [SubjectKind: ID]
    /// The case whose keys they are, by the name of its workflow.
    public var own: Own?
    /// Whether a case is among those named or implied.
    private var hasCases = false

    public struct Own: Hashable, Sendable {
        public var kind: SubjectKind
        public var id: ID
    }

    public init(named: [SubjectKind: ID], in standing: Standing, own: Own? = nil) {
        self.named = named
        self.own = own
        all = named
        let ordered = named.sorted { ($0.key.isCase ? 1 : 0, $0.key.rawValue) < ($1.key.isCase ? 1 : 0, $1.key.rawValue) }
        for (kind, id) in ordered {
            for (implied, key) in standing.implied(by: kind, id) where all[implied] == nil { all[implied] = key }
        }
        hasCases = all.keys.contains(where: \.isCase)
    }

    /// The body whose circle they belong to; nil where they are about no body, or about a case, which may be of any.
    var circle: ID? { hasCases ? nil : all[.body] }

    /// A subject, or the case itself.
    public subscript(kind: SubjectKind) -> ID? { all[kind] ?? (own?.kind == kind ? own?.id : nil) }

    /// Whether the two have to do with each other: a key named by one is a key of the other, and all keys that both have agree.
    ///
    /// Where a case is among them, the case itself and all that are about it belong together: of what it implies nothing disagrees.
    public func concerns(_ other: SubjectKeys) -> Bool {
        if hasCases || other.hasCases { return concernsByCase(other) }
        return agrees(with: other) { _ in true } && meets(other)
    }

    /// Whether word about these subjects is heard by a case: it concerns the case, and the case has each case that the word names.
    public func reaches(_ hearer: SubjectKeys) -> Bool {
        guard concerns(hearer) else { return false }
        return !hasCases || named.allSatisfy { !$0.key.isCase || hearer[$0.key] == $0.value }
    }

    private func meets(_ other: SubjectKeys) -> Bool {
        named.keys.contains { other[$0] != nil } || other.named.keys.contains { self[$0] != nil }
    }

    private func agrees(with other: SubjectKeys, _ matters: (SubjectKind) -> Bool) -> Bool {
        all.allSatisfy { kind, id in
            guard let theirs = other[kind], theirs != id else { return true }
            return !matters(kind)
        }
    }

    private func concernsByCase(_ other: SubjectKeys) -> Bool {
        for (one, two) in [(self, other), (other, self)] {
            guard let own = one.own, let named = two.all[own.kind] else { continue }
            return named == own.id
        }
        let isShared = all.contains { $0.key.isCase && other.all[$0.key] == $0.value }
        return agrees(with: other) { kind in
            !isShared || kind.isCase || (named[kind] != nil && other.named[kind] != nil)
        } && meets(other)
    }
}

extension Records {
    /// The subjects that one implies: a meeting its body, a representative the seat and term.
    public func implied(by kind: SubjectKind, _ id: ID) -> [SubjectKind: ID] {
        switch kind {
        case .organisation, .body, .person, .ofCase: return [:]
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
        case .ofCase: false
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
            case .ofCase: []
            }
        return found.sorted(by: numbered)
    }
}

extension Standing {
    /// The subjects that one implies; a case implies those that it is about, and what they imply.
    func implied(by kind: SubjectKind, _ id: ID) -> [SubjectKind: ID] {
        guard kind.isCase else { return records.implied(by: kind, id) }
        return cases[id].map { SubjectKeys(named: $0.subjects, in: self).all } ?? [:]
    }

    public func has(_ kind: SubjectKind, _ id: ID) -> Bool {
        guard case .ofCase(let workflow) = kind else { return records.has(kind, id) }
        return cases[id]?.workflow == workflow
    }

    /// All ids of a kind in these circles, in order; of cases those that are open; nil: in all.
    func ids(of kind: SubjectKind, in circles: Set<ID>? = nil) -> [ID] {
        guard case .ofCase(let workflow) = kind else { return records.ids(of: kind, in: circles) }
        return cases(of: workflow).filter(\.isOpen).map(\.id)
    }

    /// The stream of a case: that of the case that it is about, else of its meeting, else of its term, else of whatever it is about.
    public func family(of subjects: [SubjectKind: ID]) -> String {
        let cases = subjects.filter(\.key.isCase).sorted { $0.key.rawValue < $1.key.rawValue }
        if let family = cases.first.flatMap({ self.cases[$0.value]?.family }) { return family }
        let all = SubjectKeys(named: subjects, in: self).all
        for kind in [SubjectKind.meeting, .term, .seat, .body, .organisation, .person] {
            if let id = all[kind] { return kind.rawValue + "/" + id }
        }
        return "society"
    }
}
