public import Calendars

/// Named, cited policies of one kind of body: notice, counting, quorum, interests, attendance.
///
/// A body may lay values of its own over a pack's; what comes of that is a pack too, whose text (and so whose hash) holds both.
public struct RulePack: Sendable {
    /// Where a policy comes from, and whether the source's words were read.
    public struct Citation: Sendable, Hashable {
        public enum Status: String, Sendable {
            case verified, unverified
            /// The body's own value, in the place of the pack's.
            case own
        }

        public var source: String
        public var status: Status
        /// What is disputed about it, in words; nil where nothing is known to be.
        public var contested: String?

        public init(source: String, status: Status, contested: String? = nil) {
            self.source = source
            self.status = status
            self.contested = contested
        }
    }

    public var name: String
    public var title: String
    public var hash: String
    /// The holiday table of its nation, by which its own cases are reckoned; nil where holidays do not matter to it.
    public var holidays: String?
    /// What clear days leave out.
    public var counting: CountingPolicy
    /// What working days leave out.
    public var working: CountingPolicy
    /// By the names in `periodNames`: how long before the meeting notice is given, and the like.
    public var periods: [String: PolicyPeriod]
    public var notice: NoticePolicy
    public var quorum: QuorumPolicy
    /// What becomes of an item without a quorum.
    public var inquorateItem: InquorateItem
    public var deferralsAllowed: Int
    public var voters: VoterPolicy
    public var ties: TiePolicy
    public var interests: InterestPolicy
    /// Nil where a body asks nothing of its members' attendance.
    public var attendance: AttendancePolicy?
    /// By the policy's name in the file.
    public var citations: [String: Citation]
    /// Worked examples, which the rules must meet.
    public var cases: [RuleCase]

    /// A pack with the policies that every one has; the others begin as their types do.
    public init(
        name: String, title: String, hash: String, counting: CountingPolicy, working: CountingPolicy,
        periods: [String: PolicyPeriod], whenNoticeIsShort: String, quorum: QuorumPolicy, inquorateItem: InquorateItem,
        deferralsAllowed: Int, citations: [String: Citation]
    ) {
        self.name = name
        self.title = title
        self.hash = hash
        holidays = nil
        self.counting = counting
        self.working = working
        self.periods = periods
        notice = NoticePolicy(whenShort: whenNoticeIsShort)
        self.quorum = quorum
        self.inquorateItem = inquorateItem
        self.deferralsAllowed = deferralsAllowed
        voters = .allPresent
        ties = .lost
        interests = InterestPolicy()
        attendance = nil
        self.citations = citations
        cases = []
    }

    /// What follows when notice was short, in words.
    public var whenNoticeIsShort: String { notice.whenShort }

    /// The policies that are the body's own and not the pack's, by name, in order.
    public var ownPolicies: [String] { citations.filter { $0.value.status == .own }.keys.sorted() }

    /// The rule under its name, with its own policies: `cio, with notice of its own`.
    public var nameWithOwn: String {
        ownPolicies.isEmpty ? name : "\(name), with \(ownPolicies.joined(separator: ", ")) of its own"
    }
}

extension RulePack {
    /// The periods that a rule pack may set, each used as `policy.NAME` in a deadline: those of the meeting's preparation, how long a
    /// sent notice takes to count as given, and those of interests.
    public static let periodNames = requiredPeriods + interestPeriods + ["receipt"]
    /// Those that every pack sets.
    public static let requiredPeriods = ["notice", "agenda", "papers"]
    /// How soon an interest is registered, how often interests are reviewed, how long one is published after it has ended, how long a
    /// dispensation lasts. Each says whether its first day counts.
    public static let interestPeriods = ["registration", "review", "publication", "dispensation"]
}

/// What short notice means, and how it may be shorter.
public struct NoticePolicy: Sendable, Hashable {
    /// What short notice does to the meeting's decisions.
    public enum Effect: String, Sendable, CaseIterable { case irregular, voidable, invalid }

    /// How notice may lawfully be shorter.
    public struct Shorter: Sendable, Hashable {
        public enum Ground: String, Sendable, CaseIterable { case consent, urgency }

        public var ground: Ground
        /// How long it still must be; nil: not at all.
        public var period: CountedPeriod?
        public var say: String

        public init(ground: Ground, period: CountedPeriod? = nil, say: String) {
            self.ground = ground
            self.period = period
            self.say = say
        }
    }

    /// What follows when notice was short, in words.
    public var whenShort: String
    public var effect: Effect
    public var shorter: Shorter?
    /// Whether an item put on the agenda after the agenda was due may be decided.
    public var mayDecideLateItems: Bool

    public init(whenShort: String, effect: Effect = .irregular, shorter: Shorter? = nil, mayDecideLateItems: Bool = true) {
        self.whenShort = whenShort
        self.effect = effect
        self.shorter = shorter
        self.mayDecideLateItems = mayDecideLateItems
    }
}

/// What becomes of an item that loses its quorum.
public enum InquorateItem: String, Sendable { case `defer`, nextBusiness = "next_business" }

/// What becomes of a question on which as many vote for as against.
public enum TiePolicy: String, Sendable, CaseIterable {
    case lost
    /// Whoever presides has a second or casting vote.
    case castingVote = "casting_vote"
}

extension RulePack {
    /// What counted votes come to.
    public enum Count: String, Sendable, CaseIterable {
        case carried, lost
        /// The casting vote settles it.
        case castingVote = "casting_vote"
    }

    /// What so many votes come to, where more than half of those cast carry a question.
    public func count(votesFor: Int, against: Int) -> Count {
        if votesFor != against { return votesFor > against ? .carried : .lost }
        return ties == .castingVote ? .castingVote : .lost
    }
}

/// Who of those present may vote on an item.
public enum VoterPolicy: String, Sendable, CaseIterable {
    case allPresent = "all_present"
    /// Only those who were there from the item's opening on.
    case heardThroughout = "heard_throughout"
}
