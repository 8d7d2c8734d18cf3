// The samples: a partnership as it might be. In each every value is present and every list holds something, so that a template
// checked against one has all its names looked up.

extension MeetingView {
    static let sample = MeetingView(
        body: "Health and Wellbeing Partnership", title: "Ordinary meeting", date: "Tuesday 17 November 2026", start: "14:00",
        end: "16:00", zone: "UK time", place: "Committee Room 2, County Hall",
        joining: Link("https://meet.example.org/health?room=2"))

    static let later = MeetingView(
        body: "Health and Wellbeing Partnership", title: "Ordinary meeting", date: "Tuesday 12 January 2027", start: "14:00",
        end: "16:00", zone: "UK time", place: "By video", joining: Link("https://meet.example.org/health?room=3"))
}

extension PersonView {
    static let sample = PersonView(name: "Asha Patel", role: "Representative", organisation: "Carers Together")
    static let chair = PersonView(name: "Councillor Mary O'Brien", role: "Chair", organisation: "County Council")
    static let director = PersonView(name: "Dr Tom Ellis", role: "Director of Public Health", organisation: "County Council")
}

extension ContactView {
    static let sample = ContactView(
        name: "Joan Webb", role: "Secretary", email: "joan.webb@example.org", phone: "01905 000000")
}

extension LetterView {
    static let sample = LetterView(
        recipient: "Asha Patel", why: "you represent Carers Together on the Health and Wellbeing Partnership", contact: .sample,
        late: "This should have reached you on 3 November.")
}

extension PaperView {
    static let sample = PaperView(
        title: "Winter plan", reference: "Paper 4", status: "to follow", link: Link("https://papers.example.org/4"))
}

extension DutyView {
    static let sample = DutyView(
        title: "Read the papers", due: "Monday 16 November 2026, 17:00", remaining: "in 2 working days", isOverdue: true,
        about: "Health and Wellbeing Partnership, 17 November 2026", owner: "Asha Patel",
        note: "What is not read beforehand cannot be raised for the sector.", basis: "Code of Conduct, line 45",
        checklist: [
            ChecklistItemView(text: "Read Winter plan", isDone: true),
            ChecklistItemView(text: "Note what the sector would want raised", isDone: false),
        ], step: "Answer this mail with the word READ", answers: [.sample])
}

extension ActionView {
    static let sample = ActionView(
        what: "Send the transport survey to all members", owner: "Tom Ellis", due: "1 December 2026",
        source: "17 November 2026, item 5", status: "open")
}

extension DeclarationView {
    static let sample = DeclarationView(
        who: "Asha Patel", organisation: "Carers Together", kind: "financial",
        nature: "Carers Together has applied for the grant", isSensitive: true, declared: "before the meeting, 12 November",
        ruling: "must withdraw", ruledBy: "the chair", facts: "The number of carers on the waiting list: 214", left: "14:32",
        returned: "14:50", note: "Took no part in the decision")
}

extension AgendaView {
    public static let sample = AgendaView(
        meeting: .sample, letter: .sample, status: "Draft", issued: "Monday 9 November 2026",
        notice: "Notice was given on 9 November 2026, five clear days before the meeting", quorum: "5 of 12 members",
        chair: "Councillor Mary O'Brien", secretary: .sample,
        items: [
            AgendaItemView(
                number: "1", title: "Apologies", purpose: "for information", lead: "Joan Webb", time: "14:00, 5 minutes",
                note: "Deferred from 6 October", isClosed: true, papers: [.sample]),
            AgendaItemView(
                number: "2", title: "Winter plan", purpose: "for decision", lead: "Dr Tom Ellis", time: "14:05, 30 minutes"),
        ], papers: [.sample], declarations: "Declare interests to the secretary by Friday 13 November 2026",
        access: "The meeting is open to the public", edited: Markdown("The agenda as the secretary edited it."))
}

