import Calendars
import Diagnostics
public import Governance
import Journals
public import Workflows

/// The checked workflows, rule packs, holiday tables and zones of a workspace.
public struct Definitions: Sendable {
    /// A text with the name of what it defines.
    public struct Text: Sendable, Hashable {
        public var name: String
        public var text: String
    }

    /// The workflows in force, by name.
    public let workflows: [String: Workflow]
    /// The texts of the workflows in force, by hash.
    public let texts: [String: Text]
    let standard: Rulebook.Binding
    /// What binds the bodies that have settings of their own, by the body's name.
    let ofBodies: [String: Rulebook.Binding]
    let reminderTime: CivilTime

    /// The rulebook for the bodies that there are.
    public func rulebook(bodies: [ID: Body], pinned: [String: Workflow]) -> Rulebook {
        var bindings: [ID: Rulebook.Binding] = [:]
        for body in bodies.values { if let binding = ofBodies[body.name] { bindings[body.id] = binding } }
        return Rulebook(
            workflows: workflows, pinned: pinned, bindings: bindings, standard: standard, reminderTime: reminderTime)
    }

    /// An earlier text that a case is pinned to, checked anew beside the workflows in force; nil if this program no longer
    /// understands it.
    func workflow(from kept: Definition) -> Workflow? {
        var sources = texts.filter { $0.value.name != kept.name }.map { hash, text in
            WorkflowSource(SourceText(name: text.name, text: text.text), hash: hash)
        }
        sources.append(WorkflowSource(SourceText(name: kept.name, text: kept.text), hash: kept.hash))
        return WorkflowLibrary(checking: sources).workflows.first { $0.hash == kept.hash }
    }
}
