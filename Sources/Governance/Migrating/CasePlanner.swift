import CEL
import Calendars
import Statecharts
import Workflows

/// Works out where a case stands under another text of its workflow.
struct CasePlanner {
    private let it: Case
    private let old: Workflow?
    private let target: Workflow
    private let said: [String: String]
    private let standing: Standing
    private var steps: [CasePlan.Step] = []
    private var open: [String] = []

    init(_ it: Case, from old: Workflow?, to target: Workflow, saying said: [String: String], in standing: Standing) {
        self.it = it
        self.old = old
        self.target = target
        self.said = said
        self.standing = standing
    }

    consuming func plan() -> CasePlan {
        for state in it.active { find(state) }
        var leaves: [String] = []
        for step in steps { for leaf in starts(of: step.to) where !leaves.contains(leaf) { leaves.append(leaf) } }
        let started = missing(beside: leaves)
        leaves += started
        let (variables, lost, new) = variables()
        if open.isEmpty { check(leaves, variables) }
        let outcome = open.isEmpty ? migration(leaves, variables) : nil
        return CasePlan(
            ofCase: it.id, hash: it.hash, steps: steps, started: started, open: open, lost: lost, new: new,
            cancelled: cancelled(leaves), outcome: outcome)
    }

    // States

    private mutating func find(_ state: String) {
        if let word = said.first(where: { state == $0.key || state.hasSuffix("." + $0.key) })?.value {
            guard let to = named(word) else {
                open.append("\(state): there is no one state `\(word)` in the text in force")
                return
            }
            steps.append(CasePlan.Step(from: state, to: to, way: .said))
        } else if target.chart.number(of: state) != nil {
            steps.append(CasePlan.Step(from: state, to: state, way: .same))
        } else if let name = state.split(separator: ".").last, let to = named(String(name)) {
            steps.append(CasePlan.Step(from: state, to: to, way: .byName))
        } else {
            open.append("\(state): the text in force has no such state, and no other of its name alone")
        }
    }

    /// The state of that path, or the one whose path ends so.
    private func named(_ word: String) -> String? {
        if target.chart.number(of: word) != nil { return word }
        let found = target.chart.states.map(\.id).filter { $0.hasSuffix("." + word) }
        return found.count == 1 ? found.first : nil
    }

    /// The atomic states with which a state starts.
    private func starts(of state: String) -> [String] {
        guard let number = target.chart.number(of: state) else { return [] }
        let children = target.chart.states.indices.filter {
            $0 > 0 && target.chart.states[$0].parent == number && !isHistory($0)
        }
        guard !children.isEmpty else { return [state] }
        if target.chart.states[number].kind == .parallel { return children.flatMap { starts(of: target.chart.states[$0].id) } }
        let start = target.note(ofState: number)?.start ?? []
        return start.isEmpty ? starts(of: target.chart.states[children[0]].id) : start.flatMap { starts(of: $0) }
    }

    private func isHistory(_ number: Int) -> Bool {
        if case .history = target.chart.states[number].kind { return true }
        return false
    }

    /// The starts of regions beside those that are active.
    private func missing(beside leaves: [String]) -> [String] {
        var found: [String] = []
        for (number, state) in target.chart.states.enumerated() where state.kind == .parallel {
            guard leaves.contains(where: { $0.hasPrefix(state.id + ".") }) else { continue }
            for region in target.chart.states
            where target.chart.number(of: region.id).map({ target.chart.states[$0].parent }) == number {
                let isActive = (leaves + found).contains { $0 == region.id || $0.hasPrefix(region.id + ".") }
                if !isActive, region.id != state.id { found += starts(of: region.id) }
            }
        }
        return found
    }

