import CEL
import Diagnostics
import Statecharts
import Workflows
import YAML

/// Reads off an explored slice what holds of one of its regions.
struct Judge {
    private let explorer: Explorer
    private let terrain: Terrain
    private let node: Terrain.Node
    private let seat: Int
    private let workflow: Workflow
    /// Edges by where they lead to.
    private let into: [[Int32]]

    init(_ explorer: Explorer, _ terrain: Terrain, _ node: Terrain.Node) {
        self.explorer = explorer
        self.terrain = terrain
        self.node = node
        seat = explorer.model.seat(ofPlace: node.place) ?? 0
        workflow = terrain.workflow(of: node.place)
        var into = [[Int32]](repeating: [], count: explorer.situations.count)
        for (index, edge) in explorer.edges.enumerated() { into[Int(edge.to)].append(Int32(index)) }
        self.into = into
    }

    private func local(_ situation: Int) -> LocalState? { explorer.model.local(explorer.situations[situation], seat) }

    /// Duties that some situation leaves no way out of.
    func duties() -> [Finding] {
        let region = terrain.region(of: node).path
        let homes = workflow.states.filter { note in
            note.duty != nil && (region.map { note.path == $0 || note.path.hasPrefix($0 + ".") } ?? true)
        }
        return homes.compactMap { note in
            guard let duty = note.duty else { return nil }
            let ends = explorer.endings.map { $0.contains(Explorer.Ending(seat: seat, path: note.path)) }
            let owed = explorer.situations.indices.map { local($0)?.isInState(note.path) ?? false }
            guard owed.contains(true) else { return nil }
            let stuck = unable {
                !owed[$0]
            } edge: {
                ends[Int($0.ended)]
            }
            guard let first = stuck.firstIndex(of: true) else { return nil }
            return finding(
                .dutyWithoutEnd, at: duty.origin, "the duty cannot end once this has happened",
                expected: "a way out of `\(note.path)`",
                first)
        }
    }

    /// States of the region from which nothing leads to its end.
    func ends() -> [Finding] {
        let isOver = explorer.situations.indices.map { isAtEnd($0) }
        let stuck = unable {
            isOver[$0]
        } edge: { _ in
            false
        }
        guard let first = stuck.firstIndex(of: true), !isClosedByEngine else { return [] }
        var seen: Set<String> = []
        var findings: [Finding] = []
        for situation in rest(of: stuck) {
            guard let state = leaf(situation), seen.insert(state.path).inserted else { continue }
            findings.append(
                finding(
                    .deadEnd, at: state.origin, "nothing leads from `\(state.path)` to an end once this has happened",
                    expected: "a transition that can still come", situation))
        }
        if findings.isEmpty, let state = leaf(first) {
            findings.append(
                finding(
                    .deadEnd, at: state.origin, "from `\(state.path)` on it goes round without an end once this has happened",
                    expected: "a transition that can still come", first))
        }
        return findings
    }

    /// Whether the region has no end of its own, and the case lasts for as long as what calls for it (`begins: each`).
    private var isClosedByEngine: Bool {
        guard case .each(let program) = workflow.beginning, program.text != "true" else { return false }
        let chart = explorer.model.cut(of: seat).chart
        let path = terrain.region(of: node).path
        return !chart.states.contains { state in
            state.kind == .final && (path.map { state.id.hasPrefix($0 + ".") } ?? true)
        }
    }

    /// The rule of that number, if it can be broken or judged not at all.
    func rule(_ number: Int) -> [Finding] {
        let rule = workflow.rules[number]
        let judged = Model.JudgedRule(place: node.place, number: number)
        if let breach = explorer.breaches[judged] {
            return [
                Finding(
                    code: FindingCode.brokenRule.name, file: workflow.file, range: rule.origin,
                    message: "\"\(rule.name)\" could be broken, were it not enforced",
                    expected: "that the workflow itself rules it out",
                    related: Story(explorer, terrain).told(upTo: breach.arrival, leadingTo: breach.to))
            ]
        }
        guard explorer.unjudged.contains(judged) else { return [] }
        return [
            Finding(
                .note, code: FindingCode.unprovableRule.name, file: workflow.file, range: rule.origin,
                message: "\"\(rule.name)\" is enforced, but rests on what cannot be known when the file is checked")
        ]
    }

    private func finding(_ code: FindingCode, at origin: SourceRange, _ message: String, expected: String, _ situation: Int)
        -> Finding
    {
        Finding(
            code: code.name, file: workflow.file, range: origin, message: message, expected: expected,
            related: Story(explorer, terrain).told(
                upTo: explorer.arrivals[situation], leadingTo: explorer.situations[situation]))
    }
}

// Which situations can reach what.
extension Judge {
    /// The situations from which no way leads to the goal; those at the edge of what was explored count as able.
    private func unable(_ goal: (Int) -> Bool, edge leads: (Explorer.Edge) -> Bool) -> [Bool] {
        var able = explorer.situations.indices.map { goal($0) || explorer.isCutShort }
        var waiting = able.indices.filter { able[$0] }
        for edge in explorer.edges where leads(edge) && !able[Int(edge.from)] {
            able[Int(edge.from)] = true
            waiting.append(Int(edge.from))
        }
        while let situation = waiting.popLast() {
            for index in into[situation] {
                let from = Int(explorer.edges[Int(index)].from)
                if !able[from] {
                    able[from] = true
                    waiting.append(from)
                }
            }
        }
        return able.map { !$0 }
    }

    /// Whether the case has ended, or the region has.
    private func isAtEnd(_ situation: Int) -> Bool {
        guard let local = local(situation) else { return true }
        if local.instance.isFinished { return true }
        guard let path = terrain.region(of: node).path else { return false }
        let chart = explorer.model.cut(of: seat).chart
        return local.active.contains { id in
            guard id.hasPrefix(path + "."), !id.dropFirst(path.count + 1).contains("."), let number = chart.number(of: id)
            else {
                return id == path && chart.number(of: id).map { chart.states[$0].kind == .final } ?? false
            }
            return chart.states[number].kind == .final
        }
    }

    /// Of the situations that are stuck, those in which the region no longer moves, the nearest first.
    private func rest(of stuck: [Bool]) -> [Int] {
        var moves = [Bool](repeating: false, count: stuck.count)
        for edge in explorer.edges where stuck[Int(edge.from)] && leaf(Int(edge.from))?.path != leaf(Int(edge.to))?.path {
            moves[Int(edge.from)] = true
        }
        var waiting = moves.indices.filter { moves[$0] }
        while let situation = waiting.popLast() {
            for index in into[situation] {
                let from = Int(explorer.edges[Int(index)].from)
                if stuck[from], !moves[from] {
                    moves[from] = true
                    waiting.append(from)
                }
            }
        }
        return stuck.indices.filter { stuck[$0] && !moves[$0] }
    }

    /// The innermost active state of the region.
    private func leaf(_ situation: Int) -> StateNote? {
        guard let local = local(situation) else { return nil }
        let region = terrain.region(of: node).path
        let id = local.active.first { id in region.map { id == $0 || id.hasPrefix($0 + ".") } ?? true } ?? local.active.first
        return workflow.states.first { $0.path == id }
    }
}
