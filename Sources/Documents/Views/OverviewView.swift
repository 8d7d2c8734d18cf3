/// The coordinator's report: what is overdue where, who has not been reported back to, which seats lack a substitute.
public struct OverviewView: DocumentView {
    /// The organisation, or the society.
    public var holder: String
    /// The day on which this was true.
    public var date: String
    /// Only where it is mailed.
    public var letter: LetterView?
    /// Duties past their due moment, body by body.
    public var overdue: [OverviewLineView]
    /// Meetings held that have not been reported back from.
    public var unreported: [OverviewLineView]
    /// Seats that nobody holds.
    public var vacant: [OverviewLineView]
    /// Seats without a substitute.
    public var unsubstituted: [OverviewLineView]
    /// Registered interests that have not been reviewed in time.
    public var unreviewed: [OverviewLineView]
    /// Those whose attendance is too little under the rules of the body.
    public var absent: [OverviewLineView]
    /// Nothing wants attention.
    public var isClear: Bool

    public init(
        holder: String, date: String, letter: LetterView? = nil, overdue: [OverviewLineView] = [],
        unreported: [OverviewLineView] = [], vacant: [OverviewLineView] = [], unsubstituted: [OverviewLineView] = [],
        unreviewed: [OverviewLineView] = [], absent: [OverviewLineView] = [], isClear: Bool = false
    ) {
        self.holder = holder
        self.date = date
        self.letter = letter
        self.overdue = overdue
        self.unreported = unreported
        self.vacant = vacant
        self.unsubstituted = unsubstituted
        self.unreviewed = unreviewed
        self.absent = absent
        self.isClear = isClear
    }

    public static let document = "overview"
}

/// One thing that wants a coordinator's attention.
public struct OverviewLineView: ViewPart {
    public var body: String
    public var who: String?
    public var organisation: String?
    public var what: String
    /// Since when, or by when.
    public var when: String?
    public var note: String?

    public init(
        body: String, who: String? = nil, organisation: String? = nil, what: String, when: String? = nil, note: String? = nil
    ) {
        self.body = body
        self.who = who
        self.organisation = organisation
        self.what = what
        self.when = when
        self.note = note
    }
}
