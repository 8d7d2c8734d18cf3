/// What a body asks of a member with an interest in an item.
public struct InterestPolicy: Sendable, Hashable {
    /// The kinds in which interests are declared: those of the NHS (money; a profession or its standing; a friend or cause; a close
    /// associate's), and loyalty to one's own organisation.
    public enum Kind: String, Sendable, CaseIterable, Hashable { case financial, professional, personal, indirect, loyalty }

    /// What an interest of one kind leads to.
    public enum Outcome: String, Sendable, CaseIterable, Hashable {
        /// Leave, and take no part, unless there is a dispensation.
        case mustWithdraw = "must_withdraw"
        /// Whoever presides rules on it.
        case ruled
    }

    /// Whether a member with an interest may give facts that help the decision before leaving.
    public var mayGiveFacts: Bool
    private var outcomes: [Kind: Outcome]

    public init(mayGiveFacts: Bool = true, outcomes: [Kind: Outcome] = [:]) {
        self.mayGiveFacts = mayGiveFacts
        self.outcomes = outcomes
    }

    /// What a kind of interest leads to; one of which the policy says nothing is ruled on.
    public func outcome(of kind: Kind) -> Outcome { outcomes[kind] ?? .ruled }
}
