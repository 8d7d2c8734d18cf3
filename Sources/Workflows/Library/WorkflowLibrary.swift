import Diagnostics
import YAML

/// The text of a workflow's file with the hash to which cases are pinned.
public struct WorkflowSource: Sendable {
    public var text: SourceText
    public var hash: String

    public init(_ text: SourceText, hash: String) {
        self.text = text
        self.hash = hash
    }
}

/// Workflows that were checked together.
public struct WorkflowLibrary: Sendable {
    /// Those without an error, in the order of their files.
    public let workflows: [Workflow]
    /// All that was found, in the order of files and places.
    public let findings: [Finding]
    /// The names of all that could be read, faulty ones among them; nil where a file could not.
    public let names: Set<String>?
    /// Where the workflows, faulty ones among them, give something to roles.
    public let roleMentions: [RoleMention]
    /// The roles that workflows declare, with what they are held for: an organisation or a body.
    public let roles: [String: SubjectKind]

    /// Reads and checks workflows that tell each other words and start each other's cases.
    /// - Parameter templates: the names of the documents that there are; nil where they are not known.
    public init(checking sources: [WorkflowSource], templates: Set<String>? = nil) {
        var findings: [Finding] = []
        var unchecked: [UncheckedWorkflow] = []
        for source in sources {
            let (workflow, found) = readWorkflow(source.text, hash: source.hash)
            findings += found
            guard let workflow else { continue }
            if let first = unchecked.first(where: { $0.name.text == workflow.name.text }) {
                findings.append(Self.taken(workflow, first))
            } else {
                unchecked.append(workflow)
            }
        }
        roleMentions = unchecked.flatMap(\.roleMentions)
        let read = Set(unchecked.map(\.name.text))
        let outlines = unchecked.map { ($0.name.text, Outline($0, among: read)) }
        let surroundings = Surroundings(outlines: Dictionary(uniqueKeysWithValues: outlines), templates: templates)
        roles = surroundings.roles
        var workflows: [Workflow] = []
        for workflow in unchecked {
            var checker = Checker(workflow, surroundings)
            let checked = checker.check()
            findings += checker.log.findings
            let isSound = !findings.contains { $0.file == workflow.file && $0.severity == .error }
            if isSound, let checked { workflows.append(checked) }
        }
        let between = LibraryFindings(surroundings, order: unchecked.map(\.name.text)).findings
        if unchecked.count < sources.count { findings.removeAll { Self.restsOnOthers.contains($0.code) } }
        let faulty = Set(between.filter { $0.severity == .error }.map(\.file))
        self.workflows = workflows.filter { !faulty.contains($0.file) }
        let isWhole = unchecked.count == sources.count
        names = isWhole ? read : nil
        self.findings = (isWhole ? findings + between : findings).sorted()
    }

    /// What cannot be said while one of the files cannot be read: it may be there that the word is told, or the case defined.
    private static let restsOnOthers = Set(
        [FindingCode.neverTold, .neverHeard, .unknownWorkflow, .unknownPath, .notAnnounced, .badStart].map(\.name))

    public subscript(name: String) -> Workflow? { workflows.first { $0.name == name } }

    private static func taken(_ second: UncheckedWorkflow, _ first: UncheckedWorkflow) -> Finding {
        Finding(
            code: FindingCode.workflowTaken.name, file: second.file, range: second.name.range,
            message: "the workflow `\(second.name.text)` is defined twice",
            related: [.init(file: first.file, range: first.name.range, message: "it is defined here first")])
    }
}
