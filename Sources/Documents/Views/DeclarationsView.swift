/// The sheet of interests declared for one meeting.
public struct DeclarationsView: DocumentView {
    public var meeting: MeetingView
    /// Only where it is mailed.
    public var letter: LetterView?
    /// The day on which this was true.
    public var date: String?
    /// The items in which something was declared.
    public var items: [ItemDeclarationsView]
    /// The names of those who said that they have none.
    public var none: [String]
    /// The names of those who have not answered.
    public var awaited: [String]
    /// The names of those who will not attend.
    public var excused: [String]
    public var secretary: ContactView?

    public init(
        meeting: MeetingView, letter: LetterView? = nil, date: String? = nil, items: [ItemDeclarationsView] = [],
        none: [String] = [], awaited: [String] = [], excused: [String] = [], secretary: ContactView? = nil
    ) {
        self.meeting = meeting
        self.letter = letter
        self.date = date
        self.items = items
        self.none = none
        self.awaited = awaited
        self.excused = excused
        self.secretary = secretary
    }

    public static let document = "declarations"
}

/// What was declared in one item.
public struct ItemDeclarationsView: ViewPart {
    public var number: String
    public var title: String
    public var declarations: [DeclarationView]

    public init(
        number: String, title: String, declarations: [DeclarationView] = []
    ) {
        self.number = number
        self.title = title
        self.declarations = declarations
    }
}
