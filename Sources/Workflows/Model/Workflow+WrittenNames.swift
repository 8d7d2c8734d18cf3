import CEL
import Statecharts

extension Workflow {
    /// The keys of the maps that its actions write: `{'what': event.changes, 'at': now}` writes `what` and `at`.
    public var writtenKeys: Set<String> {
        var keys: Set<String> = []
        func collect(_ states: [StateDefinition]) {
            for state in states {
                for block in state.entry + state.exit + state.transitions.map(\.actions) + [state.initial?.actions ?? []] {
                    for action in block { keys.formUnion(action.writtenKeys) }
                }
                collect(state.states)
            }
        }
        collect(definition.states)
        return keys
    }
}

extension Action {
    fileprivate var writtenKeys: Set<String> {
        switch self {
        case .assign(_, let program, _): program.text.quotedKeys
        case .effect(_, let arguments): arguments.reduce(into: []) { $0.formUnion($1.text.quotedKeys) }
        case .conditional(let branches, let otherwise):
            (branches.flatMap(\.actions) + otherwise).reduce(into: []) { $0.formUnion($1.writtenKeys) }
        case .forEach(_, _, _, let body, _): body.reduce(into: []) { $0.formUnion($1.writtenKeys) }
        case .raise, .send, .cancel, .log: []
        }
    }
}

extension String {
    /// The quoted words before a colon.
    fileprivate var quotedKeys: Set<String> {
        var keys: Set<String> = []
        var open: (mark: Character, from: Index)?
        for place in indices {
            guard let quote = open else {
                if self[place] == "'" || self[place] == "\"" { open = (self[place], index(after: place)) }
                continue
            }
            guard self[place] == quote.mark else { continue }
            if self[index(after: place)...].first(where: { $0 != " " }) == ":" { keys.insert(String(self[quote.from..<place])) }
            open = nil
        }
        return keys
    }
}
