/// Word to the person who looks after an overdue duty.
public struct EscalationView: DocumentView {
    public var letter: LetterView
    public var duty: DutyView
    public var owner: PersonView
    /// How to reach the owner.
    public var contact: String?
    public var meeting: MeetingView?
    /// When the owner was reminded: "3 November", "9 November".
    public var reminded: [String]
    /// What the reader can do now.
    public var choices: [String]

    public init(
        letter: LetterView, duty: DutyView, owner: PersonView, contact: String? = nil, meeting: MeetingView? = nil,
        reminded: [String] = [], choices: [String] = []
    ) {
        self.letter = letter
        self.duty = duty
        self.owner = owner
        self.contact = contact
        self.meeting = meeting
        self.reminded = reminded
        self.choices = choices
    }

    public static let document = "escalation"
}
