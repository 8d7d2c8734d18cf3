/// The action log: what was agreed to be done, by whom and by when.
public struct ActionsView: DocumentView {
    /// The body, or the society.
    public var holder: String
    /// The day on which this was true.
    public var date: String
    /// Only where it is mailed.
    public var letter: LetterView?
    public var overdue: [ActionView]
    public var open: [ActionView]
    public var done: [ActionView]
    public var secretary: ContactView?

    public init(
        holder: String, date: String, letter: LetterView? = nil, overdue: [ActionView] = [], open: [ActionView] = [],
        done: [ActionView] = [], secretary: ContactView? = nil
    ) {
        self.holder = holder
        self.date = date
        self.letter = letter
        self.overdue = overdue
        self.open = open
        self.done = done
        self.secretary = secretary
    }

    public static let document = "actions"
}
