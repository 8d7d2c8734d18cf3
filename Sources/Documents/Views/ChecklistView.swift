/// All that a person owes, in order of deadline.
public struct ChecklistView: DocumentView {
    public var person: PersonView
    /// The day on which this was true.
    public var date: String
    public var overdue: [DutyView]
    /// Owed now.
    public var due: [DutyView]
    /// Owed, but not soon.
    public var later: [DutyView]
    /// Done lately.
    public var done: [DutyView]
    public var contact: ContactView?
    /// Only where it is mailed.
    public var letter: LetterView?

    public init(
        person: PersonView, date: String, overdue: [DutyView] = [], due: [DutyView] = [], later: [DutyView] = [],
        done: [DutyView] = [], contact: ContactView? = nil, letter: LetterView? = nil
    ) {
        self.person = person
        self.date = date
        self.overdue = overdue
        self.due = due
        self.later = later
        self.done = done
        self.contact = contact
        self.letter = letter
    }

    public static let document = "checklist"
}
