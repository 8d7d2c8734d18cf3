import CEL
public import Calendars
public import Documents
public import Governance
import Workflows

// How to call it. The desk fills what it mails and shows by `Papers.fill`, by document name. Whoever wants more has the views, which
// are `Codable`, and the texts:
//
//     let papers = Papers(facts)                                      // PaperFacts, or its parts
//     let view = try papers.minutes("m3", reader: secretary)          // reader nil: what everyone may read
//     let page = try library.render(view, as: .html)
//     let any = try papers.view(for: PaperRequest(document: "agenda", meeting: "m3"))
//     let text = try papers.text(document: "minutes", ofCase: "c3", from: library)   // a draft to edit, or as edited
//     let mail = try papers.message(for: mailing, to: "p7", from: library)
//
// `entries` are those of the meeting's stream (`Papers.stream(of:in:)` says of which): they hold what the standing forgets, such as
// the facts that a member gave, why a report was sent back, what was amended. Without them documents are whole but for these words.

/// The clerk who makes documents of what stands: fills every view from records, cases and duties.
///
/// Attendance, declarations, outcomes and quorum are each worked out in one place, so that no two documents can disagree.
public struct Papers: Sendable {
    public let standing: Standing
    public let registrar: Registrar
    public let now: Instant
    /// The society's name.
    public let society: String
    /// The journal's entries of the meeting's stream, in order, where they are at hand.
    let entries: [Governance.Entry]
    /// When the mail that is being written was to go out; a late one says so.
    var written: Instant?
    /// Present where mail is written to which people can answer by mail.
    var answering: Answering?
    /// Reads the text of an edited draft by its SHA-256.
    private let fileText: @Sendable (String) throws -> String

    public init(
        standing: Standing, registrar: Registrar, now: Instant, society: String, entries: [Governance.Entry] = [],
        text: @escaping @Sendable (String) throws -> String
    ) {
        self.standing = standing
        self.registrar = registrar
        self.now = now
        self.society = society
        self.entries = entries
        fileText = text
    }

    public init(_ facts: PaperFacts) {
        self.init(
            standing: facts.standing, registrar: facts.registrar, now: facts.now, society: facts.settings.society,
            entries: facts.entries, text: facts.text)
        answering = facts.answering
    }

    /// With the names that stay in the public record, where some do and are not in place yet.
    func asRecord() -> Papers? {
        let record = standing.asRecord()
        guard record.personal != standing.personal else { return nil }
        var papers = Papers(
            standing: record, registrar: registrar, now: now, society: society, entries: entries, text: fileText)
        papers.written = written
        return papers
    }

    /// Fills whatever the desk mails.
    public static let fill: @Sendable (PaperRequest, PaperFacts) throws -> ViewValue = { request, facts in
        try Papers(facts).values(for: request)
    }
}

extension Papers {
    var records: Records { standing.records }

    func meeting(_ id: ID?) throws(PaperFailure) -> Meeting {
        guard let id else { throw PaperFailure("it is not said for which meeting") }
        guard let found = records.meetings[id] else { throw PaperFailure("there is no meeting `\(id)`") }
        return found
    }

    func theCase(_ id: ID?) throws(PaperFailure) -> Case {
        guard let id else { throw PaperFailure("it is not said for which case") }
        guard let found = standing.cases[id] else { throw PaperFailure("there is no case `\(id)`") }
        return found
    }

    /// The case of a meeting, of an item: the newest of the workflow that bears the kind's name.
    func latestCase(of kind: SubjectKind, _ id: ID) -> Case? {
        standing.cases(of: kind.rawValue, for: [kind: id]).last
    }

    /// A member's case for a meeting.
    func latestCase(of representative: ID, at meeting: ID) -> Case? {
        standing.cases(of: "representative", for: [.meeting: meeting, .representative: representative]).last
    }

    /// A draft's text as somebody edited it; nil while nobody has. Once it is no longer being written, without what asked for words.
    func editedText(_ document: String, ofCase id: ID?) throws -> String? {
        guard let id, let file = standing.drafts[id + "/" + document]?.file else { return nil }
        let text = try fileText(file)
        return isBeingWritten(document, id) ? text : Self.withoutPrompts(text)
    }

    /// The commands of that name given in a case, oldest first, as far as entries are at hand.
    func commands(_ name: String, in ofCase: ID) -> [Governance.Entry] {
        entries.filter { $0.kind == .command && $0.name == name && $0.ofCase == ofCase }
    }

    /// What was filled in under a name, in words.
    func words(_ field: String, of entry: Governance.Entry?) -> String? {
        guard case .string(let text)? = entry?.fields[field], !text.isEmpty else { return nil }
        return standing.words(text)
    }
}
