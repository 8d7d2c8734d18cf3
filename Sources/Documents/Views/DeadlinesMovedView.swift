/// Word to one person that duties of theirs are due at another moment than before.
public struct DeadlinesMovedView: DocumentView {
    public var letter: LetterView
    /// Why they moved: "The meeting goes by a new holiday table".
    public var reason: String?
    public var duties: [DutyView]

    public init(letter: LetterView, reason: String? = nil, duties: [DutyView] = []) {
        self.letter = letter
        self.reason = reason
        self.duties = duties
    }

    public static let document = "deadlines-moved"
}
