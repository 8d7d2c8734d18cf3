/// The rows of a journal in memory: a value, so that a reading has them as they stood when it began.
struct MemoryRows: Sendable {
    var entries: [Entry] = []
    var heads: [Exact: StreamHead] = [:]
    var commands: [Exact: Int] = [:]
    var answers: [Exact: String] = [:]
    var cases: [Exact: CaseRow] = [:]
    var duties: [Exact: DutyRow] = [:]
    var timers: [Exact: TimerRow] = [:]
    /// By case, where it has any.
    var timersOfCase: [Exact: Set<Exact>] = [:]
    var records: [Exact: RecordRow] = [:]
    /// By circle.
    var members: [Exact: Set<Exact>] = [:]
    var messages: [Exact: OutboxMessage] = [:]
    /// The keys of those that have not ended, which couriers ask for again and again.
    var waiting: [Exact: DeliveryState] = [:]
    var personal: [Exact: SealedValue] = [:]
    var personalKeys: [Exact: [UInt8]] = [:]
    var definitions: [Exact: Definition] = [:]
    var meta: [Exact: String] = [:]
}

/// The rows as one reading has them, or one transaction, which changes them in place and can take each change back.
final class MemoryShelf: Shelf {
    private(set) var rows: MemoryRows
    /// What takes the changes back, one by one.
    private var steps: [(inout MemoryRows) -> Void] = []

    init(_ rows: MemoryRows) { self.rows = rows }

    /// Takes all changes back, the last one first.
    func undo() {
        while let step = steps.popLast() { step(&rows) }
    }

    /// Puts a row in its place, or takes it away.
    private func set<Row>(_ table: WritableKeyPath<MemoryRows, [Exact: Row]>, _ key: Exact, _ row: Row?) {
        let before = rows[keyPath: table].removeValue(forKey: key)
        if let row { rows[keyPath: table][key] = row }
        steps.append { $0[keyPath: table][key] = before }
    }

    /// Takes away all rows of a table.
    private func clear<Row>(_ table: WritableKeyPath<MemoryRows, [Exact: Row]>) {
        let before = rows[keyPath: table]
        rows[keyPath: table] = [:]
        steps.append { $0[keyPath: table] = before }
    }

    // Entries and commands

    func newestEntry() -> Entry? { rows.entries.last }

    func lastEntry(of stream: String) -> Entry? {
        let wanted = Exact(stream)
        return rows.entries.last { Exact($0.stream) == wanted }
    }

    func entry(ofCommand id: String) -> Entry? { rows.commands[Exact(id)].map { rows.entries[$0] } }

    func entries(after sequence: Int64, limit: Int) -> [Entry] {
        Array(rows.entries.dropFirst(Int(clamping: max(0, sequence))).prefix(max(0, limit)))
    }

    func entries(of stream: String, after position: Int64) -> [Entry] {
        let wanted = Exact(stream)
        return rows.entries.filter { $0.position > position && Exact($0.stream) == wanted }
    }

    func head(of stream: String) -> StreamHead? { rows.heads[Exact(stream)] }

    func heads() -> [StreamHead] { rows.heads.sorted { $0.key < $1.key }.map(\.value) }

    func insert(_ entry: Entry) {
        if let id = entry.commandID { set(\.commands, Exact(id), rows.entries.count) }
        rows.entries.append(entry)
        steps.append { $0.entries.removeLast() }
        set(\.heads, Exact(entry.stream), StreamHead(stream: entry.stream, position: entry.position, hash: entry.hash))
    }

    func answer(to command: String) -> String? { rows.answers[Exact(command)] }

    func insert(answer: String, to command: String) { set(\.answers, Exact(command), answer) }

    // Personal values, definitions, meta

    func personalValues(of owner: String?) -> [SealedValue] {
        rows.personal.filter { matches($0.value.owner, owner) }.sorted { $0.key < $1.key }.map(\.value)
    }

    func put(_ value: SealedValue) { set(\.personal, Exact(value.id), value) }

