public import Calendars
public import Documents
public import Governance
public import Journals
public import Workflows

// What people read.
extension Desk {
    /// All entries in the order in which they were recorded, or those of one stream.
    public func entries(of stream: String? = nil) throws -> [PlacedEntry] {
        try journal.read { reading in
            let placed = try stream.map { try reading.entries(of: $0) } ?? reading.entries()
            return try placed.map { it in
                PlacedEntry(
                    sequence: it.sequence, stream: it.stream, position: it.position, recorded: Instant(seconds: it.recorded),
                    commandID: it.commandID, entry: try Ledger.read(it), hash: it.hash)
            }
        }
    }

    /// The messages in these states, or all.
    public func messages(in states: [DeliveryState] = []) throws -> [OutboxMessage] {
        try journal.read { try $0.messages(in: states) }
    }

    /// A document for whoever asks.
    public func document(_ request: PaperRequest, as format: DocumentFormat) throws -> String {
        try workspace.templates.render(request.document, try view(request), as: format)
    }

    /// A document's facts as a table; not every document is one.
    public func table(_ request: PaperRequest) throws -> DocumentTable {
        guard let table = TableOutline.table(of: request.document, try view(request)) else {
            throw PaperFailure(
                "`\(request.document)` is no table; those that are: \(TableOutline.documents.joined(separator: ", "))")
        }
        return table
    }

    /// The same within a question that is under way.
    func document(_ request: PaperRequest, as format: DocumentFormat, _ reading: Reading) throws -> String {
        let view = try fill(request, facts(at: now, story: try story(of: request, reading)))
        return try workspace.templates.render(request.document, view, as: format)
    }

    /// What a document shows, for programs.
    public func view(_ request: PaperRequest) throws -> ViewValue {
        try fill(request, facts(at: now, story: try story(of: request)))
    }

    func story(of request: PaperRequest) throws -> [Governance.Entry] {
        try journal.read { try story(of: request, $0) }
    }

    /// The entries of the stream that a document tells of; none for those that the standing alone fills.
    func story(of request: PaperRequest, _ reading: Reading) throws -> [Governance.Entry] {
        guard let stream = Papers.stream(of: request, in: held.standing) else { return [] }
        return try entries(of: stream, reading)
    }

    /// The text of a draft: as somebody edited it, else as it is made from what stands.
    public func text(of draft: Draft) throws -> String {
        let request = PaperRequest(document: draft.document, ofCase: draft.ofCase)
        return try Papers(facts(at: now, story: try story(of: request))).text(
            document: draft.document, ofCase: draft.ofCase, from: workspace.templates)
    }

    /// The open or last case of a workflow that is about these subjects, among those they imply; the newest of several.
    public func findCase(of workflow: String, about subjects: [SubjectKind: ID]) -> Case? {
        let found = held.standing.cases(of: workflow).filter { it in
            let keys = held.standing.keys(of: it).all
            return subjects.allSatisfy { keys[$0.key] == $0.value }
        }
        return found.last { $0.isOpen } ?? found.last
    }

    public func zone(of body: ID?) -> Zone { registrar.rulebook.binding(of: body).zone }
}
