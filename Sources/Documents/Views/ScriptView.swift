/// What the chair goes by: the order of business with its times, how much the quorum allows, and who leaves at which item.
public struct ScriptView: DocumentView {
    public var meeting: MeetingView
    /// Only where it is mailed.
    public var letter: LetterView?
    /// The day on which this was true.
    public var date: String
    public var chair: String?
    public var secretary: ContactView?
    /// "4 of 7 seats; 6 are expected".
    public var quorum: String?
    /// How many may go before there is no quorum.
    public var headroom: String?
    public var apologies: [AbsenceView]
    /// The names of those who have not answered.
    public var awaited: [String]
    /// What is to be done and said before the first item.
    public var opening: [String]
    public var items: [ScriptItemView]
    public var closing: [String]
    public var next: MeetingView?

    public init(
        meeting: MeetingView, letter: LetterView? = nil, date: String, chair: String? = nil, secretary: ContactView? = nil,
        quorum: String? = nil, headroom: String? = nil, apologies: [AbsenceView] = [], awaited: [String] = [],
        opening: [String] = [], items: [ScriptItemView] = [], closing: [String] = [], next: MeetingView? = nil
    ) {
        self.meeting = meeting
        self.letter = letter
        self.date = date
        self.chair = chair
        self.secretary = secretary
        self.quorum = quorum
        self.headroom = headroom
        self.apologies = apologies
        self.awaited = awaited
        self.opening = opening
        self.items = items
        self.closing = closing
        self.next = next
    }

    public static let document = "script"
}

/// One item of the running order.
public struct ScriptItemView: ViewPart {
    public var number: String
    public var title: String
    public var purpose: String?
    /// "about 14:20, 15 minutes", or, once it was opened, "opened 14:22".
    public var time: String?
    /// Who presides, where that is somebody else.
    public var presider: String?
    /// The quorum for this item: "5 expected to count, 4 needed: 1 may leave".
    public var headroom: String?
    /// Whether, as things stand, there is no quorum for it.
    public var isInquorate: Bool
    /// What would make it quorate.
    public var remedies: [String]
    public var leaving: [ScriptLeavingView]
    public var papers: [PaperView]
    /// What is to be done and said.
    public var steps: [String]
    /// What it came to, once it did.
    public var outcome: String?

    public init(
        number: String, title: String, purpose: String? = nil, time: String? = nil, presider: String? = nil,
        headroom: String? = nil, isInquorate: Bool = false, remedies: [String] = [], leaving: [ScriptLeavingView] = [],
        papers: [PaperView] = [], steps: [String] = [], outcome: String? = nil
    ) {
        self.number = number
        self.title = title
        self.purpose = purpose
        self.time = time
        self.presider = presider
        self.headroom = headroom
        self.isInquorate = isInquorate
        self.remedies = remedies
        self.leaving = leaving
        self.papers = papers
        self.steps = steps
        self.outcome = outcome
    }
}

/// Somebody with an interest in an item, and what that means when it is reached.
public struct ScriptLeavingView: ViewPart {
    public var who: String
    public var organisation: String?
    /// Left out where the interest is sensitive.
    public var kind: String?
    /// "leaves before the item", "to be ruled on", "left 14:32, came back 14:50".
    public var what: String

    public init(
        who: String, organisation: String? = nil, kind: String?, what: String
    ) {
        self.who = who
        self.organisation = organisation
        self.kind = kind
        self.what = what
    }
}
