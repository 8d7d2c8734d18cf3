/// What a representative needs to know of the role: the seat, the people, the rules, the duties that the code asks for.
public struct RolePackView: DocumentView {
    /// Only where it is mailed.
    public var letter: LetterView?
    /// The day on which this was true.
    public var date: String
    public var person: PersonView
    public var body: String
    public var seat: String
    /// "You may speak and vote".
    public var rights: String?
    /// "1 April 2026 to 31 March 2028".
    public var term: String?
    /// Those reported back to.
    public var reportsTo: String?
    /// The rules of the body that touch a member: notice, quorum, attendance, interests.
    public var rules: [String]
    public var duties: [RoleDutyView]
    /// Those around an interest.
    public var interests: [RoleDutyView]
    /// Those to come.
    public var meetings: [MeetingView]
    /// Others who sit on the body for the same organisation.
    public var fellows: [ContactView]
    /// Chair, secretary, coordinator.
    public var contacts: [ContactView]
    /// The text as a person edited it; it stands in place of all that is generated.
    public var edited: Markdown?

    public init(
        letter: LetterView? = nil, date: String, person: PersonView, body: String, seat: String, rights: String? = nil,
        term: String? = nil, reportsTo: String? = nil, rules: [String] = [], duties: [RoleDutyView] = [],
        interests: [RoleDutyView] = [], meetings: [MeetingView] = [], fellows: [ContactView] = [], contacts: [ContactView] = [],
        edited: Markdown? = nil
    ) {
        self.letter = letter
        self.date = date
        self.person = person
        self.body = body
        self.seat = seat
        self.rights = rights
        self.term = term
        self.reportsTo = reportsTo
        self.rules = rules
        self.duties = duties
        self.interests = interests
        self.meetings = meetings
        self.fellows = fellows
        self.contacts = contacts
        self.edited = edited
    }

    public static let document = "role-pack"
}

/// A duty of the role, as the workflows have it.
public struct RoleDutyView: ViewPart {
    public var title: String
    /// The rule: "1 working day before meeting.start at 17:00".
    public var due: String
    public var note: String?
    /// The place in the code.
    public var basis: String
    public var checklist: [String]

    public init(
        title: String, due: String, note: String? = nil, basis: String, checklist: [String] = []
    ) {
        self.title = title
        self.due = due
        self.note = note
        self.basis = basis
        self.checklist = checklist
    }
}