extension MinutesView {
    public static let sample = MinutesView(
        meeting: .sample, letter: .sample, status: "Unconfirmed", isDraft: true, presider: "Councillor Mary O'Brien",
        opened: "14:03", ended: "15:48",
        present: [
            AttendanceView(
                person: .sample, manner: "by video", times: "from 14:20, left the room 14:32 to 14:50",
                substituteFor: "Ben Cole")
        ],
        apologies: [AbsenceView(person: PersonView(name: "Ben Cole", organisation: "Age Concern"), substitute: "Asha Patel")],
        absent: [PersonView(name: "Lee Park", organisation: "Housing Trust")], inAttendance: [.director],
        quorum: "Quorate: 7 present, 5 needed",
        notice: "Notice was given on 9 November 2026, five clear days before the meeting",
        items: [
            MinuteItemView(
                number: "2", title: "Winter plan", presider: "Dr Tom Ellis", note: "The plan was received.",
                declarations: [.sample], quorum: "Quorate: 6 present and able to vote, 5 needed",
                decision: DecisionView(
                    text: "The winter plan is approved.", manner: "by show of hands",
                    vote: VoteView(votesFor: 5, against: 1, abstained: 0, note: "The chair did not vote."),
                    mover: "Lee Park", tookPart: ["Councillor Mary O'Brien", "Lee Park"], reason: "Ben Cole had left"),
                deferral: DeferralView(to: "the meeting of 12 January 2027", reason: "Not quorate after withdrawals"),
                outcome: "Noted", actions: [.sample])
        ], actions: [.sample],
        corrections: [CorrectionView(what: "Item 2: \"214\" for \"241\"", by: "Asha Patel", when: "1 December 2026")],
        confirmation: ConfirmationView(
            date: "12 January 2027", meeting: "the meeting of 12 January 2027", signedBy: "Councillor Mary O'Brien",
            note: "Confirmed as corrected"), next: .later, secretary: .sample,
        edited: Markdown("The minutes as the secretary edited them."))
}

extension ChecklistView {
    public static let sample = ChecklistView(
        person: .sample, date: "Thursday 12 November 2026", overdue: [.sample], due: [.sample], later: [.sample],
        done: [.sample], contact: .sample, letter: .sample)
}

extension ReminderView {
    public static let sample = ReminderView(letter: .sample, duty: .sample, meeting: .sample, papers: [.sample])
}

extension DigestView {
    public static let sample = DigestView(
        letter: .sample, date: "Thursday 12 November 2026", overdue: [.sample], due: [.sample], later: [.sample],
        watched: [.sample], news: ["The minutes of 6 October were circulated"], meetings: [.sample, .later])
}

extension DeadlinesMovedView {
    public static let sample = DeadlinesMovedView(
        letter: .sample, reason: "The meeting goes by a new holiday table", duties: [.sample])
}

extension EscalationView {
    public static let sample = EscalationView(
        letter: .sample, duty: .sample, owner: .sample, contact: "asha@example.org", meeting: .sample,
        reminded: ["3 November", "9 November"], choices: ["Speak with Asha Patel", "Excuse the duty"])
}

extension FeedbackReportView {
    public static let sample = FeedbackReportView(
        meeting: .sample, letter: .sample, representative: .sample, audience: "voluntary and community groups",
        attendance: "I was there throughout, by video", isDraft: true,
        keyMessages: ["Winter grants open on 1 December", "Transport is being looked at", "Carers are in the plan"],
        outcomes: [OutcomeView(number: "2", title: "Winter plan", outcome: "Approved", isWithheld: true)],
        statements: [
            StatementView(item: "Winter plan", said: "Small groups need grants paid in advance", mandate: "views of 14 groups")
        ], wentWell: ["The chair asked for our view first"], meaning: ["Groups can apply for winter grants"],
        equality: ["Rural carers gain least"], missing: ["Nobody spoke for young carers"],
        opportunities: [
            OpportunityView(
                what: "Winter grants", deadline: "18 December 2026", link: Link("https://grants.example.org/winter"))
        ], guidance: ["Should we ask for a transport subgroup?"],
        influence: ["Buses: a night route on Fridays"], actions: [.sample], interests: [.sample],
        withheld: [
            WithheldView(what: "The name of the provider", until: "the contract is signed", why: "commercially sensitive")
        ], blank: ["opportunities"],
        next: .later, feedIn: "Tell me by 4 January 2027", contact: .sample,
        edited: Markdown("The report as the representative edited it."))
}

