/// The agenda of a meeting, as members receive it and as the public may read it.
public struct AgendaView: DocumentView {
    public var meeting: MeetingView
    /// Only where it is mailed.
    public var letter: LetterView?
    /// "Draft", "Supplementary agenda".
    public var status: String?
    /// The date of issue.
    public var issued: String?
    /// "Notice was given on 9 November 2026, five clear days before the meeting."
    public var notice: String?
    /// "5 of 12 members".
    public var quorum: String?
    public var chair: String?
    public var secretary: ContactView?
    public var items: [AgendaItemView]
    /// Those of the whole meeting, of no one item.
    public var papers: [PaperView]
    /// How to declare an interest, and by when.
    public var declarations: String?
    /// What the public should know about attending.
    public var access: String?
    /// The text as a person edited it; it stands in place of all that is generated.
    public var edited: Markdown?

    public init(
        meeting: MeetingView, letter: LetterView? = nil, status: String? = nil, issued: String? = nil, notice: String? = nil,
        quorum: String? = nil, chair: String? = nil, secretary: ContactView? = nil, items: [AgendaItemView] = [],
        papers: [PaperView] = [], declarations: String? = nil, access: String? = nil, edited: Markdown? = nil
    ) {
        self.meeting = meeting
        self.letter = letter
        self.status = status
        self.issued = issued
        self.notice = notice
        self.quorum = quorum
        self.chair = chair
        self.secretary = secretary
        self.items = items
        self.papers = papers
        self.declarations = declarations
        self.access = access
        self.edited = edited
    }

    public static let document = "agenda"
}

/// One item of an agenda.
public struct AgendaItemView: ViewPart {
    /// "5", "5a".
    public var number: String
    public var title: String
    /// "for decision", "for information".
    public var purpose: String?
    /// Who introduces it.
    public var lead: String?
    /// "14:20, 15 minutes".
    public var time: String?
    /// "deferred from 6 October", "urgent because ...".
    public var note: String?
    /// Taken without the public.
    public var isClosed: Bool
    public var papers: [PaperView]

    public init(
        number: String, title: String, purpose: String? = nil, lead: String? = nil, time: String? = nil, note: String? = nil,
        isClosed: Bool = false, papers: [PaperView] = []
    ) {
        self.number = number
        self.title = title
        self.purpose = purpose
        self.lead = lead
        self.time = time
        self.note = note
        self.isClosed = isClosed
        self.papers = papers
    }
}
