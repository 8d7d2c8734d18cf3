import Calendars

/// Named, cited policies of one kind of body.
public struct RulePack: Sendable {
    /// Where a policy comes from, and whether the source's words were read.
    public struct Citation: Sendable, Hashable {
        public enum Status: String, Sendable { case verified, unverified }

        public var source: String
        public var status: Status

        public init(source: String, status: Status) {
            self.source = source
            self.status = status
        }
    }

    public var name: String
    public var title: String
    public var hash: String
    /// What clear days leave out.
    public var counting: CountingPolicy
    /// What working days leave out.
    public var working: CountingPolicy
    /// `notice`, `agenda`, `papers`: how long before the meeting.
    public var periods: [String: PolicyPeriod]
    /// What follows when notice was short, in words.
    public var whenNoticeIsShort: String
    public var quorum: QuorumPolicy
    /// What becomes of an item without a quorum.
    public var inquorateItem: InquorateItem
    public var deferralsAllowed: Int
    /// By the policy's name in the file.
    public var citations: [String: Citation]

    public init(
        name: String, title: String, hash: String, counting: CountingPolicy, working: CountingPolicy,
        periods: [String: PolicyPeriod],
        whenNoticeIsShort: String, quorum: QuorumPolicy, inquorateItem: InquorateItem, deferralsAllowed: Int,
        citations: [String: Citation]
    ) {
        self.name = name
        self.title = title
        self.hash = hash
        self.counting = counting
        self.working = working
        self.periods = periods
        self.whenNoticeIsShort = whenNoticeIsShort
        self.quorum = quorum
        self.inquorateItem = inquorateItem
        self.deferralsAllowed = deferralsAllowed
        self.citations = citations
    }
}

public enum InquorateItem: String, Sendable { case `defer`, nextBusiness = "next_business" }

/// How many must be there, and who counts.
public struct QuorumPolicy: Sendable, Hashable {
    public enum Base: String, Sendable { case seats, membersInPost = "members_in_post" }
    public enum Withdrawn: String, Sendable { case notCounted = "not_counted", deemedPresent = "deemed_present" }

    /// The share of the base, as a fraction, rounded up; and never fewer than `minimum`.
    public var numerator: Int
    public var denominator: Int
    public var minimum: Int
    public var of: Base
    /// Whether a member who withdrew from an item counts for it.
    public var withdrawn: Withdrawn
    public var remoteCounts: Bool
    public var substitutesCount: Bool

    public init(
        numerator: Int, denominator: Int, minimum: Int, of: Base, withdrawn: Withdrawn, remoteCounts: Bool,
        substitutesCount: Bool
    ) {
        self.numerator = numerator
        self.denominator = denominator
        self.minimum = minimum
        self.of = of
        self.withdrawn = withdrawn
        self.remoteCounts = remoteCounts
        self.substitutesCount = substitutesCount
    }

    /// The number needed, of so many seats or members.
    public func needed(of count: Int) -> Int {
        max(minimum, (count * numerator + denominator - 1) / max(1, denominator))
    }
}
