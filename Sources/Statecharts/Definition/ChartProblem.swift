import Diagnostics

/// One thing that is wrong, or odd, about a chart's definition, with the place of the element.
public struct ChartProblem: Sendable, Hashable, CustomStringConvertible {
    /// What it is about; the caller maps it to the code of a finding.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case emptyChart, emptyID, duplicateID, tooManyStates, tooDeep
        case unknownTarget, conflictingTargets, targetOutside
        case childlessCompound, emptyParallel, atomicWithChildren, finalWithChildren, finalWithTransitions
        case historyOutside, historyWithContent, historyDefault
        case duplicateVariable, unknownVariable, unknownHome
        case unreachableState, shadowedTransition
    }

    public var kind: Kind
    public var severity: Finding.Severity
    public var message: String
    /// The place of the element in the caller's text.
    public var origin: SourceRange?
    /// The correct name that is nearest to what was written.
    public var nearest: String?
    /// Another place that helps: the first of two definitions, the transition that shadows.
    public var related: SourceRange?

    public var description: String { "\(severity.rawValue): \(message)" }
}

/// Why a definition is no chart: all its problems at once, in document order.
public struct ChartProblems: Error, Sendable, CustomStringConvertible {
    public var problems: [ChartProblem]

    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
