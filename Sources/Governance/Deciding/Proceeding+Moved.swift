import Calendars
import Workflows

extension Proceeding {
    /// The document that tells of duties that are due at another moment than before.
    static let movedDocument = "deadlines_moved"

    /// Tells those who owe them, once, of the duties that this question has moved. Who moved them knows; who was written to about the
    /// same meeting in the same breath, as by a new invitation, has been told; what is not shown yet has been told to nobody.
    mutating func tellOfMovedDuties() {
        let changes = entries.flatMap(\.changes)
        let moved = Set(
            changes.compactMap { change -> ID? in
                if case .dutyMoved(let duty) = change { duty.id } else { nil }
            })
        guard !moved.isEmpty else { return }
        var told: [String: Set<ID>] = [:]
        for case .mailed(let mailing) in changes {
            told[standing.cases[mailing.ofCase]?.family ?? "", default: []].formUnion(mailing.to)
        }
        for id in moved.sorted(by: numbered) { tell(of: id, told) }
    }

    private mutating func tell(of id: ID, _ told: [String: Set<ID>]) {
        guard let duty = standing.duties[id], duty.isOpen, duty.from.map({ $0 <= effective }) ?? true,
            let it = standing.cases[duty.ofCase], let definition = rulebook.workflow(of: it)?.duty(ofState: duty.state)
        else { return }
        let knowing = (told[it.family] ?? []).union([actor, behalf].compactMap(\.self))
        let people = standing.owners(of: duty, definition: definition).filter { !knowing.contains($0) }
        guard !people.isEmpty else { return }
        if entries.last?.ofCase != it.id { begin(.deadlines, it.workflow, stream: it.family, ofCase: it.id) }
        mail(
            Self.movedDocument, to: people, of: it, duty: id, occurrence: "\(id)/moved/\(duty.revision)",
            validUntil: max(duty.due, effective.adding(seconds: Self.tellingWindow)))
    }

    /// So long word of a move is of use, if the duty is due sooner: a day.
    private static let tellingWindow: Int64 = 86_400
}
