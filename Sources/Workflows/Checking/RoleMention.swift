import YAML

/// A place in a workflow's file where something is given to roles: any of them may give a command, the one owes a duty, is told above
/// it, or gets a mail.
public struct RoleMention: Sendable, Hashable {
    public let file: String
    /// The roles of which one is enough, as they are written.
    public let words: [Word]
}

extension UncheckedWorkflow {
    /// Commands first, then the states, each in the order of the file.
    var roleMentions: [RoleMention] {
        let groups = commands.map(\.by) + StateTree(states).items.flatMap { Self.roles(of: $0.state) }
        return groups.filter { !$0.isEmpty }.map { RoleMention(file: file, words: $0) }
    }

    private static func roles(of state: UncheckedState) -> [[Word]] {
        let duty = [state.duty.map(\.of), state.duty?.escalateTo].compactMap { $0.map { [$0] } }
        return duty
            + ((state.entry + state.exit).flatMap { $0 } + state.transitions.flatMap(\.actions)).flatMap { recipients(of: $0) }
    }

    private static func recipients(of action: UncheckedAction) -> [[Word]] {
        switch action.verb {
        case .mail(let letters): letters.map(\.to)
        case .conditional(_, let first, let second): (first + second).flatMap { recipients(of: $0) }
        case .forEach(_, _, let body): body.flatMap { recipients(of: $0) }
        default: []
        }
    }
}
