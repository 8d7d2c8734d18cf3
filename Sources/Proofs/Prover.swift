import Diagnostics
import Workflows
import YAML

/// How far the proofs go.
public struct ProofExtent: Sendable, Hashable {
    /// The most situations that one proof goes through.
    public var situations: Int
    /// The largest product of the sizes of regions up to which what influences a region is taken into its slice.
    public var breadth: Int

    public init(situations: Int, breadth: Int) {
        self.situations = situations
        self.breadth = breadth
    }

    /// What `mandate check` does by itself.
    public static let usual = ProofExtent(situations: 200_000, breadth: 700)
    /// Minutes rather than a second.
    public static let full = ProofExtent(situations: 2_000_000, breadth: 20_000)
}

/// What the proofs came to.
public struct Proofs: Sendable {
    public var findings: [Finding]
    /// Slices explored, situations and moves seen in them all.
    public var slices: Int
    public var situations: Int
    public var moves: Int
}

/// Proves of workflows that were checked together what nobody could see by reading them: that each duty can end, that from each state
/// something leads to an end, that each command is possible somewhere, and that no rule can be broken.
public struct Prover {
    private let terrain: Terrain
    private let extent: ProofExtent
    private var horizon = Model.Horizon()
    private var report = Report()
    /// Commands found possible: the numbers of workflow and command.
    private var accepted: Set<Explorer.GivenCommand> = []
    private var isUnproved: Set<Int> = []

    /// Something to be proved of a workflow, and the slice that it hangs on.
    private struct Task {
        var node: Terrain.Node
        /// The number of a rule; nil for the duties and ends of the region.
        var rule: Int?
        var slice: Slice
    }

    struct Report {
        var findings: [Finding] = []
        var slices = 0
        var situations = 0
        var moves = 0
    }

    public init(_ workflows: [Workflow], extent: ProofExtent = .usual) {
        terrain = Terrain(workflows)
        self.extent = extent
    }

    /// Proves all, and tells what could not be proved.
    /// - Parameter files: the files whose workflows are to be proved, beside the others; nil for all.
    public mutating func prove(only files: Set<String>? = nil) -> Proofs {
        let wanted = terrain.anatomies.indices.filter { files?.contains(terrain.anatomies[$0].workflow.file) ?? true }
        findHorizon()
        for tasks in gathered(wanted.flatMap { regionTasks(of: $0) + ruleTasks(of: $0) }) { prove(tasks) }
        for number in wanted { findImpossibleCommands(of: number) }
        return Proofs(
            findings: report.findings.sorted(), slices: report.slices, situations: report.situations, moves: report.moves)
    }

    /// What can be told and started at all: each region alone tells what it can with what the others can tell, until nothing is added.
    private mutating func findHorizon() {
        var known: [Terrain.Node: Model.Horizon] = [:]
        var hasGrown = true
        while hasGrown {
            hasGrown = false
            for number in terrain.anatomies.indices {
                guard let place = firstPlace(of: number) else { continue }
                for region in terrain.anatomies[number].regions.indices {
                    let node = Terrain.Node(place: place, region: region)
                    let before = horizon
                    guard known[node] != before else { continue }
                    known[node] = before
                    widen(by: node)
                    if horizon != before { hasGrown = true }
                }
            }
            if horizon.words.isEmpty { horizon.words.formUnion(Vocabulary.engineEvents.keys) }
        }
    }

    private mutating func widen(by node: Terrain.Node) {
        guard let found = explored(Slice(nodes: [node]), rules: [], limit: Self.horizonLimit), !found.isCutShort else {
            // Too large to try: it may tell and start whatever it names.
            horizon.words.formUnion(terrain.region(of: node).facts.told)
            horizon.starts.formUnion(terrain.region(of: node).facts.started)
            return
        }
        horizon.words.formUnion(found.told)
        horizon.starts.formUnion(found.started)
    }

    private static let horizonLimit = 2_000

    private func firstPlace(of number: Int) -> Int? { terrain.places.firstIndex { $0.workflow == number } }

    private mutating func explored(_ slice: Slice, rules: Set<Model.JudgedRule>, limit: Int) -> Explorer? {
        guard let model = Model(terrain, slice, horizon: horizon, rules: rules) else { return nil }
        var explorer = Explorer(model, limit: limit)
        explorer.explore()
        report.slices += 1
        report.situations += explorer.situations.count
        report.moves += explorer.edges.count
        return explorer
    }
}

// What is to be proved.
extension Prover {
    private func regionTasks(of number: Int) -> [Task] {
        guard let place = firstPlace(of: number) else { return [] }
        return terrain.anatomies[number].regions.indices.map { region in
            let node = Terrain.Node(place: place, region: region)
            return Task(node: node, slice: terrain.slice(around: [node], rule: nil, limit: extent.breadth))
        }
    }

