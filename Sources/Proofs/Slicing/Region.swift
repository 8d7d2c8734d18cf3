import CEL
import Statecharts
import Workflows

/// A part of a workflow that goes its own way: one region of an outermost `parallel:`, or the whole where there is none. What lies
/// outside of all regions, the trunk, counts as part of each.
struct Region {
    /// The path of the region's state; nil for a whole workflow.
    var path: String?
    /// How many atomic configurations it has at most, roughly.
    var size: Int
    var facts = RegionFacts()
}

/// What a region reads and does, by which it depends on others and others on it.
struct RegionFacts {
    /// Words under `on:`.
    var heard: Set<String> = []
    /// Words under `once:`.
    var awaited: Set<String> = []
    /// Words announced or told.
    var told: Set<String> = []
    var started: Set<String> = []
    var assigned: Set<String> = []
    /// Commands taken, and those of them that may be refused.
    var commands: Set<String> = []
    var refusable: Set<String> = []
    /// Guards, conditions, needs and subjects: what decides.
    var deciding: [Program] = []
    var hasCaps = false

    mutating func formUnion(_ other: RegionFacts) {
        heard.formUnion(other.heard)
        awaited.formUnion(other.awaited)
        told.formUnion(other.told)
        started.formUnion(other.started)
        assigned.formUnion(other.assigned)
        commands.formUnion(other.commands)
        refusable.formUnion(other.refusable)
        deciding += other.deciding
        hasCaps = hasCaps || other.hasCaps
    }
}

/// A workflow with its regions.
final class Anatomy: @unchecked Sendable {  // nothing changes once it is made
    let workflow: Workflow
    private(set) var regions: [Region] = []
    /// The paths of the outermost parallel states.
    private(set) var parallels: [String] = []
    /// Variables that stand for the members of a list while it is gone through; nothing is known of them.
    private(set) var loose: Set<String> = []
    /// Parallel states for whose end a transition waits.
    private(set) var awaitedEnds: Set<String> = []
    /// Events that a case sends itself with a delay.
    private(set) var sentWords: Set<String> = []
    /// The regions of a state, by each way in which `in('path')` may name it.
    private var askedRegions: [String: Set<Int>] = [:]

    init(_ workflow: Workflow) {
        self.workflow = workflow
        var trunk = RegionFacts()
        for state in workflow.definition.states { walk(state, &trunk) }
        if regions.isEmpty {
            regions = [Region(path: nil, size: workflow.definition.states.reduce(0) { $0 + Self.size(of: $1) })]
        }
        for index in regions.indices { regions[index].facts.formUnion(trunk) }
        awaitedEnds = Set(
            workflow.transitions.compactMap { note in note.trigger == .then ? workflow.states[note.source].path : nil })
        noteAskedRegions()
    }

    private func walk(_ state: StateDefinition, _ trunk: inout RegionFacts) {
        gather(state, &trunk)
        guard state.kind == .parallel else {
            for child in state.states { walk(child, &trunk) }
            return
        }
        parallels.append(state.id)
        for child in state.states {
            var facts = RegionFacts()
            gatherAll(child, &facts)
            regions.append(Region(path: child.id, size: Self.size(of: child), facts: facts))
        }
    }

    private func gatherAll(_ state: StateDefinition, _ facts: inout RegionFacts) {
        gather(state, &facts)
        for child in state.states { gatherAll(child, &facts) }
    }

    private static func size(of state: StateDefinition) -> Int {
        switch state.kind {
        case .atomic: state.id.hasSuffix("(initial)") ? 0 : 1
        case .final: 1
        case .history: 0
        case .compound: state.states.reduce(0) { $0 + size(of: $1) }
        case .parallel: state.states.reduce(1) { $0 * max(1, size(of: $1)) }
        }
    }
}

// What a state reads and does.
extension Anatomy {
    private func gather(_ state: StateDefinition, _ facts: inout RegionFacts) {
        if workflow.states.indices.contains(state.tag) {
            let note = workflow.states[state.tag]
            if let word = note.announce { facts.told.insert(word) }
            if note.participation != nil { facts.hasCaps = true }
        }
        for block in state.entry + state.exit { gather(block, &facts) }
        for transition in state.transitions { gather(transition, &facts) }
    }

