import Governance

/// What one transaction has done so far, for what follows from it.
struct Proceedings {
    private(set) var entries: [Entry] = []
    /// Messages that went to the outbox.
    var messages = 0
    /// Whether several reminders to one person become one digest.
    var gathersReminders = false

    init() {}

    /// What comes after a part that is finished.
    init(after other: Proceedings) {
        messages = other.messages
        gathersReminders = other.gathersReminders
    }

    var isEmpty: Bool { entries.isEmpty }

    mutating func note(_ more: [Entry]) { entries += more }

    var changes: [Change] { entries.flatMap(\.changes) }

    var mailings: [Mailing] {
        changes.compactMap { change in
            guard case .mailed(let mailing) = change else { return nil }
            return mailing
        }
    }

    var endedDuties: [ID] {
        changes.compactMap { change in
            guard case .dutyEnded(let id, _, _) = change else { return nil }
            return id
        }
    }

    var began: [Case] {
        changes.compactMap { change in
            guard case .began(let began) = change else { return nil }
            return began
        }
    }

    /// The rules by which cases go that began or that took up others.
    var pins: [Pins] {
        changes.compactMap { change in
            switch change {
            case .began(let began): began.pins
            case .pinned(_, let pins): pins
            default: nil
            }
        }
    }

    /// Reminders and escalations that are not to go out, each as the beginning of its messages' keys: `d4/remind.0/`.
    var withdrawn: [String] {
        changes.compactMap { change in
            guard case .occurrenceWithdrawn(let duty, let occurrence) = change else { return nil }
            return "\(duty)/\(occurrence)/"
        }
    }

    /// The texts to which cases were moved.
    var migratedTo: [String] {
        changes.compactMap { change in
            guard case .migrated(let migration) = change else { return nil }
            return migration.hash
        }
    }

    var touchesBodies: Bool {
        changes.contains { change in
            guard case .recorded(.body) = change else { return false }
            return true
        }
    }

    /// Ids of meetings, items and papers that were not known before.
    func made(since before: Records) -> [ID] {
        var made: [ID] = []
        for case .recorded(let record) in changes {
            switch record {
            case .meeting(let it) where before.meetings[it.id] == nil: made.append(it.id)
            case .item(let it) where before.items[it.id] == nil: made.append(it.id)
            case .paper(let it) where before.papers[it.id] == nil: made.append(it.id)
            default: break
            }
        }
        var seen: Set<ID> = []
        return made.filter { seen.insert($0).inserted }
    }
}

/// Which cases and duties a transaction has touched.
struct Touched {
    var cases: Set<ID> = []
    var duties: Set<ID> = []

    init(_ record: Proceedings, in standing: Standing) {
        for entry in record.entries {
            for change in entry.changes { note(change, in: standing) }
            if entry.changes.contains(where: Self.isRecord) { noteAll(of: entry, in: standing) }
        }
        for duty in duties { if let home = standing.duties[duty]?.ofCase { cases.insert(home) } }
    }

    private static func isRecord(_ change: Change) -> Bool {
        guard case .recorded = change else { return false }
        return true
    }

    /// A changed record may change who owes what: in its family, or, where it was adopted, anywhere.
    private mutating func noteAll(of entry: Entry, in standing: Standing) {
        let families = [.adoption, .erasure].contains(entry.kind) ? standing.openFamilies : [entry.stream]
        for it in families.flatMap({ standing.openCases(inFamily: $0) }) {
            cases.insert(it.id)
            duties.formUnion(standing.openDuties(of: it.id).map(\.id))
        }
    }

    private mutating func note(_ change: Change, in standing: Standing) {
        switch change {
        case .began(let began): cases.insert(began.id)
        case .moved(let move):
            cases.insert(move.ofCase)
            duties.formUnion(standing.openDuties(of: move.ofCase).map(\.id))
        case .ended(let id, _, _), .given(let id, _, _, _), .deadlines(let id, _, _), .woken(let id, _, _),
            .ticked(let id, _, _, _):
            cases.insert(id)
        case .dutyOpened(let duty), .dutyMoved(let duty): duties.insert(duty.id)
        case .dutyEnded(let id, _, _), .occurrenceSettled(let id, _, _): duties.insert(id)
        case .pinned(let id, _): cases.insert(id)
        case .migrated(let migration): cases.insert(migration.ofCase)
        case .occurrenceWithdrawn(let id, _): duties.insert(id)
        case .drafted, .mailed, .told, .recorded, .erased: break
        }
    }
}