extension DeclarationsView {
    public static let sample = DeclarationsView(
        meeting: .sample, letter: .sample, date: "Thursday 12 November 2026",
        items: [ItemDeclarationsView(number: "2", title: "Winter plan", declarations: [.sample])], none: ["Lee Park"],
        awaited: ["Tom Ellis"], excused: ["Ben Cole"], secretary: .sample)
}

extension RegisterView {
    public static let sample = RegisterView(
        holder: "Health and Wellbeing Partnership", date: "Thursday 12 November 2026", status: "As published",
        entries: [
            RegisterEntryView(
                person: .sample,
                interests: [
                    RegisteredInterestView(
                        kind: "financial", nature: "Employed by Carers Together", isSensitive: true, standing: "actual",
                        since: "1 April 2024", until: "31 March 2027")
                ], reviewed: "2 April 2026", reviewDue: "2 April 2027")
        ], retention: "An entry stays published for six months after the interest ends", secretary: .sample, letter: .sample)
}

extension NoticeView {
    public static let sample = NoticeView(
        meeting: .sample, letter: .sample, given: "Monday 9 November 2026", length: "five clear days",
        rule: "Local Government Act 1972, section 100A", isShort: true,
        consequence: "Business done at it may be challenged", business: ["Winter plan"],
        access: "The meeting is open to the public", secretary: .sample)
}

extension InvitationView {
    public static let sample = InvitationView(
        meeting: .sample, letter: .sample, isMoved: true, former: "Tuesday 10 November 2026, 14:00",
        reason: "The room was not free", replyBy: "Friday 6 November 2026", step: "Answer this mail with YES or NO",
        answers: [.sample], items: ["Winter plan"])
}

extension ApologyView {
    public static let sample = ApologyView(
        meeting: .sample, letter: .sample, representative: .sample, received: "12 November 2026", substitute: "Ben Cole",
        substituteStatus: "asked, an answer is due on 13 November", quorum: "6 expected, 5 needed")
}

extension CancellationView {
    public static let sample = CancellationView(
        meeting: .sample, letter: .sample, reason: "There is no business", next: .later,
        business: "Its items go to the next meeting")
}

extension SupplementView {
    public static let sample = SupplementView(
        meeting: .sample, letter: .sample, papers: [.sample], isFirst: true, reason: "Figures arrived late",
        readBy: "Monday 16 November 2026, 17:00", step: "Answer this mail with the word READ", answers: [.sample])
}

extension StandInRequestView {
    public static let sample = StandInRequestView(
        meeting: .sample, letter: .sample, absent: .sample, seat: "Carers' seat", replyBy: "Friday 13 November 2026",
        step: "Answer this mail with YES or NO", answers: [.sample], items: ["Winter plan"], papers: [.sample],
        briefing: ["You may speak and vote", "Declare interests before the item"])
}

extension SteppingDownView {
    public static let sample = SteppingDownView(
        letter: .sample, representative: .sample, body: "Health and Wellbeing Partnership", lastDay: "31 December 2026",
        reason: "A new post", substitute: "Ben Cole", next: ["Expressions of interest are asked for until 4 December"])
}

extension HandoverPackView {
    public static let sample = HandoverPackView(
        letter: .sample, representative: .sample, successor: "Ben Cole", body: "Health and Wellbeing Partnership",
        lastDay: "31 December 2026", isDraft: true, meetings: [.later], duties: [.sample], actions: [.sample],
        contacts: [.sample], reports: [.sample], edited: Markdown("The pack as the representative edited it."))
}
