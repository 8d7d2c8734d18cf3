/// One consistent view of a journal, for as long as the body it was handed to runs.
public class Reading {
    /// The number of rows fetched at once when all are walked.
    static let page = 500

    private var held: (any Shelf)?

    init(_ shelf: any Shelf) { held = shelf }

    /// The rows; throws once the body has returned, as they may be gone.
    func shelf() throws(JournalError) -> any Shelf {
        guard let held else { throw .ended }
        return held
    }

    func end() { held = nil }
}

// Entries and commands
extension Reading {
    /// The entries recorded after the given sequence number, oldest first, at most `limit`.
    public func entries(after sequence: Int64 = 0, limit: Int = .max) throws -> [Entry] {
        try shelf().entries(after: sequence, limit: limit)
    }

    /// The entries of one stream after the given position, oldest first.
    public func entries(of stream: String, after position: Int64 = 0) throws -> [Entry] {
        try shelf().entries(of: stream, after: position)
    }

    /// The position of the last entry of the stream; 0 if it has none.
    public func position(of stream: String) throws -> Int64 { try shelf().head(of: stream)?.position ?? 0 }

    /// The newest entry of the whole journal.
    public func newestEntry() throws -> Entry? { try shelf().newestEntry() }

    /// The entry that bears the command's id.
    public func entry(ofCommand id: String) throws -> Entry? { try shelf().entry(ofCommand: id) }

    /// What the command was answered the first time (JSON text), if it was carried out.
    public func answer(to command: String) throws -> String? { try shelf().answer(to: command) }
}

// Read models
extension Reading {
    public func caseRow(_ id: String) throws -> CaseRow? { try shelf().caseRow(id) }

    /// By id.
    public func cases(_ filter: CaseFilter = CaseFilter()) throws -> [CaseRow] { try shelf().cases(filter) }

    public func duty(_ id: String) throws -> DutyRow? { try shelf().duty(id) }

    /// By due instant, those without one last, then by id.
    public func duties(_ filter: DutyFilter = DutyFilter()) throws -> [DutyRow] { try shelf().duties(filter) }

    /// By instant, then by id: the order in which they fire.
    public func timers(_ filter: TimerFilter = TimerFilter(), limit: Int = .max) throws -> [TimerRow] {
        try shelf().timers(filter, limit: limit)
    }

    public func record(_ id: String) throws -> RecordRow? { try shelf().record(id) }

    /// By id; those of one circle, or all.
    public func records(in circle: String? = nil) throws -> [RecordRow] { try shelf().records(in: circle) }

    /// By id; those whose id begins so. The prefix ends with `/`.
    public func records(under prefix: String) throws -> [RecordRow] { try shelf().records(under: prefix) }

    /// The circles to which a person belongs, in order.
    public func circles(of person: String) throws -> [String] { try shelf().circles(of: person) }

    /// SHA-256 over all cases, duties, timers, records and members: the same after a rebuild, or the rebuild was wrong.
    public func readModelDigest() throws -> String {
        var text = ""
        for row in try cases() {
            text += "case " + canonical([row.id, row.workflow, row.stream, String(row.isOpen), row.circle, row.json])
        }
        for row in try duties() {
            text += "duty " + canonical([row.id, row.caseID, row.owner, row.due.map { String($0) }, row.state, row.json])
        }
        for row in try timers() {
            text += "timer " + canonical([row.id, row.caseID, String(row.at), row.kind, row.json])
        }
        for row in try records() { text += "record " + canonical([row.id, row.circle, row.json]) }
        for member in try shelf().members() { text += "member " + canonical([member.person, member.circle]) }
        return sha256(text)
    }
}

// Outbox
extension Reading {
    public func message(_ key: String) throws -> OutboxMessage? { try shelf().message(key) }

    /// The messages in these states (none given: all), by next try, then by key.
    public func messages(in states: [DeliveryState] = [], to recipient: String? = nil) throws -> [OutboxMessage] {
        try shelf().messages(OutboxFilter(states: states, recipient: recipient), limit: .max)
    }
}

// Personal values, definitions, meta
extension Reading {
    /// By id; of one person, or of all. Throws `.personalValueLost`.
    public func personalValues(of owner: String? = nil) throws -> [PersonalValue] {
        let keys = try shelf().personalKeys()
        return try shelf().personalValues(of: owner).map { sealed in
            guard let key = keys[Exact(sealed.owner)] else { throw JournalError.personalValueLost(id: sealed.id) }
            return try PersonalKey(key).open(sealed)
        }
    }

    public func definition(_ hash: String) throws -> Definition? { try shelf().definition(hash) }

    /// By kind, name, hash.
    public func definitions() throws -> [Definition] { try shelf().definitions() }

    /// A value of the journal as a whole, such as the installation key.
    public func meta(_ key: String) throws -> String? { try shelf().meta(key) }
}
