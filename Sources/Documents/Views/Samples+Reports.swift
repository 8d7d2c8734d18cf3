// Samples of the sheets and reports, with every value there.
extension AttendanceRowView {
    static let sample = AttendanceRowView(
        person: .sample, seat: "Carers' seat", expected: "comes", status: "present", manner: "in the room", arrived: "14:20",
        left: "15:10", times: "from 14:20, until 15:10", substituteFor: "Ben Cole", substitute: "Dee Ford")
}

extension AttendanceSheetView {
    public static let sample = AttendanceSheetView(
        meeting: .sample, letter: .sample, isRecorded: true, quorum: "quorate: 7 present, 5 needed", opened: "14:03",
        ended: "15:48", rows: [.sample], others: [.sample], secretary: .sample)
}

extension ScriptView {
    public static let sample = ScriptView(
        meeting: .sample, letter: .sample, date: "Thursday 12 November 2026", chair: "Councillor Mary O'Brien",
        secretary: .sample, quorum: "5 of 12 seats; 7 are expected", headroom: "2 may leave before the quorum is lost",
        apologies: [AbsenceView(person: PersonView(name: "Ben Cole", organisation: "Age Concern"), substitute: "Dee Ford")],
        awaited: ["Lee Park"], opening: ["Welcome, and who is there for whom"],
        items: [
            ScriptItemView(
                number: "2", title: "Winter plan", purpose: "for decision", time: "about 14:20, 30 minutes",
                presider: "Dr Tom Ellis", headroom: "4 expected to count, 5 needed", isInquorate: true,
                remedies: ["a substitute comes: Dee Ford for Ben Cole"],
                leaving: [
                    ScriptLeavingView(
                        who: "Asha Patel", organisation: "Carers Together", kind: "financial", what: "leaves before the item")
                ], papers: [.sample], steps: ["Put the question, and have the decision recorded"],
                outcome: "The winter plan is approved.")
        ], closing: ["Thank all, and name the next meeting"], next: .later)
}

extension ActionsView {
    public static let sample = ActionsView(
        holder: "Health and Wellbeing Partnership", date: "Thursday 12 November 2026", letter: .sample, overdue: [.sample],
        open: [.sample], done: [.sample], secretary: .sample)
}

extension DirectoryView {
    public static let sample = DirectoryView(
        holder: "Worcestershire Voices", date: "Thursday 12 November 2026", letter: .sample, isPublic: true,
        bodies: [
            DirectoryBodyView(
                name: "Health and Wellbeing Partnership", officers: [.sample], next: .later,
                seats: [
                    DirectorySeatView(
                        name: "Carers' seat", organisation: "Carers Together", rights: "speaks", holder: .sample,
                        until: "31 March 2028", substitutes: ["Ben Cole"])
                ])
        ],
        organisations: [
            DirectoryOrganisationView(
                name: "Carers Together", coordinators: [.sample], seats: ["Health and Wellbeing Partnership: Carers' seat"])
        ])
}

extension RoleDutyView {
    static let sample = RoleDutyView(
        title: "Read the papers", due: "1 working day before the meeting at 17:00", note: "What is not read cannot be raised.",
        basis: "003 L45", checklist: ["Note what the sector would want raised"])
}

extension RolePackView {
    public static let sample = RolePackView(
        letter: .sample, date: "Thursday 12 November 2026", person: .sample, body: "Health and Wellbeing Partnership",
        seat: "Carers' seat", rights: "You may speak and vote", term: "1 April 2026 to 31 March 2028",
        reportsTo: "those whom Carers Together represents", rules: ["Notice: 5 clear days"], duties: [.sample],
        interests: [.sample], meetings: [.later], fellows: [.sample], contacts: [.sample],
        edited: Markdown("The pack as the coordinator edited it."))
}

extension AccountabilityView {
    public static let sample = AccountabilityView(
        holder: "Worcestershire Voices", date: "Thursday 12 November 2026", letter: .sample,
        period: "8 September 2026 to 12 November 2026",
        bodies: [
            AccountabilityBodyView(
                name: "Health and Wellbeing Partnership", held: 8,
                seats: [
                    AccountabilitySeatView(
                        seat: "Carers' seat", person: .sample, meetings: 8, attended: 5, represented: 1, apologised: 1,
                        absent: 1,
                        share: "75%", owed: 6, sent: 4, late: 2, missing: 1, views: 9, declared: 3)
                ])
        ])
}

extension ClauseDutyView {
    static let sample = ClauseDutyView(
        title: "Read the papers", workflow: "A representative's duties for one meeting",
        tally: "owed 40 times: 30 done, 4 excused, 3 lapsed, 3 open of which 1 overdue", opened: 40, done: 30, excused: 4,
        lapsed: 3, open: 3, overdue: 1, last: "10 November 2026")
}

extension CoverageView {
    public static let sample = CoverageView(
        holder: "Worcestershire Voices", date: "Thursday 12 November 2026", letter: .sample,
        summary: "14 places of the code, 12 with evidence",
        adopted: [
            AdoptedClauseView(
                clause: "Preparing", words: "We read the papers before we come.", holder: "Carers Together", basis: "003 L45",
                state: "carried, with evidence", isCarried: true, duties: [.sample])
        ],
        clauses: [
            ClauseView(
                basis: "003 L45", isProved: true, workflows: ["A representative's duties for one meeting"], duties: [.sample])
        ], unproved: ["003 L63"])
}

extension OverviewLineView {
    static let sample = OverviewLineView(
        body: "Health and Wellbeing Partnership", who: "Asha Patel", organisation: "Carers Together", what: "Read the papers",
        when: "due Monday 16 November 2026, 3 working days late", note: "No substitute was ever named.")
}

extension OverviewView {
    public static let sample = OverviewView(
        holder: "Carers Together", date: "Thursday 12 November 2026", letter: .sample, overdue: [.sample],
        unreported: [.sample], vacant: [.sample], unsubstituted: [.sample], unreviewed: [.sample], absent: [.sample],
        isClear: true)
}
