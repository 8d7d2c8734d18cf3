import Calendars
import Statecharts

/// A workflow as a picture: its states in one another, the ways between them, and, for a case, where it is and has been.
public struct WorkflowDiagram: Sendable {
    /// Where a case stands and by which way it came.
    public struct Way: Sendable {
        /// The atomic states (chart ids) that are active.
        public var now: Set<String>
        /// Atomic states in the order in which they were first entered.
        public var been: [String]
        /// Indexes of the workflow's transitions that were taken.
        public var taken: Set<Int>

        public init(now: Set<String> = [], been: [String] = [], taken: Set<Int> = []) {
            self.now = now
            self.been = been
            self.taken = taken
        }
    }

    /// A state as it is drawn.
    struct Box {
        var id: String
        var name: String
        var kind: StateKind
        var isChoice: Bool
        var owes: String?
        var children: [Int]
        var parent: Int
        /// Where it starts; empty where all its children do, or it has none.
        var starts: [Int]
    }

    /// A way from one state to another.
    struct Arrow {
        var from: Int
        var to: Int
        var label: String
        var isTaken: Bool
    }

    let title: String
    let way: Way
    /// By the chart's numbers; the root is 0.
    private(set) var boxes: [Box] = []
    private(set) var arrows: [Arrow] = []

    public init(_ workflow: Workflow, way: Way = Way()) {
        title = workflow.title
        self.way = way
        for (number, state) in workflow.chart.states.enumerated() {
            let note = number == 0 ? workflow.states.first : workflow.states[state.tag]
            boxes.append(
                Box(
                    id: state.id, name: String(state.id.split(separator: ".").last ?? ""), kind: state.kind,
                    isChoice: number > 0 && (note?.isSynthetic ?? false), owes: note?.duty.map { Self.owed($0) }, children: [],
                    parent: state.parent, starts: (note?.start ?? []).compactMap { workflow.chart.number(of: $0) }))
            if number > 0 { boxes[state.parent].children.append(number) }
        }
        for number in boxes.indices where boxes[number].starts.isEmpty && boxes[number].kind != .parallel {
            boxes[number].starts = boxes[number].children.prefix(1).map { $0 }
        }
        for (index, note) in workflow.transitions.enumerated() {
            guard let source = workflow.chart.number(of: chartID(of: note, in: workflow)) else { continue }
            for target in note.targets {
                guard let target = workflow.chart.number(of: target) else { continue }
                arrows.append(
                    Arrow(
                        from: source, to: target, label: Self.label(of: note, in: workflow), isTaken: way.taken.contains(index))
                )
            }
        }
    }

    private func chartID(of note: TransitionNote, in workflow: Workflow) -> String {
        workflow.chart.states.first { $0.tag == note.source && !$0.id.isEmpty }?.id ?? workflow.states[note.source].path
    }

    private static func owed(_ duty: DutyDefinition) -> String {
        let title = duty.title.segments.map { segment in
            switch segment {
            case .words(let words): words
            case .value: "…"
            }
        }.joined()
        return "\(role(duty.of)): \(title)"
    }

    private static func role(_ role: Role) -> String {
        switch role {
        case .ofBody(let name), .ofOrganisation(let name), .variable(let name): name
        default: String(describing: role)
        }
    }

    private static func label(of note: TransitionNote, in workflow: Workflow) -> String {
        let trigger =
            switch note.trigger {
            case .command(let name), .event(let name): name
            case .once(let name): name.isEmpty ? "" : "once \(name)"
            case .moment(let number): "at \(workflow.moments[number].rule.text)"
            case .then: "when all have ended"
            case .initial: ""
            }
        let parts = [trigger, note.question.map { "[\($0)]" } ?? ""].filter { !$0.isEmpty }
        return parts.joined(separator: " ")
    }
}

extension WorkflowDiagram {
    /// The states that hold this one, from the nearest outwards, the root last.
    func holders(of number: Int) -> [Int] {
        var found: [Int] = []
        var next = number
        while next != 0 {
            next = boxes[next].parent
            found.append(next)
        }
        return found
    }

    /// The place of the state among those where the case has been, from 1.
    func turn(of box: Box) -> Int? { way.been.firstIndex(of: box.id).map { $0 + 1 } }
}
