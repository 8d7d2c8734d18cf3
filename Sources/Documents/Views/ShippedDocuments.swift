/// The documents for which there is a view, and so a shipped template.
public enum ShippedDocuments {
    /// Their views, in the order in which the work meets them.
    public static let views: [any DocumentView.Type] = [
        InvitationView.self, NoticeView.self, AgendaView.self, SupplementView.self, ChecklistView.self, ReminderView.self,
        DigestView.self, EscalationView.self, ApologyView.self, StandInRequestView.self, DeclarationsView.self,
        RegisterView.self, MinutesView.self, FeedbackReportView.self, CancellationView.self, SteppingDownView.self,
        HandoverPackView.self, DeadlinesMovedView.self, RegisterRowsView.self, AnswerMailView.self, AttendanceSheetView.self,
        ScriptView.self,
        ActionsView.self,
        DirectoryView.self, PackView.self, MissingPaperView.self, RolePackView.self, AccountabilityView.self, CoverageView.self,
        OverviewView.self,
    ]

    /// The names of their templates.
    public static let names: [String] = views.map { $0.document }

    /// The sample by which the template of that name is checked; nothing for a template of the workspace's own.
    public static func sample(of document: String) -> ViewValue? {
        views.first { $0.document == document }?.sample.viewValue
    }
}
