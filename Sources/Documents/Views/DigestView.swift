/// One mail for one person and one day, in place of many.
public struct DigestView: DocumentView {
    public var letter: LetterView
    public var date: String
    public var overdue: [DutyView]
    public var due: [DutyView]
    public var later: [DutyView]
    /// Overdue with others, whom the reader looks after.
    public var watched: [DutyView]
    /// What happened that calls for nothing: "The minutes of 6 October were circulated."
    public var news: [String]
    /// The meetings that come next.
    public var meetings: [MeetingView]

    public init(
        letter: LetterView, date: String, overdue: [DutyView] = [], due: [DutyView] = [], later: [DutyView] = [],
        watched: [DutyView] = [], news: [String] = [], meetings: [MeetingView] = []
    ) {
        self.letter = letter
        self.date = date
        self.overdue = overdue
        self.due = due
        self.later = later
        self.watched = watched
        self.news = news
        self.meetings = meetings
    }

    public static let document = "digest"
}
