import Calendars
public import Documents
public import Governance
import Workflows

// Documents asked for by name.
extension Papers {
    /// The view of the document that is asked for.
    public func view(for request: PaperRequest) throws -> any DocumentView {
        var papers = self
        papers.written = request.written ?? written
        return try papers.filled(request)
    }

    /// What the document shows: its own view, or else what stands in its case, for a template of a workflow's own.
    public func values(for request: PaperRequest) throws -> ViewValue {
        if let register = request.register { return try rows(of: register, reader: request.reader).viewValue }
        let name = TemplateLibrary.templateName(of: request.document)
        if ShippedDocuments.names.contains(name) { return try view(for: request).viewValue }
        var papers = self
        papers.written = request.written ?? written
        return try papers.caseValues(for: request)
    }

    /// With the text as somebody edited it, if anybody has.
    private func caseValues(for request: PaperRequest) throws -> ViewValue {
        let id = try named(request.ofCase, "case")
        guard case .map(var values) = try caseValues(id, reader: request.reader, isMailed: request.isMailed) else {
            return .none
        }
        let edited = try told(request.document, ofCase: id)
        values["withdrawn"] = .flag(isWithdrawn(request.document, ofCase: id))
        values["edited"] = edited.map { .markdown($0) } ?? ViewValue.none
        values["is_draft"] = .flag(edited == nil && standing.cases[id]?.isOpen ?? false)
        return .map(values)
    }

    /// A draft's text as somebody edited it, unless what was published of it was withdrawn.
    func told(_ document: String, ofCase id: ID) throws -> String? {
        isWithdrawn(document, ofCase: id) ? nil : try editedText(document, ofCase: id)
    }

    /// Whether a document was published in the register of its name, and is to be read there no more.
    private func isWithdrawn(_ document: String, ofCase id: ID) -> Bool {
        standing.rows(of: document).contains { $0.ofCase == id && !registrar.rulebook.stands($0, in: standing) }
    }

    /// The stream whose entries a document needs beside the standing; nil for one that the standing alone fills.
    static func stream(of request: PaperRequest, in standing: Standing) -> String? {
        let ofCase = (request.ofCase ?? request.duties.first.flatMap { standing.duties[$0]?.ofCase }).flatMap {
            standing.cases[$0]
        }
        switch TemplateLibrary.templateName(of: request.document) {
        case MinutesView.document, FeedbackReportView.document, DeclarationsView.document, InvitationView.document,
            CancellationView.document, ScriptView.document:
            return ofCase?.family ?? request.meeting.map { standing.family(of: [.meeting: $0]) }
        case ReminderView.document: return ofCase?.given["return_report"] == nil ? nil : ofCase?.family
        default: return nil
        }
    }

    private func filled(_ request: PaperRequest) throws -> any DocumentView {
        let keys = request.ofCase.flatMap { standing.cases[$0] }.map { standing.keys(of: $0).all } ?? [:]
        let meeting = request.meeting ?? keys[.meeting]
        let (reader, isMailed) = (request.reader, request.isMailed)
        switch TemplateLibrary.templateName(of: request.document) {
        case AgendaView.document: return try agenda(named(meeting), reader: reader, isMailed: isMailed)
        case NoticeView.document: return try notice(named(meeting), reader: reader, isMailed: isMailed)
        case MinutesView.document: return try minutes(named(meeting), reader: reader, isMailed: isMailed)
        case DeclarationsView.document: return try declarations(named(meeting), reader: reader, isMailed: isMailed)
        case InvitationView.document: return try invitation(named(meeting), to: reader)
        case CancellationView.document: return try cancellation(named(meeting), to: reader)
        case SupplementView.document: return try supplement(named(meeting), to: reader)
        case RegisterView.document:
            let body = request.body ?? meeting.flatMap { records.meetings[$0]?.body } ?? keys[.body]
            return try register(body, reader: reader, isMailed: isMailed)
        case ApologyView.document: return try apology(named(request.ofCase, "case"), to: reader)
        case StandInRequestView.document: return try standInRequest(named(request.ofCase, "case"), to: reader)
        case FeedbackReportView.document:
            return try feedbackReport(named(request.ofCase, "case"), reader: reader, isMailed: isMailed)
        case ReminderView.document: return try reminder(named(request.duties.first, "duty"), to: reader)
        case EscalationView.document: return try escalation(named(request.duties.first, "duty"), to: reader)
        case DeadlinesMovedView.document: return try deadlinesMoved(named(reader, "person"), duties: request.duties)
        case ChecklistView.document: return try checklist(named(reader, "person"), isMailed: isMailed)
        case DigestView.document: return try digest(named(reader, "person"), duties: request.duties)
        default: return try report(request, keys)
        }
    }

    /// Sheets, logs and reports that are about no one case.
    private func report(_ request: PaperRequest, _ keys: [SubjectKind: ID]) throws -> any DocumentView {
        let meeting = request.meeting ?? keys[.meeting]
        let body = request.body ?? meeting.flatMap { records.meetings[$0]?.body }
        let (reader, isMailed) = (request.reader, request.isMailed)
        let representative =
            request.representative ?? keys[.representative]
            ?? keys[.term].flatMap { term in
                records.representatives.values.first { $0.term == term }?.id
            }
        switch TemplateLibrary.templateName(of: request.document) {
        case AttendanceSheetView.document: return try attendance(named(meeting), reader: reader, isMailed: isMailed)
        case PackView.document: return try pack(named(meeting), reader: reader, isMailed: isMailed)
        case ScriptView.document: return try script(named(meeting), reader: reader, isMailed: isMailed)
        case ActionsView.document: return try actionLog(body, reader: reader, isMailed: isMailed)
        case DirectoryView.document: return try directory(body, reader: reader, isMailed: isMailed)
        case AccountabilityView.document:
            return try accountability(
                body: body, organisation: request.organisation ?? keys[.organisation], reader: reader, isMailed: isMailed)
        case CoverageView.document: return try coverage(reader: reader, isMailed: isMailed)
        case OverviewView.document:
            return try overview(organisation: request.organisation ?? keys[.organisation], reader: reader, isMailed: isMailed)
        case RolePackView.document:
            return try rolePack(named(representative, "representative"), reader: reader, isMailed: isMailed)
        case HandoverPackView.document:
            return try handoverPack(
                named(representative, "representative"), ofCase: request.ofCase, reader: reader, isMailed: isMailed)
        case SteppingDownView.document:
            return try steppingDown(named(representative, "representative"), ofCase: request.ofCase, to: reader)
        default: throw PaperFailure("there is no document `\(request.document)`")
        }
    }

    private func named(_ id: ID?, _ what: String = "meeting") throws(PaperFailure) -> ID {
        guard let id else { throw PaperFailure("it is not said for which \(what)") }
        return id
    }

    /// One person's message of a mailing: subject, text and page.
    public func message(for mailing: Mailing, to person: ID, from library: TemplateLibrary) throws -> MailBody {
        let request = PaperRequest(
            document: mailing.document, ofCase: mailing.ofCase, duties: mailing.duty.map { [$0] } ?? [], reader: person,
            isMailed: true,
            written: mailing.at)
        return try library.mail(mailing.document, try values(for: request))
    }
}
