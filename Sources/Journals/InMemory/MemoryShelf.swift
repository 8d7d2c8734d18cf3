/// The rows of a journal in memory: a value, so that a transaction works on a copy and a failed one leaves nothing.
struct MemoryRows: Sendable {
    var entries: [Entry] = []
    var heads: [Exact: StreamHead] = [:]
    var commands: [Exact: Int] = [:]
    var answers: [Exact: String] = [:]
    var cases: [Exact: CaseRow] = [:]
    var duties: [Exact: DutyRow] = [:]
    var timers: [Exact: TimerRow] = [:]
    var records: [Exact: RecordRow] = [:]
    /// By circle.
    var members: [Exact: Set<Exact>] = [:]
    var messages: [Exact: OutboxMessage] = [:]
    var personal: [Exact: SealedValue] = [:]
    var personalKeys: [Exact: [UInt8]] = [:]
    var definitions: [Exact: Definition] = [:]
    var meta: [Exact: String] = [:]
}

/// One transaction's or reading's copy of the rows.
final class MemoryShelf: Shelf {
    private(set) var rows: MemoryRows

    init(_ rows: MemoryRows) { self.rows = rows }

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
        if let id = entry.commandID { rows.commands[Exact(id)] = rows.entries.count }
        rows.entries.append(entry)
        rows.heads[Exact(entry.stream)] = StreamHead(stream: entry.stream, position: entry.position, hash: entry.hash)
    }

    func answer(to command: String) -> String? { rows.answers[Exact(command)] }

    func insert(answer: String, to command: String) { rows.answers[Exact(command)] = answer }

    // Personal values, definitions, meta

    func personalValues(of owner: String?) -> [SealedValue] {
        rows.personal.filter { matches($0.value.owner, owner) }.sorted { $0.key < $1.key }.map(\.value)
    }

    func put(_ value: SealedValue) { rows.personal[Exact(value.id)] = value }

    func removePersonalValue(_ id: String) { rows.personal[Exact(id)] = nil }

    func removePersonalValues(of owner: String) {
        let wanted = Exact(owner)
        rows.personal = rows.personal.filter { Exact($0.value.owner) != wanted }
    }

    func personalKeys() -> [Exact: [UInt8]] { rows.personalKeys }

    func personalKey(of owner: String) -> [UInt8]? { rows.personalKeys[Exact(owner)] }

    func put(personalKey: [UInt8], of owner: String) { rows.personalKeys[Exact(owner)] = personalKey }

    func removePersonalKey(of owner: String) { rows.personalKeys[Exact(owner)] = nil }

    func definition(_ hash: String) -> Definition? { rows.definitions[Exact(hash)] }

    func definitions() -> [Definition] {
        rows.definitions.values.sorted {
            (Exact($0.kind), Exact($0.name), Exact($0.hash)) < (Exact($1.kind), Exact($1.name), Exact($1.hash))
        }
    }

    func insert(_ definition: Definition) { rows.definitions[Exact(definition.hash)] = definition }

    func meta(_ key: String) -> String? { rows.meta[Exact(key)] }

    func put(meta value: String, for key: String) { rows.meta[Exact(key)] = value }
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

    func put(_ row: CaseRow) { rows.cases[Exact(row.id)] = row }

    func removeCase(_ id: String) { rows.cases[Exact(id)] = nil }

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

    func put(_ row: DutyRow) { rows.duties[Exact(row.id)] = row }

    func removeDuty(_ id: String) { rows.duties[Exact(id)] = nil }

    func removeDuties(ofCase id: String) {
        let wanted = Exact(id)
        rows.duties = rows.duties.filter { Exact($0.value.caseID) != wanted }
    }

    func timers(_ filter: TimerFilter, limit: Int) -> [TimerRow] {
        let found = rows.timers.values.filter { row in
            (filter.dueBy.map { row.at <= $0 } ?? true) && matches(row.caseID, filter.caseID)
                && (filter.stream == nil || rows.cases[Exact(row.caseID)].map { matches($0.stream, filter.stream) } ?? false)
        }
        let isBefore = { (one: TimerRow, other: TimerRow) in (one.at, Exact(one.id)) < (other.at, Exact(other.id)) }
        if limit == 1 { return found.min(by: isBefore).map { [$0] } ?? [] }
        return Array(found.sorted(by: isBefore).prefix(max(0, limit)))
    }

    func put(_ row: TimerRow) { rows.timers[Exact(row.id)] = row }

    func removeTimer(_ id: String) { rows.timers[Exact(id)] = nil }

    func removeTimers(ofCase id: String) {
        let wanted = Exact(id)
        rows.timers = rows.timers.filter { Exact($0.value.caseID) != wanted }
    }

    func record(_ id: String) -> RecordRow? { rows.records[Exact(id)] }

    func records(in circle: String?) -> [RecordRow] {
        rows.records.filter { matches($0.value.circle, circle) }.sorted { $0.key < $1.key }.map(\.value)
    }

    func records(under prefix: String) -> [RecordRow] {
        rows.records.filter { $0.value.id.hasPrefix(prefix) }.sorted { $0.key < $1.key }.map(\.value)
    }

    func put(_ row: RecordRow) { rows.records[Exact(row.id)] = row }

    func circles(of person: String) -> [String] {
        let wanted = Exact(person)
        return rows.members.filter { $0.value.contains(wanted) }.keys.sorted().map(\.text)
    }

    func members() -> [(person: String, circle: String)] {
        let pairs = rows.members.flatMap { circle, people in people.map { ($0, circle) } }
        return pairs.sorted { $0 < $1 }.map { ($0.0.text, $0.1.text) }
    }

    func put(members: [String], of circle: String) {
        rows.members[Exact(circle)] = members.isEmpty ? nil : Set(members.map { Exact($0) })
    }

    func removeReadModels() {
        rows.records = [:]
        rows.members = [:]
        rows.cases = [:]
        rows.duties = [:]
        rows.timers = [:]
    }
}

// Outbox
extension MemoryShelf {
    func message(_ key: String) -> OutboxMessage? { rows.messages[Exact(key)] }

    func messages(_ filter: OutboxFilter, limit: Int) -> [OutboxMessage] {
        let found = rows.messages.values.filter { filter.takes($0) }
        return Array(found.sorted { ($0.nextTry, Exact($0.key)) < ($1.nextTry, Exact($1.key)) }.prefix(max(0, limit)))
    }

    func put(_ message: OutboxMessage) { rows.messages[Exact(message.key)] = message }
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
