/// A way to answer by mail: a link that opens a mail ready to be sent.
public struct AnswerView: ViewPart {
    /// What it says: "Send apologies".
    public var title: String
    public var link: Link
    /// What the sender confirms by it, or is to write into it.
    public var asks: String?

    public init(title: String, link: Link, asks: String? = nil) {
        self.title = title
        self.link = link
        self.asks = asks
    }

    static let sample = AnswerView(
        title: "Send apologies", link: Link("mailto:answers@example.org?subject=Send%20apologies"),
        asks: "write reason into the mail: one of illness, clash, leave, other")
}

/// What became of an answer by mail.
public struct AnswerMailView: DocumentView {
    public var letter: LetterView
    /// What was asked for: "Send apologies".
    public var asked: String
    public var isDone: Bool
    /// It was said before, and stands.
    public var isKnown: Bool
    /// Nobody can tell by program what is meant; a person will read it.
    public var isPassedOn: Bool
    /// Why it was not done.
    public var reason: String?
    public var notes: [String]
    /// What else the sender wrote.
    public var words: String?
    /// Whether somebody was asked to read these words.
    public var areWordsRead: Bool
    /// Lines of the checklist that the mail confirmed.
    public var ticked: [String]
    /// What is still owed, with the ways to answer.
    public var duty: DutyView?

    public init(
        letter: LetterView, asked: String, isDone: Bool = false, isKnown: Bool = false, isPassedOn: Bool = false,
        reason: String? = nil, notes: [String] = [], words: String? = nil, areWordsRead: Bool = false, ticked: [String] = [],
        duty: DutyView? = nil
    ) {
        self.letter = letter
        self.asked = asked
        self.isDone = isDone
        self.isKnown = isKnown
        self.isPassedOn = isPassedOn
        self.reason = reason
        self.notes = notes
        self.words = words
        self.areWordsRead = areWordsRead
        self.ticked = ticked
        self.duty = duty
    }

    public static let document = "answer"

    public static let sample = AnswerMailView(
        letter: .sample, asked: "Say that I have read the papers", isDone: true, isKnown: true, isPassedOn: true,
        reason: "The meeting was moved.",
        notes: ["Priya Nair did it on 3 November."], words: "I may be late.", areWordsRead: true,
        ticked: ["Read the winter plan"], duty: .sample)
}
