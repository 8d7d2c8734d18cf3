import Calendars
import Governance
import Journals
import Workflows

// Rows from which others read without folding the journal.
extension Desk {
    func keepReadModels(_ record: Proceedings, _ transaction: Transaction) throws {
        let touched = Touched(record, in: held.standing)
        for id in touched.cases.sorted() { try keepCase(id, of: held.standing, transaction) }
        for id in touched.duties.sorted() { try keepDuty(id, of: held.standing, transaction) }
        try keepRecords(record, transaction)
    }

    private func keepRecords(_ record: Proceedings, _ transaction: Transaction) throws {
        let (standing, records) = (held.standing, held.standing.records)
        var latest: [String: Record] = [:]
        var bodies: Set<ID> = []
        for change in record.changes {
            switch change {
            case .recorded(let record): latest[record.key] = record
            case .drafted(let draft): try Rows.keep(draft, in: standing, transaction)
            case .erased(let erasure): try Rows.keep(erasure, transaction)
            case .moved(let move) where !move.variables.isEmpty: bodies.formUnion(circle(of: move.ofCase))
            case .migrated(let migration): bodies.formUnion(circle(of: migration.ofCase))
            default: break
            }
        }
        for (_, record) in latest.sorted(by: { $0.key < $1.key }) {
            try Rows.keep(record, in: records, transaction)
            switch record {
            case .body, .seat, .term, .representative: if let body = records.circle(of: record) { bodies.insert(body) }
            case .organisation(let it): bodies.formUnion(records.seats.values.filter { $0.organisation == it.id }.map(\.body))
            default: break
            }
        }
        for body in bodies.sorted() { try Rows.keepMembers(of: body, in: standing, transaction) }
        if standing.numbers != held.numbers {
            try Rows.keep(numbers: standing.numbers, transaction)
            held.numbers = standing.numbers
        }
    }

    /// Makes all rows anew from what stands.
    public func rebuildReadModels() throws {
        try transact { transaction, _ in
            held.standing = try Self.replayed(transaction)
            held.extent = .everything
            try readPersonalValues(of: nil, transaction)
            try renewRows(transaction)
        }
    }

    /// Makes all rows anew from what stands, where everything is in hand.
    func renewRows(_ transaction: Transaction) throws {
        try transaction.dropReadModels()
        try writeReadModels(of: held.standing, transaction)
        held.numbers = held.standing.numbers
        held.rowsAreOld = false
    }

    /// Every row that follows from what stands.
    func writeReadModels(of standing: Standing, _ transaction: Transaction) throws {
        for id in standing.cases.keys.sorted() { try keepCase(id, of: standing, transaction) }
        for id in standing.duties.keys.sorted() { try keepDuty(id, of: standing, transaction) }
        for record in standing.records.all { try Rows.keep(record, in: standing.records, transaction) }
        for key in standing.drafts.keys.sorted() {
            if let draft = standing.drafts[key] { try Rows.keep(draft, in: standing, transaction) }
        }
        for person in standing.erasures.keys.sorted() {
            if let erasure = standing.erasures[person] { try Rows.keep(erasure, transaction) }
        }
        for body in standing.records.bodies.keys.sorted() { try Rows.keepMembers(of: body, in: standing, transaction) }
        if !standing.numbers.isEmpty { try Rows.keep(numbers: standing.numbers, transaction) }
    }

    public func readModelDigest() throws -> String { try journal.read { try $0.readModelDigest() } }

    private func keepCase(_ id: ID, of standing: Standing, _ transaction: Transaction) throws {
        guard let it = standing.cases[id] else { return }
        try transaction.replaceCase(
            CaseRow(
                id: id, workflow: it.workflow, stream: it.family, isOpen: it.isOpen,
                circle: standing.circle(of: it) ?? "", json: try Ledger.text(of: it)))
        try keepTimers(of: it, in: standing, transaction)
    }

    /// Writes the timers that are new or come at another moment, and removes those that are there no more: most stay as they are.
    private func keepTimers(of it: Case, in standing: Standing, _ transaction: Transaction) throws {
        var known: [String: TimerRow] = [:]
        for row in try transaction.timers(TimerFilter(caseID: it.id)) { known[row.id] = row }
        for timer in it.isOpen ? standing.timers(of: it) : [] {
            // A timer's id says what it is for.
            if let row = known.removeValue(forKey: timer.id), row.at == timer.at.seconds { continue }
            try transaction.replaceTimer(
                TimerRow(
                    id: timer.id, caseID: it.id, at: timer.at.seconds, kind: kind(of: timer), json: try Ledger.text(of: timer)))
        }
        for id in known.keys.sorted() { try transaction.removeTimer(id) }
    }

    private func keepDuty(_ id: ID, of standing: Standing, _ transaction: Transaction) throws {
        guard let duty = standing.duties[id] else { return }
        // Nobody owes a duty that has ended, so that a later change of who would owe it leaves the row as it is.
        let owners = duty.isOpen ? registrar.owners(of: duty, in: standing) : []
        try transaction.replaceDuty(
            DutyRow(
                id: id, caseID: duty.ofCase, owner: owners.joined(separator: " "), due: duty.due.seconds,
                state: duty.ended?.how.rawValue ?? "open", json: try Ledger.text(of: duty)))
    }

    private func circle(of ofCase: ID) -> [ID] {
        held.standing.cases[ofCase].flatMap { held.standing.circle(of: $0) }.map { [$0] } ?? []
    }

    private func kind(of timer: Timer) -> String {
        switch timer.purpose {
        case .wake: "wake"
        case .remind: "remind"
        case .escalate: "escalate"
        }
    }

    /// Keeps the texts to which cases are pinned from now on.
    func pin(_ record: Proceedings, _ transaction: Transaction) throws {
        let definitions = workspace.definitions
        let rules = record.pins.flatMap { [$0.pack, $0.holidays].compactMap(\.self) }
        for hash in Set(record.began.map(\.hash) + record.migratedTo + rules).sorted() {
            guard try transaction.definition(hash) == nil, let text = definitions.texts[hash] ?? definitions.ruleTexts[hash]
            else {
                continue
            }
            try transaction.define(kind: text.kind, name: text.name, text: text.text)
        }
    }
}
