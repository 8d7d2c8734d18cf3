/// The rows of a journal as a store keeps them: what `Reading` and `Transaction` are made of, without a rule of its own.
///
/// Texts are compared and ordered by their UTF-8 bytes, so that every store answers alike.
protocol Shelf: AnyObject {
    func newestEntry() throws -> Entry?
    func lastEntry(of stream: String) throws -> Entry?
    func entry(ofCommand id: String) throws -> Entry?
    /// In the order of their sequence, at most `limit`.
    func entries(after sequence: Int64, limit: Int) throws -> [Entry]
    /// In the order of their positions.
    func entries(of stream: String, after position: Int64) throws -> [Entry]
    func head(of stream: String) throws -> StreamHead?
    /// By stream.
    func heads() throws -> [StreamHead]
    /// Adds the entry and moves the head of its stream to it.
    func insert(_ entry: Entry) throws

    func answer(to command: String) throws -> String?
    func insert(answer: String, to command: String) throws

    func caseRow(_ id: String) throws -> CaseRow?
    /// By id.
    func cases(_ filter: CaseFilter) throws -> [CaseRow]
    func put(_ row: CaseRow) throws
    func removeCase(_ id: String) throws

    func duty(_ id: String) throws -> DutyRow?
    /// By due instant, those without one last, then by id.
    func duties(_ filter: DutyFilter) throws -> [DutyRow]
    func put(_ row: DutyRow) throws
    func removeDuty(_ id: String) throws
    func removeDuties(ofCase id: String) throws

    /// By instant, then by id; at most `limit`.
    func timers(_ filter: TimerFilter, limit: Int) throws -> [TimerRow]
    func put(_ row: TimerRow) throws
    func removeTimer(_ id: String) throws
    func removeTimers(ofCase id: String) throws
    func record(_ id: String) throws -> RecordRow?
    /// By id; of one circle, or all.
    func records(in circle: String?) throws -> [RecordRow]
    func records(under prefix: String) throws -> [RecordRow]
    func put(_ row: RecordRow) throws
    /// The circles to which the person belongs, in order.
    func circles(of person: String) throws -> [String]
    /// Person and circle, in order.
    func members() throws -> [(person: String, circle: String)]
    func put(members: [String], of circle: String) throws
    func removeReadModels() throws

    func message(_ key: String) throws -> OutboxMessage?
    /// By next try, then by key; at most `limit`.
    func messages(_ filter: OutboxFilter, limit: Int) throws -> [OutboxMessage]
    func put(_ message: OutboxMessage) throws

    /// By id.
    func personalValues(of owner: String?) throws -> [SealedValue]
    func put(_ value: SealedValue) throws
    func removePersonalValue(_ id: String) throws
    func removePersonalValues(of owner: String) throws
    /// By owner.
    func personalKeys() throws -> [Exact: [UInt8]]
    func personalKey(of owner: String) throws -> [UInt8]?
    func put(personalKey: [UInt8], of owner: String) throws
    func removePersonalKey(of owner: String) throws

    func definition(_ hash: String) throws -> Definition?
    /// By kind, name, hash.
    func definitions() throws -> [Definition]
    func insert(_ definition: Definition) throws

    func meta(_ key: String) throws -> String?
    func put(meta value: String, for key: String) throws
}

/// Which messages are meant; an absent field means any.
struct OutboxFilter {
    var states: [DeliveryState] = []
    var recipient: String?
    /// Whose next try is at this instant or before it.
    var nextTryBy: Int64?
    /// Whose lease ended at this instant or before it.
    var leaseUntilBy: Int64?
    /// That are still of use after this instant.
    var validAfter: Int64?
    /// Whose validity ended at this instant or before it.
    var validUntilBy: Int64?
    /// Created at this instant or before it.
    var createdBy: Int64?
}
