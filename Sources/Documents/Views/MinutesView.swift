/// The minutes of a meeting: a skeleton filled with all that was recorded.
public struct MinutesView: DocumentView {
    public var meeting: MeetingView
    /// Only where they are mailed.
    public var letter: LetterView?
    /// "Draft", "Unconfirmed", "Confirmed".
    public var status: String
    /// Shows the prompts where the secretary must write.
    public var isDraft: Bool
    /// Who presided at the opening.
    public var presider: String?
    /// "14:03".
    public var opened: String?
    public var ended: String?
    public var present: [AttendanceView]
    public var apologies: [AbsenceView]
    public var absent: [PersonView]
    /// Those who were there without being members.
    public var inAttendance: [PersonView]
    /// The quorum at the opening: "quorate: 7 present, 5 needed".
    public var quorum: String?
    /// How notice was given, and if it was short, with what consequence.
    public var notice: String?
    public var items: [MinuteItemView]
    /// All actions of the meeting.
    public var actions: [ActionView]
    public var corrections: [CorrectionView]
    public var confirmation: ConfirmationView?
    public var next: MeetingView?
    public var secretary: ContactView?
    /// The text as a person edited it; it stands in place of all that is generated.
    public var edited: Markdown?

    public init(
        meeting: MeetingView, letter: LetterView? = nil, status: String, isDraft: Bool = false, presider: String? = nil,
        opened: String? = nil, ended: String? = nil, present: [AttendanceView] = [], apologies: [AbsenceView] = [],
        absent: [PersonView] = [], inAttendance: [PersonView] = [], quorum: String? = nil, notice: String? = nil,
        items: [MinuteItemView] = [], actions: [ActionView] = [], corrections: [CorrectionView] = [],
        confirmation: ConfirmationView? = nil, next: MeetingView? = nil, secretary: ContactView? = nil, edited: Markdown? = nil
    ) {
        self.meeting = meeting
        self.letter = letter
        self.status = status
        self.isDraft = isDraft
        self.presider = presider
        self.opened = opened
        self.ended = ended
        self.present = present
        self.apologies = apologies
        self.absent = absent
        self.inAttendance = inAttendance
        self.quorum = quorum
        self.notice = notice
        self.items = items
        self.actions = actions
        self.corrections = corrections
        self.confirmation = confirmation
        self.next = next
        self.secretary = secretary
        self.edited = edited
    }

    public static let document = "minutes"
}

/// A member who was present.
public struct AttendanceView: ViewPart {
    public var person: PersonView
    /// "in the room", "by video".
    public var manner: String?
    /// Left out where the member stayed throughout: "from 14:20", "14:00 to 15:10".
    public var times: String?
    /// The member for whom this one sat.
    public var substituteFor: String?

    public init(
        person: PersonView, manner: String? = nil, times: String? = nil, substituteFor: String? = nil
    ) {
        self.person = person
        self.manner = manner
        self.times = times
        self.substituteFor = substituteFor
    }
}

/// A member who sent an apology.
public struct AbsenceView: ViewPart {
    public var person: PersonView
    /// Who came instead.
    public var substitute: String?

    public init(
        person: PersonView, substitute: String? = nil
    ) {
        self.person = person
        self.substitute = substitute
    }
}

/// A vote that was counted.
public struct VoteView: ViewPart {
    public var votesFor: Int
    public var against: Int
    public var abstained: Int
    /// "The chair used the casting vote."
    public var note: String?

    public init(
        votesFor: Int, against: Int, abstained: Int, note: String? = nil
    ) {
        self.votesFor = votesFor
        self.against = against
        self.abstained = abstained
        self.note = note
    }
}

/// What was decided, and by whom.
public struct DecisionView: ViewPart {
    public var text: String
    /// "without a vote", "by show of hands".
    public var manner: String?
    public var vote: VoteView?
    public var mover: String?
    /// The names of those who took part in the decision.
    public var tookPart: [String]
    /// Why fewer took part than might have.
    public var reason: String?

    public init(
        text: String, manner: String? = nil, vote: VoteView? = nil, mover: String? = nil, tookPart: [String] = [],
        reason: String? = nil
    ) {
        self.text = text
        self.manner = manner
        self.vote = vote
        self.mover = mover
        self.tookPart = tookPart
        self.reason = reason
    }
}

/// That an item was put off.
public struct DeferralView: ViewPart {
    /// "the meeting of 12 January 2027"; left out where it has no place yet.
    public var to: String?
    public var reason: String?

    public init(
        to: String? = nil, reason: String? = nil
    ) {
        self.to = to
        self.reason = reason
    }
}

/// One item of the minutes.
public struct MinuteItemView: ViewPart {
    public var number: String
    public var title: String
    /// Who presided for this item, where it was not who opened the meeting.
    public var presider: String?
    /// What was received or discussed.
    public var note: String?
    public var declarations: [DeclarationView]
    /// "quorate: 6 present and able to vote, 5 needed".
    public var quorum: String?
    public var decision: DecisionView?
    public var deferral: DeferralView?
    /// Where there is neither decision nor deferral: "Noted", "Not reached", "Dropped".
    public var outcome: String?
    public var actions: [ActionView]

    public init(
        number: String, title: String, presider: String? = nil, note: String? = nil, declarations: [DeclarationView] = [],
        quorum: String? = nil, decision: DecisionView? = nil, deferral: DeferralView? = nil, outcome: String? = nil,
        actions: [ActionView] = []
    ) {
        self.number = number
        self.title = title
        self.presider = presider
        self.note = note
        self.declarations = declarations
        self.quorum = quorum
        self.decision = decision
        self.deferral = deferral
        self.outcome = outcome
        self.actions = actions
    }
}

/// A correction asked for and made before confirmation.
public struct CorrectionView: ViewPart {
    public var what: String
    public var by: String?
    public var when: String?

    public init(
        what: String, by: String? = nil, when: String? = nil
    ) {
        self.what = what
        self.by = by
        self.when = when
    }
}

/// That the minutes were confirmed as accurate.
public struct ConfirmationView: ViewPart {
    public var date: String
    /// The meeting that confirmed them; left out where it was done by correspondence.
    public var meeting: String?
    public var signedBy: String?
    public var note: String?

    public init(
        date: String, meeting: String? = nil, signedBy: String? = nil, note: String? = nil
    ) {
        self.date = date
        self.meeting = meeting
        self.signedBy = signedBy
        self.note = note
    }
}
