/// How many must be there, and who counts.
public struct QuorumPolicy: Sendable, Hashable {
    public enum Base: String, Sendable { case seats, membersInPost = "members_in_post" }
    public enum Withdrawn: String, Sendable { case notCounted = "not_counted", deemedPresent = "deemed_present" }
    public enum Rounding: String, Sendable { case up, nearest }

    /// Part of the quorum that members of one sort make up: at least one independent member, at least half from outside.
    public struct Requirement: Sendable, Hashable {
        public enum Amount: Sendable, Hashable {
            case number(Int)
            /// A share of those counted.
            case share(Int, Int)
        }

        public var amount: Amount
        /// The mark that such seats bear in the roster: `independent`.
        public var mark: String

        public init(_ amount: Amount, of mark: String) {
            self.amount = amount
            self.mark = mark
        }
    }

    /// The share of the base, as a fraction, rounded; and never fewer than `minimum`.
    public var numerator: Int
    public var denominator: Int
    public var rounding: Rounding
    public var minimum: Int
    public var of: Base
    /// Whether a member who withdrew from an item counts for it.
    public var withdrawn: Withdrawn
    public var remoteCounts: Bool
    public var substitutesCount: Bool
    public var requirements: [Requirement]

    public init(
        numerator: Int, denominator: Int, rounding: Rounding = .up, minimum: Int, of: Base, withdrawn: Withdrawn,
        remoteCounts: Bool, substitutesCount: Bool, requirements: [Requirement] = []
    ) {
        self.numerator = numerator
        self.denominator = denominator
        self.rounding = rounding
        self.minimum = minimum
        self.of = of
        self.withdrawn = withdrawn
        self.remoteCounts = remoteCounts
        self.substitutesCount = substitutesCount
        self.requirements = requirements
    }

    /// The number needed, of so many seats or members.
    public func needed(of count: Int) -> Int {
        let divisor = max(1, denominator)
        let share =
            rounding == .up ? (count * numerator + divisor - 1) / divisor : (2 * count * numerator + divisor) / (2 * divisor)
        return max(minimum, share)
    }
}

extension QuorumPolicy {
    /// One seat with a vote as the quorum sees it.
    public struct Sitter: Sendable, Hashable {
        /// Whether its member came to the meeting at all.
        public var hasCome: Bool
        /// Whether its member is there now.
        public var isThere: Bool
        public var isRemote: Bool
        public var isSubstitute: Bool
        /// Whether its member may not vote on the item for an interest.
        public var hasWithdrawn: Bool
        /// The marks of the seat.
        public var marks: Set<String>

        public init(
            hasCome: Bool = true, isThere: Bool = true, isRemote: Bool = false, isSubstitute: Bool = false,
            hasWithdrawn: Bool = false, marks: Set<String> = []
        ) {
            self.hasCome = hasCome
            self.isThere = isThere
            self.isRemote = isRemote
            self.isSubstitute = isSubstitute
            self.hasWithdrawn = hasWithdrawn
            self.marks = marks
        }
    }

    /// Whether the seat counts to the quorum.
    public func counts(_ sitter: Sitter) -> Bool {
        if sitter.isSubstitute, !substitutesCount { return false }
        if sitter.hasWithdrawn { return withdrawn == .deemedPresent && sitter.hasCome }
        return sitter.isThere && (!sitter.isRemote || remoteCounts)
    }

    /// What those counted lack besides their number, in words. A mark that no seat of the body bears cannot be judged and asks nothing.
    public func lacking(among counted: [Sitter], marked: Set<String>) -> [String] {
        requirements.compactMap { requirement in
            guard marked.contains(requirement.mark) else { return nil }
            let found = counted.count { $0.marks.contains(requirement.mark) }
            switch requirement.amount {
            case .number(let number):
                return found >= number ? nil : "at least \(number) \(requirement.mark) needed, \(found) there"
            case .share(let numerator, let denominator):
                if found * denominator >= counted.count * numerator { return nil }
                return "at least \(numerator)/\(denominator) must be \(requirement.mark), \(found) of \(counted.count) are"
            }
        }
    }
}
