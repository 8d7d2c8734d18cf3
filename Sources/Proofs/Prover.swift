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
    /// A minute rather than a second: what a slice leaves out is less, and more of it is gone through.
    public static let full = ProofExtent(situations: 500_000, breadth: 5_000)
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
///
/// Slices are explored each by itself: a `Crew` may have several under way at once, and what is found is the same.
public struct Prover: Sendable {
    private let terrain: Terrain
    private let extent: ProofExtent
    private let crew: Crew
    private var horizon = Model.Horizon()
    private var report = Report()
    private var isUnproved: Set<Int> = []

    /// Something to be proved of a workflow, and the slice that it hangs on.
    private struct Task {
        var node: Terrain.Node
        /// The number of a rule; nil for the duties and ends of the region.
        var rule: Int?
        var slice: Slice
    }

    /// What has been found so far, or in one slice.
    private struct Report: Sendable {
        var findings: [Finding] = []
        var slices = 0
        var situations = 0
        var moves = 0
        /// Commands found possible: the numbers of workflow and command.
        var accepted: Set<Explorer.GivenCommand> = []
        /// Workflows of which not all could be proved, with the reason.
        var unproved: [Unproved] = []
        /// What the slice tells and starts.
        var horizon = Model.Horizon()

        mutating func join(_ other: Report) {
            findings += other.findings
            slices += other.slices
            situations += other.situations
            moves += other.moves
            accepted.formUnion(other.accepted)
        }
    }

    private struct Unproved: Sendable {
        var workflow: Int
        var message: String
        var expected: String?
    }

    /// - Parameter crew: who goes through slices; by itself one after the other.
    public init(_ workflows: [Workflow], extent: ProofExtent = .usual, crew: @escaping Crew = oneByOne) {
        terrain = Terrain(workflows)
        self.extent = extent
        self.crew = crew
    }

    /// Proves all, and tells what could not be proved.
    /// - Parameter files: the files whose workflows are to be proved, beside the others; nil for all.
    public mutating func prove(only files: Set<String>? = nil) -> Proofs {
        let wanted = terrain.anatomies.indices.filter { files?.contains(terrain.anatomies[$0].workflow.file) ?? true }
        findHorizon()
        let groups = gathered(wanted.flatMap { regionTasks(of: $0) + ruleTasks(of: $0) })
        for found in together(groups, { $0.prove($1) }) {
            report.join(found)
            for reason in found.unproved { note(reason) }
        }
        for number in wanted { findImpossibleCommands(of: number) }
        return Proofs(
            findings: report.findings.sorted(), slices: report.slices, situations: report.situations, moves: report.moves)
    }

    /// Lets the crew find out something of each of these, in whatever order, and gives the answers in theirs.
    private func together<Thing: Sendable>(
        _ things: [Thing], _ work: @escaping @Sendable (Prover, Thing) -> Report
    ) -> [Report] {
        let answers = things.map { _ in Answer() }
        crew(things.count) { number in answers[number].report = work(self, things[number]) }
        return answers.map(\.report)
    }

    private final class Answer: @unchecked Sendable {  // written by one hand alone, and read when all are done
        var report = Report()
    }

    /// What can be told and started at all: each region alone tells what it can with what the others can tell, until nothing is added.
    private mutating func findHorizon() {
        let nodes = terrain.anatomies.indices.flatMap { number in
            firstPlace(of: number).map { place in
                terrain.anatomies[number].regions.indices.map { Terrain.Node(place: place, region: $0) }
            } ?? []
        }
        var known: [Terrain.Node: Model.Horizon] = [:]
        horizon.words.formUnion(Vocabulary.engineEvents.keys)
        while true {
            let asked = nodes.map { ($0, horizon.seen(from: terrain.anatomies[terrain.places[$0.place].workflow])) }
                .filter { known[$0.0] != $0.1 }
            if asked.isEmpty { break }
            for (node, seen) in asked { known[node] = seen }
            for found in together(asked.map(\.0), { $0.widening(by: $1) }) {
                report.join(found)
                horizon.words.formUnion(found.horizon.words)
                horizon.starts.formUnion(found.horizon.starts)
            }
        }
    }

    private func widening(by node: Terrain.Node) -> Report {
        var report = Report()
        if let found = explored(Slice(nodes: [node]), rules: [], limit: Self.horizonLimit, &report), !found.isCutShort {
            report.horizon = Model.Horizon(words: found.told, starts: found.started)
        } else {
            // Too large to try: it may tell and start whatever it names.
            let facts = terrain.region(of: node).facts
            report.horizon = Model.Horizon(words: facts.told, starts: facts.started)
        }
        return report
    }

