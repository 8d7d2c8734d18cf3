import CEL
import Workflows

/// All workflows with their regions, and the places of their cases in the model.
struct Terrain {
    let anatomies: [Anatomy]
    let places: [Place]
    let cases: ModelCases
    /// What each workflow starts its cases with from elsewhere.
    let given: [Set<String>]
    /// For each place all regions of the cases that word from it reaches.
    private let around: [[Node]]
    /// The texts that expressions name.
    let words: Set<String>

    /// One region of one case.
    struct Node: Hashable, Comparable {
        var place: Int
        var region: Int

        static func < (left: Node, right: Node) -> Bool { (left.place, left.region) < (right.place, right.region) }
    }

    init(_ workflows: [Workflow]) {
        anatomies = workflows.map(Anatomy.init)
        let cases = ModelCases(workflows)
        self.cases = cases
        places = workflows.indices.flatMap { Place.all(of: $0, workflows[$0], cases) }
        let programs =
            workflows.flatMap { $0.conditions.values.map(\.program) + $0.rules.map(\.condition) }
            + anatomies.flatMap(\.regions).flatMap(\.facts.deciding)
        words = Set(programs.flatMap { $0.text.split { "'\"".contains($0) }.map(String.init) })
        let nodes = Self.nodes(anatomies, places)
        around = places.map { [places] place in nodes.filter { place.keys.concerns(places[$0.place].keys) } }
        given = workflows.map { Self.given(to: $0, by: workflows) }
    }

    /// The variables of a workflow that some `start:` gives a value.
    private static func given(to workflow: Workflow, by starters: [Workflow]) -> Set<String> {
        var found: Set<String> = []
        for case .start(workflow.name, _, let with, let whole) in starters.flatMap(\.effects) {
            found.formUnion(with.keys)
            if whole != nil { found.formUnion(workflow.variables.map(\.name)) }
        }
        return found
    }

    func workflow(of place: Int) -> Workflow { anatomies[places[place].workflow].workflow }

    func region(of node: Node) -> Region { anatomies[places[node.place].workflow].regions[node.region] }

    /// All regions of all places.
    var nodes: [Node] { Self.nodes(anatomies, places) }

    private static func nodes(_ anatomies: [Anatomy], _ places: [Place]) -> [Node] {
        places.indices.flatMap { place in
            anatomies[places[place].workflow].regions.indices.map { Node(place: place, region: $0) }
        }
    }

    /// All regions of the cases that word from this place reaches.
    func surroundings(of place: Int) -> [Node] { around[place] }
}

// What hangs on what.
extension Terrain {
    /// Groups of regions that influence one, the nearest first; each group counts only as a whole.
    func influences(on node: Node) -> [Set<Node>] {
        let anatomy = anatomies[places[node.place].workflow]
        let facts = anatomy.regions[node.region].facts
        var groups = influences(of: facts.deciding, at: node.place)
        groups.append(companions(of: node, facts, anatomy))
        let around = surroundings(of: node.place)
        for word in facts.awaited.sorted() + facts.heard.sorted() {
            groups.append(Set(around.filter { region(of: $0).facts.told.contains(word) }))
        }
        let name = anatomy.workflow.name
        groups.append(Set(around.filter { region(of: $0).facts.started.contains(name) }))
        if facts.commands.contains(where: { anatomy.workflow.command(named: $0)?.record?.kind == .decision }) {
            groups.append(Set(around.filter { region(of: $0).facts.hasCaps }))
        }
        return groups.filter { !$0.isEmpty }
    }

    /// What the answers of programs hang on.
    func influences(of programs: [Program], at place: Int) -> [Set<Node>] {
        let anatomy = anatomies[places[place].workflow]
        let around = surroundings(of: place)
        var groups: [Set<Node>] = []
        for program in programs.flatMap(anatomy.unfolded) {
            let asked = program.askedStates
            for path in asked.others { groups.append(Set(around.filter { isAsked(path, $0) })) }
            for path in asked.own {
                groups.append(Set(anatomy.regions(asked: path).map { Node(place: place, region: $0) }))
            }
            let variables = Set(program.names)
            for (index, region) in anatomy.regions.enumerated() where !region.facts.assigned.isDisjoint(with: variables) {
                groups.append([Node(place: place, region: index)])
            }
            if program.asksParticipation { groups.append(Set(around.filter { region(of: $0).facts.hasCaps })) }
        }
        return groups.filter { !$0.isEmpty }
    }

    private func isAsked(_ path: String, _ node: Node) -> Bool {
        anatomies[places[node.place].workflow].regions(asked: path).contains(node.region)
    }

    /// Regions of the same case that have a say in its commands: the state of `while:`, and those that may refuse.
    private func companions(of node: Node, _ facts: RegionFacts, _ anatomy: Anatomy) -> Set<Node> {
        var regions: Set<Int> = []
        for name in facts.commands {
            guard let command = anatomy.workflow.command(named: name) else { continue }
            if let path = command.whileState, let region = anatomy.region(of: path) { regions.insert(region) }
            for (index, region) in anatomy.regions.enumerated() where region.facts.refusable.contains(name) {
                regions.insert(index)
            }
        }
        return Set(regions.map { Node(place: node.place, region: $0) })
    }

    /// Grows a slice outwards from some regions, the nearest influence first, while the product of the sizes stays within the
    /// limit. What is left out is free to do whatever it can.
    func slice(around focus: [Node], rule: (program: Program, place: Int)?, limit: Int) -> Slice {
        var nodes = Set(focus)
        var size = nodes.reduce(1.0) { $0 * Double(region(of: $1).size + 1) }
        var waiting = rule.map { influences(of: [$0.program], at: $0.place) } ?? []
        waiting += focus.flatMap(influences)
        var index = 0
        while index < waiting.count {
            let added = waiting[index].subtracting(nodes)
            index += 1
            if added.isEmpty { continue }
            let grown = added.reduce(size) { $0 * Double(region(of: $1).size + 1) }
            guard grown <= Double(limit) else { continue }
            size = grown
            nodes.formUnion(added)
            waiting += added.sorted().flatMap(influences)
        }
        return Slice(nodes: nodes)
    }
}

/// The regions over which something is proved.
struct Slice: Hashable {
    var nodes: Set<Terrain.Node>
}
