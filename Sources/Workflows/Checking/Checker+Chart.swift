import Diagnostics
import Statecharts
import YAML

/// The statechart and what is wrong or odd about it as a whole.
extension Checker {
    mutating func chart(_ definition: ChartDefinition) -> Chart? {
        do throws(ChartProblems) {
            let chart = try Chart(definition)
            report(chart.warnings)
            return chart
        } catch {
            let faults = error.problems.filter { $0.severity == .error }
            report(error.problems)
            // What is wrong is left out, so that the rest can be judged too.
            let rest = definition.leavingOut(Set(faults.compactMap(\.origin)))
            // Where a transition had to go, it may have been the way to a state.
            let isWhole = rest.transitionCount == definition.transitionCount
            if let chart = try? Chart(rest) { report(chart.warnings.filter { isWhole || $0.kind != .unreachableState }) }
            return nil
        }
    }

    private mutating func report(_ problems: [ChartProblem]) {
        // In a workflow, a state that nothing leads to may be what a lost target meant.
        let unreachable = problems.filter { $0.kind == .unreachableState }
        let isEcho = !workflow.isChart && unreachable.count <= lostTargets
        for problem in problems where !(isEcho && problem.kind == .unreachableState) {
            // That a variable is not there, or that there are no states, was found where it stands.
            if ![.unknownVariable, .emptyChart].contains(problem.kind) { report(problem) }
        }
    }

    private mutating func report(_ problem: ChartProblem) {
        let range = problem.origin ?? workflow.origin
        let related = problem.related.map { [Finding.Related(file: log.file, range: $0, message: "see here")] } ?? []
        log.add(
            problem.severity == .error ? .badChart : .oddChart, at: range, problem.message, nearest: problem.nearest,
            related: related,
            severity: problem.severity)
    }

    /// The state that a misspelt target most likely means, so that one mistake does not make others.
    mutating func meant(by word: Word) -> Int? {
        guard !log.isFull, let name = nearestName(to: word.text, among: tree.names),
            case .found(let number) = tree.anywhere(name)
        else {
            lostTargets += 1
            return nil
        }
        return number
    }
}

extension ChartDefinition {
    fileprivate var transitionCount: Int { states.reduce(initial == nil ? 0 : 1) { $0 + $1.transitionCount } }

    /// The chart without what stands at these places.
    fileprivate func leavingOut(_ places: Set<SourceRange>) -> ChartDefinition {
        var rest = self
        rest.states = states.compactMap { $0.leavingOut(places) }
        var ids: Set<String> = []
        for state in rest.states { state.collect(&ids) }
        rest.states = rest.states.map { $0.leading(to: ids) }
        rest.initial = initial.flatMap { start in start.targets.allSatisfy(ids.contains) ? start : nil }
        return rest
    }
}

extension StateDefinition {
    /// Those that are taken: a history state's own default is none of them.
    fileprivate var transitionCount: Int {
        if case .history = kind { return 0 }
        return states.reduce(transitions.count + (initial == nil ? 0 : 1)) { $0 + $1.transitionCount }
    }

    /// Nil for a history state at a place; another state there stays, and does nothing.
    fileprivate func leavingOut(_ places: Set<SourceRange>) -> StateDefinition? {
        var rest = self
        if let origin, places.contains(origin) {
            if case .history = kind { return nil }
            rest.kind = kind == .final ? .final : .atomic
            (rest.states, rest.transitions, rest.initial) = ([], [], nil)
            return rest
        }
        rest.states = states.compactMap { $0.leavingOut(places) }
        rest.transitions = transitions.filter { transition in transition.origin.map { !places.contains($0) } ?? true }
        if let start = initial?.origin, places.contains(start) { rest.initial = nil }
        return rest
    }

    fileprivate func collect(_ ids: inout Set<String>) {
        ids.insert(id)
        for state in states { state.collect(&ids) }
    }

    fileprivate func leading(to ids: Set<String>) -> StateDefinition {
        var rest = self
        rest.states = states.map { $0.leading(to: ids) }
        rest.transitions = transitions.filter { $0.targets.allSatisfy(ids.contains) }
        if let start = initial, !start.targets.allSatisfy(ids.contains) { rest.initial = nil }
        return rest
    }
}
