import Workflows

/// A part of what stands, as it was read from rows: whole circles, or everything.
public struct Portion: Sendable {
    public var records: [Record] = []
    public var cases: [Case] = []
    public var duties: [Duty] = []
    public var drafts: [Draft] = []
    public var erasures: [Erasure] = []

    public init() {}
}

extension Standing {
    /// Takes in what was read. What follows from it is the same as if the entries had been folded in.
    public mutating func take(_ portion: Portion) {
        for record in portion.records { records.keep(record) }
        for draft in portion.drafts { drafts[draft.ofCase + "/" + draft.document] = draft }
        for erasure in portion.erasures.sorted(by: { $0.at < $1.at }) { keep(erasure) }
        for it in portion.cases { cases[it.id] = it }
        for duty in portion.duties { duties[duty.id] = duty }
        indexAnew()
    }

    /// Whether all that word about these subjects could reach is at hand.
    func holdsCircle(of keys: SubjectKeys) -> Bool {
        guard let circles else { return true }
        return keys.circle.map(circles.contains) ?? false
    }
}