    /// Active states must be a configuration: one child of each state, all regions of a parallel one.
    private mutating func check(_ leaves: [String], _ variables: [String: Value]) {
        do {
            let values = target.variables.map { variables[$0.name] ?? .null }
            let instance = try target.chart.instance(activeStates: leaves, variables: values)
            if Set(instance.activeStates(target.chart)) != Set(leaves) {
                open.append("\(leaves.joined(separator: ", ")): these states cannot be active together")
            }
        } catch { open.append("\(leaves.joined(separator: ", ")): \(error.description)") }
    }

    // What a case holds

    private func variables() -> (values: [String: Value], lost: [String], new: [String]) {
        var values: [String: Value] = [:]
        var kept: Set<String> = []
        for variable in target.variables {
            let before = old?.variables.first { $0.name == variable.name }
            if let value = it.variables[variable.name], before == nil || before?.type.base == variable.type.base {
                values[variable.name] = value
                kept.insert(variable.name)
            } else {
                values[variable.name] = variable.type.standard ?? .null
            }
        }
        let new = target.variables.map(\.name).filter { !kept.contains($0) }
        return (values, it.variables.keys.filter { !kept.contains($0) }.sorted(), new)
    }

    /// The state, under the text in force, of a duty or a tick of an old state: an active one's successor, or one that holds it.
    static func home(of state: String, in steps: [String: String], _ target: Workflow) -> String? {
        let owing = { (path: String) in target.states.contains { $0.path == path && $0.duty != nil } }
        if let to = steps[state] { return owing(to) ? to : nil }
        if owing(state) { return state }
        // A duty of a state that holds others: the holder of the successor, by the same name.
        guard let name = state.split(separator: ".").last else { return nil }
        for (from, to) in steps where from.hasPrefix(state + ".") {
            var path = to.split(separator: ".")
            while !path.isEmpty {
                if path.last == name, owing(path.joined(separator: ".")) { return path.joined(separator: ".") }
                path.removeLast()
            }
        }
        return nil
    }

    private var homes: [String: String] { Dictionary(steps.map { ($0.from, $0.to) }) { first, _ in first } }

    private func cancelled(_ leaves: [String]) -> [ID] {
        standing.openDuties(of: it.id).filter { duty in
            guard let home = Self.home(of: duty.state, in: homes, target) else { return true }
            return !leaves.contains { $0 == home || $0.hasPrefix(home + ".") }
        }.map(\.id)
    }

    private func migration(_ leaves: [String], _ variables: [String: Value]) -> Change.Migration {
        let isActive = { (path: String) in leaves.contains { $0 == path || $0.hasPrefix(path + ".") } }
        var entered: [String: Instant] = [:]
        for note in target.states where isActive(note.path) && (note.duty != nil || !note.moments.isEmpty) {
            let from = it.entered.keys.first { Self.renamed($0, homes) == note.path }
            entered[note.path] = from.flatMap { it.entered[$0] }
        }
        var ticks: [String: TextSet] = [:]
        for (state, ticked) in it.ticks {
            guard let home = Self.home(of: state, in: homes, target), lines(of: state, in: old) == lines(of: home, in: target)
            else {
                continue
            }
            ticks[home] = ticked
        }
        let known = Set(target.chart.states.map(\.id))
        let order = target.chart.states.map(\.id)
        return Change.Migration(
            ofCase: it.id, hash: target.hash,
            active: leaves.sorted { (order.firstIndex(of: $0) ?? 0) < (order.firstIndex(of: $1) ?? 0) },
            announcing: target.states.filter { $0.announce != nil && isActive($0.path) }.compactMap(\.announce),
            variables: variables,
            history: it.history.filter { known.contains($0.key) && $0.value.allSatisfy { known.contains($0) } },
            entered: entered, ticks: ticks)
    }

    private static func renamed(_ path: String, _ homes: [String: String]) -> String { homes[path] ?? path }

    /// How many lines the checklist has; ticks are kept where that is the same.
    private func lines(of state: String, in workflow: Workflow?) -> Int? {
        workflow?.states.first { $0.path == state }?.duty?.checklist.count
    }
}
