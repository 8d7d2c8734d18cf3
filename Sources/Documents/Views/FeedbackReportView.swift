/// The representative's report to those represented, filled from what happened.
public struct FeedbackReportView: DocumentView {
    public var meeting: MeetingView
    /// Only where it is mailed.
    public var letter: LetterView?
    public var representative: PersonView
    /// Those reported to: "voluntary and community groups in Worcestershire".
    public var audience: String?
    /// How the representative attended: "I was there throughout, by video".
    public var attendance: String?
    /// Shows the prompts where the representative must write.
    public var isDraft: Bool
    /// Three.
    public var keyMessages: [String]
    public var outcomes: [OutcomeView]
    public var statements: [StatementView]
    public var wentWell: [String]
    /// What it means for the sector.
    public var meaning: [String]
    /// How different groups are affected.
    public var equality: [String]
    /// Who was not in the room or in the papers.
    public var missing: [String]
    public var opportunities: [OpportunityView]
    /// Where the representative needs the readers' guidance.
    public var guidance: [String]
    /// What has changed because of what was said for the sector.
    public var influence: [String]
    /// What came of the meeting to be done; those of the representative and their group first.
    public var actions: [ActionView]
    /// The interests of the representative, and withdrawals.
    public var interests: [DeclarationView]
    public var withheld: [WithheldView]
    /// The headings under which there is nothing to tell, named in one line.
    public var blank: [String]
    public var next: MeetingView?
    /// How to feed in to the next meeting, and by when.
    public var feedIn: String?
    public var contact: ContactView?
    /// The text as a person edited it; it stands in place of all that is generated.
    public var edited: Markdown?

    public init(
        meeting: MeetingView, letter: LetterView? = nil, representative: PersonView, audience: String? = nil,
        attendance: String? = nil, isDraft: Bool = false, keyMessages: [String] = [], outcomes: [OutcomeView] = [],
        statements: [StatementView] = [], wentWell: [String] = [], meaning: [String] = [], equality: [String] = [],
        missing: [String] = [], opportunities: [OpportunityView] = [], guidance: [String] = [], influence: [String] = [],
        actions: [ActionView] = [], interests: [DeclarationView] = [], withheld: [WithheldView] = [], blank: [String] = [],
        next: MeetingView? = nil, feedIn: String? = nil,
        contact: ContactView? = nil, edited: Markdown? = nil
    ) {
        self.meeting = meeting
        self.letter = letter
        self.representative = representative
        self.audience = audience
        self.attendance = attendance
        self.isDraft = isDraft
        self.keyMessages = keyMessages
        self.outcomes = outcomes
        self.statements = statements
        self.wentWell = wentWell
        self.meaning = meaning
        self.equality = equality
        self.missing = missing
        self.opportunities = opportunities
        self.guidance = guidance
        self.influence = influence
        self.actions = actions
        self.interests = interests
        self.withheld = withheld
        self.blank = blank
        self.next = next
        self.feedIn = feedIn
        self.contact = contact
        self.edited = edited
    }

    public static let document = "feedback-report"
}

/// What an item came to, for those who were not there.
public struct OutcomeView: ViewPart {
    public var number: String?
    public var title: String
    /// The decision, deferral or note, in one sentence.
    public var outcome: String
    /// The outcome may not be told yet: its text is not shown.
    public var isWithheld: Bool

    public init(
        number: String? = nil, title: String, outcome: String, isWithheld: Bool = false
    ) {
        self.number = number
        self.title = title
        self.outcome = outcome
        self.isWithheld = isWithheld
    }
}

/// What the representative said, and on what mandate.
public struct StatementView: ViewPart {
    public var item: String?
    public var said: String
    /// "the sector's position of 3 June", "views of 14 groups"; left out where there was none.
    public var mandate: String?

    public init(
        item: String? = nil, said: String, mandate: String? = nil
    ) {
        self.item = item
        self.said = said
        self.mandate = mandate
    }
}

/// Something that readers can take up.
public struct OpportunityView: ViewPart {
    public var what: String
    public var deadline: String?
    public var link: Link?

    public init(
        what: String, deadline: String? = nil, link: Link? = nil
    ) {
        self.what = what
        self.deadline = deadline
        self.link = link
    }
}

/// What is held back, and until when.
public struct WithheldView: ViewPart {
    public var what: String
    /// A date or an event; left out where it is not known.
    public var until: String?
    public var why: String?

    public init(
        what: String, until: String? = nil, why: String? = nil
    ) {
        self.what = what
        self.until = until
        self.why = why
    }
}