    func removePersonalValue(_ id: String) { set(\.personal, Exact(id), nil) }

    func removePersonalValues(of owner: String) {
        let wanted = Exact(owner)
        for (id, value) in rows.personal where Exact(value.owner) == wanted { set(\.personal, id, nil) }
    }

    func personalKeys() -> [Exact: [UInt8]] { rows.personalKeys }

    func personalKey(of owner: String) -> [UInt8]? { rows.personalKeys[Exact(owner)] }

    func put(personalKey: [UInt8], of owner: String) { set(\.personalKeys, Exact(owner), personalKey) }

    func removePersonalKey(of owner: String) { set(\.personalKeys, Exact(owner), nil) }

    func definition(_ hash: String) -> Definition? { rows.definitions[Exact(hash)] }

    func definitions() -> [Definition] {
        rows.definitions.values.sorted {
            (Exact($0.kind), Exact($0.name), Exact($0.hash)) < (Exact($1.kind), Exact($1.name), Exact($1.hash))
        }
    }

    func insert(_ definition: Definition) { set(\.definitions, Exact(definition.hash), definition) }

    func meta(_ key: String) -> String? { rows.meta[Exact(key)] }

    func put(meta value: String, for key: String) { set(\.meta, Exact(key), value) }
}

// Read models
extension MemoryShelf {
    func caseRow(_ id: String) -> CaseRow? { rows.cases[Exact(id)] }

    func cases(_ filter: CaseFilter) -> [CaseRow] {
        let found = rows.cases.filter { _, row in
            matches(row.stream, filter.stream) && matches(row.workflow, filter.workflow)
                && (filter.isOpen.map { $0 == row.isOpen } ?? true) && matches(row.circle, filter.circle)
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }

    func put(_ row: CaseRow) { set(\.cases, Exact(row.id), row) }

    func removeCase(_ id: String) { set(\.cases, Exact(id), nil) }

    func duty(_ id: String) -> DutyRow? { rows.duties[Exact(id)] }

    func duties(_ filter: DutyFilter) -> [DutyRow] {
        let found = rows.duties.values.filter { row in
            matches(row.owner, filter.owner) && matches(row.caseID, filter.caseID) && matches(row.state, filter.state)
                && (filter.circle == nil || rows.cases[Exact(row.caseID)].map { matches($0.circle, filter.circle) } ?? false)
        }
        return found.sorted { one, other in
            let undated = (one.due == nil ? 1 : 0, other.due == nil ? 1 : 0)
            return (undated.0, one.due ?? 0, Exact(one.id)) < (undated.1, other.due ?? 0, Exact(other.id))
        }
    }

    func put(_ row: DutyRow) { set(\.duties, Exact(row.id), row) }

    func removeDuty(_ id: String) { set(\.duties, Exact(id), nil) }

    func removeDuties(ofCase id: String) {
        let wanted = Exact(id)
        for (id, row) in rows.duties where Exact(row.caseID) == wanted { set(\.duties, id, nil) }
    }

    func timers(_ filter: TimerFilter, limit: Int) -> [TimerRow] {
        let isWanted = { [rows] (row: TimerRow) in
            (filter.dueBy.map { row.at <= $0 } ?? true)
                && (filter.stream == nil || rows.cases[Exact(row.caseID)].map { matches($0.stream, filter.stream) } ?? false)
        }
        let ofCase = filter.caseID.map { id in (rows.timersOfCase[Exact(id)] ?? []).compactMap { rows.timers[$0] } }
        let found = ofCase?.filter(isWanted) ?? rows.timers.values.filter(isWanted)
        let isBefore = { (one: TimerRow, other: TimerRow) in (one.at, Exact(one.id)) < (other.at, Exact(other.id)) }
        if limit == 1 { return found.min(by: isBefore).map { [$0] } ?? [] }
        return Array(found.sorted(by: isBefore).prefix(max(0, limit)))
    }

    func put(_ row: TimerRow) {
        removeTimer(row.id)
        set(\.timers, Exact(row.id), row)
        set(\.timersOfCase, Exact(row.caseID), rows.timersOfCase[Exact(row.caseID), default: []].union([Exact(row.id)]))
    }

    func removeTimer(_ id: String) {
        guard let row = rows.timers[Exact(id)] else { return }
        set(\.timers, Exact(id), nil)
        let others = rows.timersOfCase[Exact(row.caseID), default: []].subtracting([Exact(id)])
        set(\.timersOfCase, Exact(row.caseID), others.isEmpty ? nil : others)
    }

    func removeTimers(ofCase id: String) {
        for timer in rows.timersOfCase[Exact(id)] ?? [] { set(\.timers, timer, nil) }
        set(\.timersOfCase, Exact(id), nil)
    }

    func record(_ id: String) -> RecordRow? { rows.records[Exact(id)] }

    func records(in circle: String?) -> [RecordRow] {
        rows.records.filter { matches($0.value.circle, circle) }.sorted { $0.key < $1.key }.map(\.value)
    }

    func records(under prefix: String) -> [RecordRow] {
        rows.records.filter { $0.value.id.hasPrefix(prefix) }.sorted { $0.key < $1.key }.map(\.value)
    }

    func put(_ row: RecordRow) { set(\.records, Exact(row.id), row) }

    func circles(of person: String) -> [String] {
        let wanted = Exact(person)
        return rows.members.filter { $0.value.contains(wanted) }.keys.sorted().map(\.text)
    }

    func members() -> [(person: String, circle: String)] {
        let pairs = rows.members.flatMap { circle, people in people.map { ($0, circle) } }
        return pairs.sorted { $0 < $1 }.map { ($0.0.text, $0.1.text) }
    }

    func put(members: [String], of circle: String) {
        set(\.members, Exact(circle), members.isEmpty ? nil : Set(members.map { Exact($0) }))
    }

    func removeReadModels() {
        clear(\.records)
        clear(\.members)
        clear(\.cases)
        clear(\.duties)
        clear(\.timers)
        clear(\.timersOfCase)
    }
}

// Outbox
extension MemoryShelf {
    func message(_ key: String) -> OutboxMessage? { rows.messages[Exact(key)] }

