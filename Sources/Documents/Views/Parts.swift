/// A meeting as documents name it: what meets, when and where. Dates and times are already in words.
public struct MeetingView: ViewPart {
    /// The body that meets.
    public var body: String
    /// What kind of meeting, where it is not an ordinary one: "Annual general meeting".
    public var title: String?
    /// "Tuesday 17 November 2026".
    public var date: String
    /// "14:00".
    public var start: String
    /// "16:00", if planned.
    public var end: String?
    /// The zone in words, "UK time"; mail always prints it.
    public var zone: String?
    /// The room, or "by video".
    public var place: String?
    /// Where to join from afar.
    public var joining: Link?

    public init(
        body: String, title: String? = nil, date: String, start: String, end: String? = nil, zone: String? = nil,
        place: String? = nil, joining: Link? = nil
    ) {
        self.body = body
        self.title = title
        self.date = date
        self.start = start
        self.end = end
        self.zone = zone
        self.place = place
        self.joining = joining
    }
}

/// A person with the capacity in which the document names them.
public struct PersonView: ViewPart {
    public var name: String
    /// "Chair", "Secretary".
    public var role: String?
    /// The organisation or sector for which the person sits.
    public var organisation: String?

    public init(
        name: String, role: String? = nil, organisation: String? = nil
    ) {
        self.name = name
        self.role = role
        self.organisation = organisation
    }
}

/// Whom to ask.
public struct ContactView: ViewPart {
    public var name: String
    public var role: String?
    public var email: String?
    public var phone: String?

    public init(
        name: String, role: String? = nil, email: String? = nil, phone: String? = nil
    ) {
        self.name = name
        self.role = role
        self.email = email
        self.phone = phone
    }
}

/// What every mail carries: to whom, why it came, and whom to ask.
public struct LetterView: ViewPart {
    /// The name in the greeting.
    public var recipient: String
    /// Why the reader got this: "you represent Carers Together on the Health Partnership".
    public var why: String
    public var contact: ContactView?
    /// That it comes late, and why: "This should have reached you on 3 November".
    public var late: String?

    public init(
        recipient: String, why: String, contact: ContactView? = nil, late: String? = nil
    ) {
        self.recipient = recipient
        self.why = why
        self.contact = contact
        self.late = late
    }
}

/// A paper of a meeting.
public struct PaperView: ViewPart {
    public var title: String
    /// "Paper 4b".
    public var reference: String?
    /// "to follow", "replaces the paper of 3 November".
    public var status: String?
    public var link: Link?

    public init(
        title: String, reference: String? = nil, status: String? = nil, link: Link? = nil
    ) {
        self.title = title
        self.reference = reference
        self.status = status
        self.link = link
    }
}

/// One line to tick.
public struct ChecklistItemView: ViewPart {
    public var text: String
    public var isDone: Bool

    public init(
        text: String, isDone: Bool = false
    ) {
        self.text = text
        self.isDone = isDone
    }
}

/// A duty as its owner, or whoever has to look after it, sees it.
public struct DutyView: ViewPart {
    public var title: String
    /// "Tuesday 10 November 2026, 17:00".
    public var due: String?
    /// "in 2 working days", "3 working days late".
    public var remaining: String?
    public var isOverdue: Bool
    /// What it belongs to: "Health Partnership, 17 November 2026".
    public var about: String?
    /// Left out where the reader is the owner.
    public var owner: String?
    /// What follows if it is not done.
    public var note: String?
    /// The place in the code: "Code of Conduct, line 45".
    public var basis: String?
    public var checklist: [ChecklistItemView]
    /// How to do it in one step: a command, or what to answer to the mail.
    public var step: String?
    /// How to do it by mail.
    public var answers: [AnswerView]

    public init(
        title: String, due: String? = nil, remaining: String? = nil, isOverdue: Bool = false, about: String? = nil,
        owner: String? = nil, note: String? = nil, basis: String? = nil, checklist: [ChecklistItemView] = [],
        step: String? = nil, answers: [AnswerView] = []
    ) {
        self.title = title
        self.due = due
        self.remaining = remaining
        self.isOverdue = isOverdue
        self.about = about
        self.owner = owner
        self.note = note
        self.basis = basis
        self.checklist = checklist
        self.step = step
        self.answers = answers
    }
}

/// An action agreed: one owner, one date, verb first.
public struct ActionView: ViewPart {
    public var what: String
    public var owner: String
    public var due: String?
    /// The minute it comes from: "17 November 2026, item 5".
    public var source: String?
    /// "open", "done 3 December", "carried forward".
    public var status: String?

    public init(
        what: String, owner: String, due: String? = nil, source: String? = nil, status: String? = nil
    ) {
        self.what = what
        self.owner = owner
        self.due = due
        self.source = source
        self.status = status
    }
}

/// An interest declared in one item, and what came of it.
public struct DeclarationView: ViewPart {
    public var who: String
    public var organisation: String?
    /// "financial", "personal", "indirect", "loyalty"; left out where the interest is sensitive.
    public var kind: String?
    /// Left out where the interest is sensitive: only that there is one is told.
    public var nature: String?
    public var isSensitive: Bool
    /// When it was declared: "at the opening", "before the meeting, 12 November".
    public var declared: String?
    /// "must withdraw", "may stay to give facts", "may take part".
    public var ruling: String?
    public var ruledBy: String?
    /// The facts given to help the decision, if any were.
    public var facts: String?
    /// The time of leaving: "14:32".
    public var left: String?
    public var returned: String?
    /// "not present", "did not return".
    public var note: String?

    public init(
        who: String, organisation: String? = nil, kind: String?, nature: String? = nil, isSensitive: Bool = false,
        declared: String? = nil, ruling: String? = nil, ruledBy: String? = nil, facts: String? = nil, left: String? = nil,
        returned: String? = nil, note: String? = nil
    ) {
        self.who = who
        self.organisation = organisation
        self.kind = kind
        self.nature = nature
        self.isSensitive = isSensitive
        self.declared = declared
        self.ruling = ruling
        self.ruledBy = ruledBy
        self.facts = facts
        self.left = left
        self.returned = returned
        self.note = note
    }
}
