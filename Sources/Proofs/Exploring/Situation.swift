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

/// Where one case can stand, with what follows from that alone. It is asked for at every turn, and so is handed about by reference.
final class LocalState {
    let instance: Instance
    /// Ids of the active atomic states.
    let active: [String]
    let announcing: Set<String>
    /// Commands and words listened for.
    let heard: Set<String>
    /// Moments of active states that count from their entry.
    let delays: [Int]
    /// Whether something may happen by itself.
    let isWakeful: Bool
    let isResting: Bool
    /// The whole paths of all active states.
    private let paths: Set<String>
    /// The same with outer states left out, in all ways.
    private let shortPaths: Set<String>

    init(_ instance: Instance, _ cut: Cut) {
        self.instance = instance
        let active = instance.activeStates(cut.chart)
        self.active = active
        var paths: Set<String> = []
        var shortPaths: Set<String> = []
        for id in active {
            let parts = id.split(separator: ".")
            for end in 1...max(1, parts.count) { paths.insert(parts.prefix(end).joined(separator: ".")) }
            for start in parts.indices {
                for end in start..<parts.count { shortPaths.insert(parts[start...end].joined(separator: ".")) }
            }
        }
        (self.paths, self.shortPaths) = (paths, shortPaths)
        let workflow = cut.workflow
        func isActive(_ path: String) -> Bool { paths.contains(path) }
        announcing = Set(workflow.states.filter { $0.announce != nil && isActive($0.path) }.compactMap(\.announce))
        heard = Set(cut.chart.namesHeard(in: instance))
        isResting = heard.contains(Cut.restEvent)
        isWakeful = !instance.isFinished && workflow.wakefulStates.contains(where: isActive)
        delays = workflow.moments.indices.filter { number in
            workflow.counts(workflow.moments[number].rule) && isActive(workflow.states[workflow.moments[number].state].path)
        }
    }

    /// Whether the state, or one within it, is active; outer states may be left out.
    func isIn(_ path: String) -> Bool { shortPaths.contains(path) }

    /// Whether the state of this whole path, or one within it, is active.
    func isInState(_ path: String) -> Bool { paths.contains(path) }
}