    func messages(_ filter: OutboxFilter, limit: Int) -> [OutboxMessage] {
        let found: [OutboxMessage]
        if !filter.states.isEmpty, filter.states.allSatisfy({ Self.waitingStates.contains($0) }) {
            let keys = rows.waiting.filter { filter.states.contains($0.value) }.keys
            found = keys.compactMap { rows.messages[$0] }.filter { filter.takes($0) }
        } else {
            found = rows.messages.values.filter { filter.takes($0) }
        }
        return Array(found.sorted { ($0.nextTry, Exact($0.key)) < ($1.nextTry, Exact($1.key)) }.prefix(max(0, limit)))
    }

    private static let waitingStates: [DeliveryState] = [.pending, .sending, .uncertain]

    func put(_ message: OutboxMessage) {
        set(\.messages, Exact(message.key), message)
        set(\.waiting, Exact(message.key), Self.waitingStates.contains(message.state) ? message.state : nil)
    }
}

extension OutboxFilter {
    fileprivate func takes(_ message: OutboxMessage) -> Bool {
        (states.isEmpty || states.contains(message.state))
            && matches(message.recipient, recipient)
            && (nextTryBy.map { message.nextTry <= $0 } ?? true)
            && (leaseUntilBy.map { limit in message.leaseUntil.map { $0 <= limit } ?? false } ?? true)
            && (validAfter.map { limit in message.validUntil.map { $0 > limit } ?? true } ?? true)
            && (validUntilBy.map { limit in message.validUntil.map { $0 <= limit } ?? false } ?? true)
            && (createdBy.map { message.created <= $0 } ?? true)
    }
}

/// Whether the text is the one wanted, if one is wanted.
private func matches(_ text: String, _ wanted: String?) -> Bool {
    guard let wanted else { return true }
    return Exact(text) == Exact(wanted)
}