    private static let horizonLimit = 2_000

    private func firstPlace(of number: Int) -> Int? { terrain.places.firstIndex { $0.workflow == number } }

    private func explored(
        _ slice: Slice, rules: Set<Model.JudgedRule>, limit: Int, _ report: inout Report
    ) -> Explorer? {
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
    private func prove(_ tasks: [Task]) -> Report {
        var report = Report()
        guard let slice = tasks.first?.slice else { return report }
        let rules = tasks.compactMap { task in task.rule.map { Model.JudgedRule(place: task.node.place, number: $0) } }
        guard let explorer = explored(slice, rules: Set(rules), limit: extent.situations, &report) else {
            report.unproved = tasks.map { notModelled(terrain.places[$0.node.place].workflow) }
            return report
        }
        for task in tasks {
            if explorer.isCutShort { report.unproved.append(cutShort(terrain.places[task.node.place].workflow)) }
            let judge = Judge(explorer, terrain, task.node)
            if let rule = task.rule {
                report.findings +=
                    explorer.breaches.isEmpty ? judge.rule(rule) : alone(rule, task, &report) ?? judge.rule(rule)
            } else {
                report.findings += judge.duties() + judge.ends()
                noteCommands(of: task.node, explorer, &report)
            }
        }
        return report
    }

    /// What is found of a rule judged alone: its story then supposes nothing for the sake of other rules.
    private func alone(_ rule: Int, _ task: Task, _ report: inout Report) -> [Finding]? {
        let judged = Model.JudgedRule(place: task.node.place, number: rule)
        guard let explorer = explored(task.slice, rules: [judged], limit: extent.situations, &report) else { return nil }
        let found = Judge(explorer, terrain, task.node).rule(rule)
        return found.isEmpty ? nil : found
    }

    /// Commands of the region that were found possible.
    private func noteCommands(of node: Terrain.Node, _ explorer: Explorer, _ report: inout Report) {
        let number = terrain.places[node.place].workflow
        let taken = terrain.region(of: node).facts.commands
        for (index, command) in terrain.anatomies[number].workflow.commands.enumerated()
        where taken.contains(command.name) {
            let given = Explorer.GivenCommand(workflow: number, command: index)
            if explorer.accepted.contains(given) { report.accepted.insert(given) }
        }
    }

    private mutating func findImpossibleCommands(of number: Int) {
        guard !isUnproved.contains(number) else { return }
        let workflow = terrain.anatomies[number].workflow
        for (index, command) in workflow.commands.enumerated()
        where !report.accepted.contains(.init(workflow: number, command: index)) {
            if case .command(command.name) = workflow.beginning, !command.by.isEmpty { continue }
            report.findings.append(
                Finding(
                    code: FindingCode.impossibleCommand.name, file: workflow.file, range: command.origin,
                    message: "nobody can ever give the command `\(command.name)`",
                    expected: "somebody under `by`, in a state that is reached"))
        }
    }

    private func cutShort(_ number: Int) -> Unproved {
        Unproved(
            workflow: number,
            message: "there are more than \(extent.situations) situations to go through; what is proved holds for those",
            expected: extent == .full ? nil : "`mandate check --prove full`")
    }

    private func notModelled(_ number: Int) -> Unproved {
        Unproved(
            workflow: number, message: "not all of the workflow could be put into the model, and nothing is proved of the rest",
            expected: nil)
    }

    /// One note for each workflow.
    private mutating func note(_ reason: Unproved) {
        guard isUnproved.insert(reason.workflow).inserted else { return }
        let workflow = terrain.anatomies[reason.workflow].workflow
        report.findings.append(
            Finding(
                .note, code: FindingCode.proofCutShort.name, file: workflow.file,
                range: workflow.states.first?.origin ?? .start, message: reason.message, expected: reason.expected))
    }
}

extension Model.Horizon {
    /// As much of it as the regions of a workflow can notice.
    fileprivate func seen(from anatomy: Anatomy) -> Model.Horizon {
        let listened = anatomy.regions.reduce(into: Set<String>()) { $0.formUnion($1.facts.heard.union($1.facts.awaited)) }
        return Model.Horizon(words: words.intersection(listened), starts: starts.intersection([anatomy.workflow.name]))
    }
}
