/// The calling of a meeting.
public struct NoticeView: DocumentView {
    public var meeting: MeetingView
    /// Only where it is mailed.
    public var letter: LetterView?
    /// The date on which notice is given.
    public var given: String
    /// "five clear days".
    public var length: String?
    /// The rule under which it is given, with its source.
    public var rule: String?
    public var isShort: Bool
    /// What follows from short notice, and why it is short.
    public var consequence: String?
    /// The titles of the business to be done.
    public var business: [String]
    /// What the public should know about attending.
    public var access: String?
    public var secretary: ContactView?

    public init(
        meeting: MeetingView, letter: LetterView? = nil, given: String, length: String? = nil, rule: String? = nil,
        isShort: Bool = false, consequence: String? = nil, business: [String] = [], access: String? = nil,
        secretary: ContactView? = nil
    ) {
        self.meeting = meeting
        self.letter = letter
        self.given = given
        self.length = length
        self.rule = rule
        self.isShort = isShort
        self.consequence = consequence
        self.business = business
        self.access = access
        self.secretary = secretary
    }

    public static let document = "notice"
}

/// An invitation to a meeting, also to one that was moved.
public struct InvitationView: DocumentView {
    public var meeting: MeetingView
    public var letter: LetterView
    public var isMoved: Bool
    /// When the meeting was to be, before it was moved.
    public var former: String?
    /// Why it was moved.
    public var reason: String?
    public var replyBy: String?
    /// How to answer in one step.
    public var step: String?
    /// How to answer by mail.
    public var answers: [AnswerView]
    /// The titles of the items, if already known.
    public var items: [String]

    public init(
        meeting: MeetingView, letter: LetterView, isMoved: Bool = false, former: String? = nil, reason: String? = nil,
        replyBy: String? = nil, step: String? = nil, answers: [AnswerView] = [], items: [String] = []
    ) {
        self.meeting = meeting
        self.letter = letter
        self.isMoved = isMoved
        self.former = former
        self.reason = reason
        self.replyBy = replyBy
        self.step = step
        self.answers = answers
        self.items = items
    }

    public static let document = "invitation"
}

/// Word to the secretary and coordinator that a representative cannot attend.
public struct ApologyView: DocumentView {
    public var meeting: MeetingView
    public var letter: LetterView
    public var representative: PersonView
    public var received: String?
    public var substitute: String?
    /// "asked, an answer is due on 12 November", "has accepted".
    public var substituteStatus: String?
    /// What it means for the quorum: "6 expected, 5 needed".
    public var quorum: String?

    public init(
        meeting: MeetingView, letter: LetterView, representative: PersonView, received: String? = nil,
        substitute: String? = nil, substituteStatus: String? = nil, quorum: String? = nil
    ) {
        self.meeting = meeting
        self.letter = letter
        self.representative = representative
        self.received = received
        self.substitute = substitute
        self.substituteStatus = substituteStatus
        self.quorum = quorum
    }

    public static let document = "apology"
}

/// Word that a meeting will not take place.
public struct CancellationView: DocumentView {
    public var meeting: MeetingView
    public var letter: LetterView
    public var reason: String?
    /// The meeting that comes instead, or next.
    public var next: MeetingView?
    /// What becomes of its business.
    public var business: String?

    public init(
        meeting: MeetingView, letter: LetterView, reason: String? = nil, next: MeetingView? = nil, business: String? = nil
    ) {
        self.meeting = meeting
        self.letter = letter
        self.reason = reason
        self.next = next
        self.business = business
    }

    public static let document = "cancellation"
}

/// Papers that come after the agenda.
public struct SupplementView: DocumentView {
    public var meeting: MeetingView
    public var letter: LetterView
    public var papers: [PaperView]
    /// Whether none went out before.
    public var isFirst: Bool
    public var reason: String?
    public var readBy: String?
    /// How to say that they have been read.
    public var step: String?
    public var answers: [AnswerView]

    public init(
        meeting: MeetingView, letter: LetterView, papers: [PaperView] = [], isFirst: Bool = false, reason: String? = nil,
        readBy: String? = nil, step: String? = nil, answers: [AnswerView] = []
    ) {
        self.meeting = meeting
        self.letter = letter
        self.papers = papers
        self.isFirst = isFirst
        self.reason = reason
        self.readBy = readBy
        self.step = step
        self.answers = answers
    }

    public static let document = "supplement"
}

/// A request to a substitute to sit in for a representative.
public struct StandInRequestView: DocumentView {
    public var meeting: MeetingView
    public var letter: LetterView
    /// For whom to stand in.
    public var absent: PersonView
    /// The seat and its sector.
    public var seat: String?
    public var replyBy: String?
    /// How to answer in one step.
    public var step: String?
    public var answers: [AnswerView]
    /// The titles of the items.
    public var items: [String]
    public var papers: [PaperView]
    /// What to know before going.
    public var briefing: [String]

    public init(
        meeting: MeetingView, letter: LetterView, absent: PersonView, seat: String? = nil, replyBy: String? = nil,
        step: String? = nil, answers: [AnswerView] = [], items: [String] = [], papers: [PaperView] = [], briefing: [String] = []
    ) {
        self.meeting = meeting
        self.letter = letter
        self.absent = absent
        self.seat = seat
        self.replyBy = replyBy
        self.step = step
        self.answers = answers
        self.items = items
        self.papers = papers
        self.briefing = briefing
    }

    public static let document = "stand-in-request"
}
