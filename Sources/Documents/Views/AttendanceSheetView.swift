/// The attendance sheet of a meeting: to be signed at it, or, once it was held, what the roll says.
public struct AttendanceSheetView: DocumentView {
    public var meeting: MeetingView
    /// Only where it is mailed.
    public var letter: LetterView?
    /// Whether the meeting was opened: then the roll is shown, else lines to sign.
    public var isRecorded: Bool
    /// The quorum needed, or as it stood at the opening.
    public var quorum: String?
    public var opened: String?
    public var ended: String?
    /// Those with a seat, seat by seat.
    public var rows: [AttendanceRowView]
    /// Those who were there, or are to be, without a seat.
    public var others: [AttendanceRowView]
    public var secretary: ContactView?

    public init(
        meeting: MeetingView, letter: LetterView? = nil, isRecorded: Bool = false, quorum: String? = nil, opened: String? = nil,
        ended: String? = nil, rows: [AttendanceRowView] = [], others: [AttendanceRowView] = [], secretary: ContactView? = nil
    ) {
        self.meeting = meeting
        self.letter = letter
        self.isRecorded = isRecorded
        self.quorum = quorum
        self.opened = opened
        self.ended = ended
        self.rows = rows
        self.others = others
        self.secretary = secretary
    }

    public static let document = "attendance"
}

/// One person's line of an attendance sheet.
public struct AttendanceRowView: ViewPart {
    public var person: PersonView
    public var seat: String?
    /// What they said beforehand: "comes", "sends apologies", "has not answered".
    public var expected: String?
    /// "present", "apologies", "absent"; left out before the meeting.
    public var status: String?
    public var manner: String?
    /// "14:03".
    public var arrived: String?
    /// The last leaving; left out for who stayed to the end.
    public var left: String?
    /// Where the member was not there throughout.
    public var times: String?
    /// The member for whom this one sits.
    public var substituteFor: String?
    /// Who sits instead.
    public var substitute: String?

    public init(
        person: PersonView, seat: String? = nil, expected: String? = nil, status: String? = nil, manner: String? = nil,
        arrived: String? = nil, left: String? = nil, times: String? = nil, substituteFor: String? = nil,
        substitute: String? = nil
    ) {
        self.person = person
        self.seat = seat
        self.expected = expected
        self.status = status
        self.manner = manner
        self.arrived = arrived
        self.left = left
        self.times = times
        self.substituteFor = substituteFor
        self.substitute = substitute
    }
}
