import Calendars
import Governance
import Journals
import Workflows

// Rows from which others read without folding the journal.
extension Desk {
    func keepReadModels(_ record: Proceedings, _ transaction: Transaction) throws {
        let touched = Touched(record, in: held.standing)
        for id in touched.cases.sorted() { try keepCase(id, transaction) }
        for id in touched.duties.sorted() { try keepDuty(id, transaction) }
    }

    /// Makes all rows anew from what stands.
    public func rebuildReadModels() throws {
        try transact { transaction, _ in
            try transaction.dropReadModels()
            try writeReadModels(transaction)
        }
    }

    /// Every row that follows from what stands.
    func writeReadModels(_ transaction: Transaction) throws {
        for id in held.standing.cases.keys.sorted() { try keepCase(id, transaction) }
        for id in held.standing.duties.keys.sorted() { try keepDuty(id, transaction) }
    }

    public func readModelDigest() throws -> String { try journal.read { try $0.readModelDigest() } }

    private func keepCase(_ id: ID, _ transaction: Transaction) throws {
        guard let it = held.standing.cases[id] else { return }
        try transaction.replaceCase(
            CaseRow(id: id, workflow: it.workflow, stream: it.family, isOpen: it.isOpen, json: try Ledger.text(of: it)))
        try transaction.removeTimers(ofCase: id)
        guard it.isOpen else { return }
        for timer in held.standing.timers(of: it) {
            try transaction.replaceTimer(
                TimerRow(
                    id: timer.id, caseID: id, at: timer.at.seconds, kind: kind(of: timer), json: try Ledger.text(of: timer)))
        }
    }

    private func keepDuty(_ id: ID, _ transaction: Transaction) throws {
        guard let duty = held.standing.duties[id] else { return }
        // Nobody owes a duty that has ended, so that a later change of who would owe it leaves the row as it is.
        let owners = duty.isOpen ? registrar.owners(of: duty, in: held.standing) : []
        try transaction.replaceDuty(
            DutyRow(
                id: id, caseID: duty.ofCase, owner: owners.joined(separator: " "), due: duty.due.seconds,
                state: duty.ended?.how.rawValue ?? "open", json: try Ledger.text(of: duty)))
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
