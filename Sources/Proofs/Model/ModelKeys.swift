import Workflows

/// What the one case that stands for each workflow is about, where others are about that case.
struct ModelCases: Sendable {
    /// By workflow; what the case names.
    private var named: [String: [SubjectKind: String]] = [:]

    init(_ workflows: [Workflow]) {
        for workflow in workflows {
            named[workflow.name] = Dictionary(
                workflow.subjects.compactMap { kind in ModelSociety.ids(of: kind).first.map { (kind, $0) } }
            ) { first, _ in first }
        }
    }

    /// Whether the case about these subjects is the one that others can be about.
    func isOne(_ workflow: String, about subjects: [SubjectKind: String]) -> Bool { named[workflow] == subjects }

    /// The subjects that one implies; a case implies those that it is about, and what they imply.
    func implied(by kind: SubjectKind, _ id: String, depth: Int = 0) -> [SubjectKind: String] {
        guard case .ofCase(let workflow) = kind else { return ModelSociety.implied(by: kind, id) }
        guard depth < Self.depthLimit, id == workflow, let subjects = named[workflow] else { return [:] }
        var all = subjects
        for (kind, id) in subjects { all.merge(implied(by: kind, id, depth: depth + 1)) { known, _ in known } }
        return all
    }

    /// Cases about cases about cases: further nobody goes.
    private static let depthLimit = 8
}

/// What a case or a word is about: what it names, and what follows. The rules are the engine's (`SubjectKeys`).
struct ModelKeys: Hashable {
    var named: [SubjectKind: String]
    var all: [SubjectKind: String]
    /// The workflow of the case whose keys they are, where others may be about it.
    var own: SubjectKind?
    private var hasCases: Bool

    init(_ named: [SubjectKind: String], _ cases: ModelCases, own: SubjectKind? = nil) {
        self.named = named
        self.own = own
        all = named
        for (kind, id) in named.sorted(by: {
            ($0.key.isCase ? 1 : 0, $0.key.rawValue) < ($1.key.isCase ? 1 : 0, $1.key.rawValue)
        }) {
            for (implied, key) in cases.implied(by: kind, id) where all[implied] == nil { all[implied] = key }
        }
        hasCases = all.keys.contains(where: \.isCase)
    }

    /// A subject, or the case itself.
    subscript(kind: SubjectKind) -> String? { all[kind] ?? (own == kind ? kind.rawValue : nil) }

    /// The same subjects as a word has them.
    var asWord: ModelKeys {
        var word = self
        word.own = nil
        return word
    }

    /// Whether the two have to do with each other: one that is named is known to the other, and all that both know agrees. Where a case is
    /// among them, the case and those about it belong together.
    func concerns(_ other: ModelKeys) -> Bool {
        if hasCases || other.hasCases { return concernsByCase(other) }
        return agrees(with: other) { _ in true } && meets(other)
    }

    /// Whether word about these subjects is heard by a case: it concerns the case, and the case has each case that the word names.
    func reaches(_ hearer: ModelKeys) -> Bool {
        guard concerns(hearer) else { return false }
        return !hasCases || named.allSatisfy { !$0.key.isCase || hearer[$0.key] == $0.value }
    }

    private func meets(_ other: ModelKeys) -> Bool {
        named.keys.contains { other[$0] != nil } || other.named.keys.contains { self[$0] != nil }
    }

    private func agrees(with other: ModelKeys, _ matters: (SubjectKind) -> Bool) -> Bool {
        all.allSatisfy { kind, id in
            guard let theirs = other[kind], theirs != id else { return true }
            return !matters(kind)
        }
    }

    private func concernsByCase(_ other: ModelKeys) -> Bool {
        for (one, two) in [(self, other), (other, self)] {
            guard let own = one.own, let named = two.all[own] else { continue }
            return named == own.rawValue
        }
        let isShared = all.contains { $0.key.isCase && other.all[$0.key] == $0.value }
        return agrees(with: other) { kind in
            !isShared || kind.isCase || (named[kind] != nil && other.named[kind] != nil)
        } && meets(other)
    }
}

/// Room for one case of a workflow in the model.
struct Place: Hashable {
    /// The number of the workflow.
    var workflow: Int
    var keys: ModelKeys

    /// All places that a workflow has.
    static func all(of number: Int, _ workflow: Workflow, _ cases: ModelCases) -> [Place] {
        var found: [[SubjectKind: String]] = [[:]]
        for kind in workflow.subjects {
            found = found.flatMap { known in
                ModelSociety.ids(of: kind).map { known.merging([kind: $0]) { $1 } }
            }
        }
        let own = SubjectKind(named: workflow.name)
        return found.filter { agree($0, cases) }.map { subjects in
            let isOne = own.isCase && cases.isOne(workflow.name, about: subjects)
            return Place(workflow: number, keys: ModelKeys(subjects, cases, own: isOne ? own : nil))
        }
    }

    private static func agree(_ named: [SubjectKind: String], _ cases: ModelCases) -> Bool {
        let each = named.map { ModelKeys([$0.key: $0.value], cases).all }
        return each.allSatisfy { first in
            each.allSatisfy { second in first.allSatisfy { key, id in second[key].map { $0 == id } ?? true } }
        }
    }
}