    private func gather(_ transition: TransitionDefinition, _ facts: inout RegionFacts) {
        gather(transition.actions, &facts)
        if let program = transition.guard { facts.deciding.append(program) }
        guard workflow.transitions.indices.contains(transition.tag) else { return }
        let note = workflow.transitions[transition.tag]
        for case .condition(let name) in note.needs {
            if let condition = workflow.conditions[name] { facts.deciding.append(condition.program) }
        }
        switch note.trigger {
        case .command(let name):
            facts.commands.insert(name)
            if !note.needs.isEmpty { facts.refusable.insert(name) }
        case .event(let word): facts.heard.insert(word)
        case .once(let word) where !word.isEmpty && workflow.conditions[word] == nil: facts.awaited.insert(word)
        default: break
        }
    }

    private func gather(_ actions: [Action], _ facts: inout RegionFacts) {
        for action in actions {
            switch action {
            case .raise(let event, _): facts.told.insert(event)
            case .assign(let variable, _, _): facts.assigned.insert(variable)
            case .conditional(let branches, let otherwise):
                for branch in branches {
                    facts.deciding.append(branch.guard)
                    gather(branch.actions, &facts)
                }
                gather(otherwise, &facts)
            case .forEach(let item, _, _, let body, _):
                loose.insert(item)
                gather(body, &facts)
            case .effect(let tag, let arguments): gather(tag, arguments, &facts)
            case .send(let sending): if case .constant(let word) = sending.event { sentWords.insert(word) }
            case .cancel, .log: break
            }
        }
    }

    private func gather(_ tag: Int, _ arguments: [Program], _ facts: inout RegionFacts) {
        guard workflow.effects.indices.contains(tag) else { return }
        switch workflow.effects[tag] {
        case .tell(let event, let about, _):
            facts.told.insert(event)
            facts.deciding += about.values.sorted().map { arguments[$0] }
        case .start(let name, let subjects, _, _):
            facts.started.insert(name)
            facts.deciding += subjects.values.sorted().map { arguments[$0] }
        case .mail, .draft: break
        }
    }
}

// Where things are.
extension Anatomy {
    /// The region in which the state lies; nil for the trunk and for a workflow that is one region.
    func region(of path: String) -> Int? {
        regions.firstIndex { region in region.path.map { path == $0 || path.hasPrefix($0 + ".") } ?? false }
    }

    /// The regions in which a state lies to which the path leads, as `in('path')` looks it up; empty if no state does.
    func regions(asked path: String) -> Set<Int> { askedRegions[path] ?? [] }

    private func noteAskedRegions() {
        for note in workflow.states {
            let found = region(of: note.path).map { [$0] } ?? Set(regions.count == 1 ? [0] : Array(regions.indices))
            let parts = note.path.split(separator: ".")
            for start in parts.indices { askedRegions[parts[start...].joined(separator: "."), default: []].formUnion(found) }
        }
    }

    /// The program with the programs of the conditions that it names, each once.
    func unfolded(_ program: Program) -> [Program] {
        var found = [program]
        var seen: Set<String> = []
        var index = 0
        while index < found.count {
            for name in found[index].names where seen.insert(name).inserted {
                if let condition = workflow.conditions[name] { found.append(condition.program) }
            }
            index += 1
        }
        return found
    }
}

extension Program {
    /// The paths in `in('path')` of other cases, and those in `In('path')` of this one.
    var askedStates: (others: [String], own: [String]) {
        var others: [String] = []
        var own: [String] = []
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "'" || $0 == "\"" }.map(String.init)
        for (before, inside) in zip(parts, parts.dropFirst()) {
            if before.hasSuffix(".in(") { others.append(inside) }
            if before.hasSuffix("In(") { own.append(inside) }
        }
        return (others, own)
    }

    /// Whether the answer hangs on what people may do on an item.
    var asksParticipation: Bool { text.contains("may(") || text.contains("took_part") }
}
