import Statecharts
import Workflows

/// One configuration of the model: where each case of the slice stands, and which moments have passed. Cases are kept by the numbers
/// of their local states.
struct Situation: Hashable {
    /// By place of the slice; -1 where there is no case yet.
    var locals: [Int32]
    /// By number of the moment.
    var passed: UInt64 = 0

    static let absent: Int32 = -1
}

/// Where one case can stand, with what follows from that alone.
struct LocalState {
    var instance: Instance
    /// Ids of the active atomic states.
    var active: [String]
    var announcing: Set<String>
    /// Commands and words listened for.
    var heard: Set<String>
    /// Moments of active states that count from their entry.
    var delays: [Int]
    /// Whether something may happen by itself.
    var isWakeful: Bool
    var isResting: Bool

    init(_ instance: Instance, _ cut: Cut) {
        self.instance = instance
        let active = instance.activeStates(cut.chart)
        self.active = active
        let workflow = cut.workflow
        func isActive(_ path: String) -> Bool { active.contains { $0 == path || $0.hasPrefix(path + ".") } }
        announcing = Set(workflow.states.filter { $0.announce != nil && isActive($0.path) }.compactMap(\.announce))
        heard = Set(cut.chart.namesHeard(in: instance))
        isResting = heard.contains(Cut.restEvent)
        isWakeful = !instance.isFinished && workflow.wakefulStates.contains(where: isActive)
        delays = workflow.moments.indices.filter { number in
            workflow.counts(workflow.moments[number].rule) && isActive(workflow.states[workflow.moments[number].state].path)
        }
    }

    /// Whether the state, or one within it, is active; outer states may be left out.
    func isIn(_ path: String) -> Bool {
        active.contains { state in
            state == path || state.hasPrefix(path + ".") || state.hasSuffix("." + path) || state.contains("." + path + ".")
        }
    }

    /// Whether the state of this whole path, or one within it, is active.
    func isInState(_ path: String) -> Bool { active.contains { $0 == path || $0.hasPrefix(path + ".") } }
}
