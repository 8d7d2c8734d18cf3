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
    private var accepted: Set<[Int]> = []
    private var wasCutShort: Set<Int> = []
    /// What was explored for the workflow at hand: neighbouring regions often have the same slice.
    private var explorers: [Slice: Explorer] = [:]

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
        for number in wanted { prove(number) }
        for number in wanted { proveRules(of: number) }
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
                guard let place = terrain.places.firstIndex(where: { $0.workflow == number }) else { continue }
                for region in terrain.anatomies[number].regions.indices {
                    let node = Terrain.Node(place: place, region: region)
                    let before = horizon
                    guard known[node] != before else { continue }
                    known[node] = before
                    let slice = Slice(nodes: [node])
                    explorers = [:]
                    guard let found = explored(slice, watching: node.place, limit: Self.horizonLimit) else { continue }
                    horizon.words.formUnion(found.told)
                    horizon.starts.formUnion(found.started)
                    if horizon != before { hasGrown = true }
                }
            }
            if horizon.words.isEmpty { horizon.words.formUnion(Vocabulary.engineEvents.keys) }
        }
    }

    private static let horizonLimit = 2_000

    private mutating func explored(_ slice: Slice, watching place: Int, rule: Int? = nil, limit: Int) -> Explorer? {
        if rule == nil, let known = explorers[slice] { return known }
        guard let model = Model(terrain, slice, horizon: horizon, rule: rule.map { (place: place, number: $0) }),
            let seat = model.seat(ofPlace: place)
        else { return nil }
        let duties = terrain.workflow(of: place).states.filter { $0.duty != nil }.map(\.path)
        var explorer = Explorer(model, watching: (seat, duties), limit: limit)
        explorer.explore()
        report.slices += 1
        report.situations += explorer.situations.count
        report.moves += explorer.edges.count
        accepted.formUnion(explorer.accepted)
        if rule == nil { explorers[slice] = explorer }
        return explorer
    }
}

// The properties.
extension Prover {
    private mutating func prove(_ number: Int) {
        guard let place = terrain.places.firstIndex(where: { $0.workflow == number }) else { return }
        let anatomy = terrain.anatomies[number]
        explorers = [:]
        for region in anatomy.regions.indices {
            let node = Terrain.Node(place: place, region: region)
            let slice = terrain.slice(around: [node], rule: nil, limit: extent.breadth)
            guard let explorer = explored(slice, watching: place, limit: extent.situations) else {
                notModelled(number)
                continue
            }
            if explorer.isCutShort { cutShort(number) }
            let judge = Judge(explorer, terrain, node)
            report.findings += judge.duties() + judge.ends()
        }
    }

    private mutating func proveRules(of number: Int) {
        guard let place = terrain.places.firstIndex(where: { $0.workflow == number }) else { return }
        let anatomy = terrain.anatomies[number]
        for (index, rule) in anatomy.workflow.rules.enumerated() {
            let asked = anatomy.regions.indices.filter { region in
                let facts = anatomy.regions[region].facts
                return rule.when.map { facts.commands.contains($0) || facts.heard.contains($0) } ?? false
            }
            let focus = (asked.isEmpty ? [0] : asked).map { Terrain.Node(place: place, region: $0) }
            let slice = terrain.slice(around: focus, rule: (rule.condition, place), limit: extent.breadth)
            guard let explorer = explored(slice, watching: place, rule: index, limit: extent.situations) else {
                notModelled(number)
                continue
            }
            if explorer.isCutShort { cutShort(number) }
            report.findings += Judge(explorer, terrain, focus[0]).rule(rule)
        }
    }

    private mutating func findImpossibleCommands(of number: Int) {
        guard !wasCutShort.contains(number) else { return }
        let workflow = terrain.anatomies[number].workflow
        for (index, command) in workflow.commands.enumerated() where !accepted.contains([number, index]) {
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
        unproved(number, "not all of the workflow could be put into the model, and nothing is proved of the rest", expected: nil)
    }

    private mutating func unproved(_ number: Int, _ message: String, expected: String?) {
        guard wasCutShort.insert(number).inserted else { return }
        let workflow = terrain.anatomies[number].workflow
        report.findings.append(
            Finding(
                .warning, code: FindingCode.proofCutShort.name, file: workflow.file,
                range: workflow.states.first?.origin ?? .start, message: message, expected: expected))
    }
}
