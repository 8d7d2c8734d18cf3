/// How each seat has been filled and answered for: attendance, reports, views gathered.
public struct AccountabilityView: DocumentView {
    /// The body, the organisation, or the society.
    public var holder: String
    /// The day on which this was true.
    public var date: String
    /// Only where it is mailed.
    public var letter: LetterView?
    /// "8 September 2026 to 8 June 2027".
    public var period: String?
    public var bodies: [AccountabilityBodyView]

    public init(
        holder: String, date: String, letter: LetterView? = nil, period: String? = nil, bodies: [AccountabilityBodyView] = []
    ) {
        self.holder = holder
        self.date = date
        self.letter = letter
        self.period = period
        self.bodies = bodies
    }

    public static let document = "accountability"
}

/// One body in the accountability report.
public struct AccountabilityBodyView: ViewPart {
    public var name: String
    /// Meetings held in the period.
    public var held: Int
    public var seats: [AccountabilitySeatView]

    public init(
        name: String, held: Int, seats: [AccountabilitySeatView] = []
    ) {
        self.name = name
        self.held = held
        self.seats = seats
    }
}

/// One person in one seat.
public struct AccountabilitySeatView: ViewPart {
    public var seat: String
    public var person: PersonView
    /// Meetings held while the person sat there.
    public var meetings: Int
    public var attended: Int
    /// Meetings at which a substitute sat.
    public var represented: Int
    public var apologised: Int
    public var absent: Int
    /// "80%": attended or represented; "none held".
    public var share: String
    /// Reports owed.
    public var owed: Int
    public var sent: Int
    /// Those sent after their due moment.
    public var late: Int
    /// Overdue and not sent.
    public var missing: Int
    /// Answers that those represented gave to reports.
    public var views: Int
    /// Interests declared.
    public var declared: Int

    public init(
        seat: String, person: PersonView, meetings: Int, attended: Int, represented: Int, apologised: Int, absent: Int,
        share: String, owed: Int, sent: Int, late: Int, missing: Int, views: Int, declared: Int
    ) {
        self.seat = seat
        self.person = person
        self.meetings = meetings
        self.attended = attended
        self.represented = represented
        self.apologised = apologised
        self.absent = absent
        self.share = share
        self.owed = owed
        self.sent = sent
        self.late = late
        self.missing = missing
        self.views = views
        self.declared = declared
    }
}
