import Calendars
import Governance

/// Says from the journal's entries alone which reminders and escalations were missed: it follows each duty, and asks of every moment
/// that it passed while it was owed whether its occurrence was settled. It knows nothing of timers.
struct DueOracle {
    private var owed: [ID: Duty] = [:]
    private var settled: Set<String> = []
    private var due: [(occurrence: String, at: Instant)] = []
    /// How many occurrences fell due.
    var count: Int { due.count }

    /// The occurrences that fell due by `end` and were never settled.
    static func missed(in entries: [Entry], until end: Instant) -> (missed: [String], due: Int) {
        var oracle = DueOracle()
        for entry in entries { for change in entry.changes { oracle.note(change, at: entry.effective) } }
        for duty in oracle.owed.values { oracle.close(duty, at: end) }
        return (oracle.due.map(\.occurrence).filter { !oracle.settled.contains($0) }.sorted(), oracle.count)
    }

    private mutating func note(_ change: Change, at effective: Instant) {
        switch change {
        case .dutyOpened(let duty): owed[duty.id] = duty
        case .dutyMoved(let duty):
            if let before = owed[duty.id] { close(before, at: effective) }
            owed[duty.id] = duty
            for occurrence in duty.settled.sorted { settled.insert("\(duty.id)/\(occurrence)") }
        case .dutyEnded(let id, _, let at):
            if let duty = owed.removeValue(forKey: id) { close(duty, at: at) }
        case .occurrenceSettled(let id, let occurrence, _): settled.insert("\(id)/\(occurrence)")
        default: break
        }
    }

    /// What fell due while the duty stood as it is, up to the moment when it ended or moved.
    private mutating func close(_ duty: Duty, at end: Instant) {
        for (index, at) in duty.reminders where at < end { due.append(("\(duty.id)/remind.\(index)/\(duty.revision)", at)) }
        if let at = duty.escalation, at < end { due.append(("\(duty.id)/escalate/\(duty.revision)", at)) }
    }
}