    private func ruleTasks(of number: Int) -> [Task] {
        guard let place = firstPlace(of: number) else { return [] }
        let anatomy = terrain.anatomies[number]
        return anatomy.workflow.rules.enumerated().map { index, rule in
            let asked = anatomy.regions.indices.filter { region in
                let facts = anatomy.regions[region].facts
                return rule.when.map { facts.commands.contains($0) || facts.heard.contains($0) } ?? false
            }
            let focus = (asked.isEmpty ? [0] : asked).map { Terrain.Node(place: place, region: $0) }
            let slice = terrain.slice(around: focus, rule: (rule.condition, place), limit: extent.breadth)
            return Task(node: focus[0], rule: index, slice: slice)
        }
    }

    /// The tasks by the slices that are explored: one that lies within another is not explored by itself. What a larger slice shows is
    /// no less true of the smaller.
    private func gathered(_ tasks: [Task]) -> [[Task]] {
        var groups: [(slice: Slice, tasks: [Task])] = []
        let largestFirst = tasks.enumerated().sorted {
            ($1.element.slice.nodes.count, $0.offset) < ($0.element.slice.nodes.count, $1.offset)
        }
        for (_, task) in largestFirst {
            if let around = groups.lastIndex(where: { task.slice.nodes.isSubset(of: $0.slice.nodes) }) {
                groups[around].tasks.append(task)
            } else {
                groups.append((task.slice, [task]))
            }
        }
        return groups.map { group in
            group.tasks.map { task in
                var task = task
                task.slice = group.slice
                return task
            }
        }
    }
}

// The properties.
extension Prover {
    /// Proves what hangs on one slice.
    private mutating func prove(_ tasks: [Task]) {
        guard let slice = tasks.first?.slice else { return }
        let rules = tasks.compactMap { task in task.rule.map { Model.JudgedRule(place: task.node.place, number: $0) } }
        guard let explorer = explored(slice, rules: Set(rules), limit: extent.situations) else {
            for task in tasks { notModelled(terrain.places[task.node.place].workflow) }
            return
        }
        for task in tasks {
            if explorer.isCutShort { cutShort(terrain.places[task.node.place].workflow) }
            let judge = Judge(explorer, terrain, task.node)
            if let rule = task.rule {
                report.findings += explorer.breaches.isEmpty ? judge.rule(rule) : alone(rule, task) ?? judge.rule(rule)
            } else {
                report.findings += judge.duties() + judge.ends()
                noteCommands(of: task.node, explorer)
            }
        }
    }

    /// What is found of a rule judged alone: its story then supposes nothing for the sake of other rules.
    private mutating func alone(_ rule: Int, _ task: Task) -> [Finding]? {
        let judged = Model.JudgedRule(place: task.node.place, number: rule)
        guard let explorer = explored(task.slice, rules: [judged], limit: extent.situations) else { return nil }
        let found = Judge(explorer, terrain, task.node).rule(rule)
        return found.isEmpty ? nil : found
    }

    /// Commands of the region that were found possible.
    private mutating func noteCommands(of node: Terrain.Node, _ explorer: Explorer) {
        let number = terrain.places[node.place].workflow
        let taken = terrain.region(of: node).facts.commands
        for (index, command) in terrain.anatomies[number].workflow.commands.enumerated()
        where taken.contains(command.name) {
            let given = Explorer.GivenCommand(workflow: number, command: index)
            if explorer.accepted.contains(given) { accepted.insert(given) }
        }
    }

    private mutating func findImpossibleCommands(of number: Int) {
        guard !isUnproved.contains(number) else { return }
        let workflow = terrain.anatomies[number].workflow
        for (index, command) in workflow.commands.enumerated()
        where !accepted.contains(.init(workflow: number, command: index)) {
            if case .command(command.name) = workflow.beginning, !command.by.isEmpty { continue }
            report.findings.append(
                Finding(
                    code: FindingCode.impossibleCommand.name, file: workflow.file, range: command.origin,
                    message: "nobody can ever give the command `\(command.name)`",
                    expected: "somebody under `by`, in a state that is reached"))
        }
    }

    private mutating func cutShort(_ number: Int) {
        unproved(
            number, "there are more than \(extent.situations) situations to go through; what is proved holds for those",
            expected: "`mandate check --prove full`")
    }

    private mutating func notModelled(_ number: Int) {
        unproved(
            number, "not all of the workflow could be put into the model, and nothing is proved of the rest", expected: nil)
    }

    private mutating func unproved(_ number: Int, _ message: String, expected: String?) {
        guard isUnproved.insert(number).inserted else { return }
        let workflow = terrain.anatomies[number].workflow
        report.findings.append(
            Finding(
                .note, code: FindingCode.proofCutShort.name, file: workflow.file,
                range: workflow.states.first?.origin ?? .start, message: message, expected: expected))
    }
}
