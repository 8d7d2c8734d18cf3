/// Why a step came to no end. The instance is as it was before.
public enum StepFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// More than `Chart.microstepLimit` microsteps for one event: the states that the chart goes round in.
    case endless(cycle: [String])
    /// More than `Chart.actionLimit` actions for one event.
    case tooManyActions
    /// More than `Rehearsal.eventLimit` events without a pause: the chart sends and sends.
    case tooManyEvents

    public var description: String {
        switch self {
        case .endless(let cycle):
            "the chart comes to no rest: after \(Chart.microstepLimit) microsteps it still goes round in "
                + cycle.map { "`\($0)`" }.joined(separator: ", ")
        case .tooManyActions: "one event led to more than \(Chart.actionLimit) actions"
        case .tooManyEvents: "more than \(Rehearsal.eventLimit) events were sent without a pause"
        }
    }
}

/// Why saved states are no configuration of a chart.
public struct RestoreFailure: Error, Sendable, Hashable, CustomStringConvertible {
    public var description: String
}
