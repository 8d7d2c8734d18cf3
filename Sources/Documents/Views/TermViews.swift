/// Immediate word to the electors that a representative steps down.
public struct SteppingDownView: DocumentView {
    public var letter: LetterView
    public var representative: PersonView
    public var body: String
    public var lastDay: String
    /// Only where the reader may see it.
    public var reason: String?
    /// Who sits in the seat until it is filled.
    public var substitute: String?
    /// What happens now: "Expressions of interest are asked for until 4 December".
    public var next: [String]

    public init(
        letter: LetterView, representative: PersonView, body: String, lastDay: String, reason: String? = nil,
        substitute: String? = nil, next: [String] = []
    ) {
        self.letter = letter
        self.representative = representative
        self.body = body
        self.lastDay = lastDay
        self.reason = reason
        self.substitute = substitute
        self.next = next
    }

    public static let document = "stepping-down"
}

/// What a successor needs to know of a seat.
public struct HandoverPackView: DocumentView {
    /// Only where it is mailed.
    public var letter: LetterView?
    public var representative: PersonView
    public var successor: String?
    public var body: String
    public var lastDay: String?
    /// Shows the prompts where the representative must write.
    public var isDraft: Bool
    /// The meetings to come.
    public var meetings: [MeetingView]
    /// The duties still open.
    public var duties: [DutyView]
    public var actions: [ActionView]
    public var contacts: [ContactView]
    /// The feedback reports of the term.
    public var reports: [PaperView]
    /// The text as a person edited it; it stands in place of all that is generated.
    public var edited: Markdown?

    public init(
        letter: LetterView? = nil, representative: PersonView, successor: String? = nil, body: String, lastDay: String? = nil,
        isDraft: Bool = false, meetings: [MeetingView] = [], duties: [DutyView] = [], actions: [ActionView] = [],
        contacts: [ContactView] = [], reports: [PaperView] = [], edited: Markdown? = nil
    ) {
        self.letter = letter
        self.representative = representative
        self.successor = successor
        self.body = body
        self.lastDay = lastDay
        self.isDraft = isDraft
        self.meetings = meetings
        self.duties = duties
        self.actions = actions
        self.contacts = contacts
        self.reports = reports
        self.edited = edited
    }

    public static let document = "handover-pack"
}
