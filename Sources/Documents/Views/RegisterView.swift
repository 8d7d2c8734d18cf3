/// The register of interests, as it is published.
public struct RegisterView: DocumentView {
    /// The body or nominating body whose register it is.
    public var holder: String
    /// The day on which this was true.
    public var date: String
    /// "As published", or "In full, for the secretary and the chair".
    public var status: String?
    public var entries: [RegisterEntryView]
    /// How long an entry stays published after it ends.
    public var retention: String?
    public var secretary: ContactView?
    /// Only where it is mailed.
    public var letter: LetterView?

    public init(
        holder: String, date: String, status: String? = nil, entries: [RegisterEntryView] = [], retention: String? = nil,
        secretary: ContactView? = nil, letter: LetterView? = nil
    ) {
        self.holder = holder
        self.date = date
        self.status = status
        self.entries = entries
        self.retention = retention
        self.secretary = secretary
        self.letter = letter
    }

    public static let document = "register"
}

/// An interest that stands for a term.
public struct RegisteredInterestView: ViewPart {
    /// Left out where the interest is sensitive, as is its nature.
    public var kind: String?
    public var nature: String?
    public var isSensitive: Bool
    /// "actual", "potential".
    public var standing: String?
    public var since: String?
    public var until: String?

    public init(
        kind: String?, nature: String? = nil, isSensitive: Bool = false, standing: String? = nil, since: String? = nil,
        until: String? = nil
    ) {
        self.kind = kind
        self.nature = nature
        self.isSensitive = isSensitive
        self.standing = standing
        self.since = since
        self.until = until
    }
}

/// What one person has registered.
public struct RegisterEntryView: ViewPart {
    public var person: PersonView
    /// Empty is a nil return, if `reviewed` is given.
    public var interests: [RegisteredInterestView]
    /// When the person last confirmed the entry; left out where no answer was ever given.
    public var reviewed: String?
    public var reviewDue: String?

    public init(
        person: PersonView, interests: [RegisteredInterestView] = [], reviewed: String? = nil, reviewDue: String? = nil
    ) {
        self.person = person
        self.interests = interests
        self.reviewed = reviewed
        self.reviewDue = reviewDue
    }
}
