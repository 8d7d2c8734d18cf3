/// A mail about one duty, before or after it is due.
public struct ReminderView: DocumentView {
    public var letter: LetterView
    public var duty: DutyView
    public var meeting: MeetingView?
    /// What is needed to do it.
    public var papers: [PaperView]

    public init(
        letter: LetterView, duty: DutyView, meeting: MeetingView? = nil, papers: [PaperView] = []
    ) {
        self.letter = letter
        self.duty = duty
        self.meeting = meeting
        self.papers = papers
    }

    public static let document = "reminder"
}
