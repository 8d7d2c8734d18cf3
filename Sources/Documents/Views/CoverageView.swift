/// The clauses of the code against the duties that carry them and what has been done.
public struct CoverageView: DocumentView {
    public var holder: String
    /// The day on which this was true.
    public var date: String
    /// Only where it is mailed.
    public var letter: LetterView?
    /// "14 places of the code, 12 with evidence".
    public var summary: String
    /// The clauses that were entered when a code was adopted.
    public var adopted: [AdoptedClauseView]
    public var clauses: [ClauseView]
    /// The places of which nothing has happened yet.
    public var unproved: [String]

    public init(
        holder: String, date: String, letter: LetterView? = nil, summary: String,
        adopted: [AdoptedClauseView] = [], clauses: [ClauseView] = [], unproved: [String] = []
    ) {
        self.holder = holder
        self.date = date
        self.letter = letter
        self.summary = summary
        self.adopted = adopted
        self.clauses = clauses
        self.unproved = unproved
    }

    public static let document = "coverage"
}

/// A clause of an adopted code, with the duties whose basis names its place.
public struct AdoptedClauseView: ViewPart {
    /// Its number or short name.
    public var clause: String
    public var words: String?
    /// Whose code it is.
    public var holder: String
    /// "000 L36"; left out where the clause names no place.
    public var basis: String?
    /// "carried, with evidence", "carried, nothing of it done yet", "nobody carries it".
    public var state: String
    public var isCarried: Bool
    public var duties: [ClauseDutyView]

    public init(
        clause: String, words: String? = nil, holder: String, basis: String? = nil, state: String, isCarried: Bool = false,
        duties: [ClauseDutyView] = []
    ) {
        self.clause = clause
        self.words = words
        self.holder = holder
        self.basis = basis
        self.state = state
        self.isCarried = isCarried
        self.duties = duties
    }
}

/// One place of a source, with all that rests on it.
public struct ClauseView: ViewPart {
    /// "003 L45".
    public var basis: String
    /// Whether something of it has been done.
    public var isProved: Bool
    /// The titles of the workflows that name it.
    public var workflows: [String]
    public var duties: [ClauseDutyView]

    public init(
        basis: String, isProved: Bool = false, workflows: [String] = [], duties: [ClauseDutyView] = []
    ) {
        self.basis = basis
        self.isProved = isProved
        self.workflows = workflows
        self.duties = duties
    }
}

/// A duty that carries a clause, with its evidence.
public struct ClauseDutyView: ViewPart {
    public var title: String
    public var workflow: String
    /// What became of it: "owed 5 times: 4 done, 1 lapsed".
    public var tally: String
    /// How often it was owed.
    public var opened: Int
    public var done: Int
    public var excused: Int
    public var lapsed: Int
    public var open: Int
    public var overdue: Int
    /// When it was last done.
    public var last: String?

    public init(
        title: String, workflow: String, tally: String, opened: Int, done: Int, excused: Int, lapsed: Int, open: Int,
        overdue: Int,
        last: String? = nil
    ) {
        self.title = title
        self.workflow = workflow
        self.tally = tally
        self.opened = opened
        self.done = done
        self.excused = excused
        self.lapsed = lapsed
        self.open = open
        self.overdue = overdue
        self.last = last
    }
}
