import Calendars
import Diagnostics
import Governance
import Journals
public import Workflows

/// The checked workflows, rule packs, holiday tables and zones of a workspace.
public struct Definitions: Sendable {
    /// A text with the name of what it defines.
    public struct Text: Sendable, Hashable {
        /// `workflow`, `rules` or `holidays`.
        public var kind: String
        public var name: String
        public var text: String
    }

    /// The workflows in force, by name.
    public let workflows: [String: Workflow]
    /// The texts of the workflows in force, by hash.
    public let texts: [String: Text]
    /// The texts of the rule packs, with bodies' own values, and holiday tables in force, by hash.
    public let ruleTexts: [String: Text]
    let standard: Rulebook.Binding
    /// What binds the bodies that have settings of their own, by the body's name.
    let ofBodies: [String: Rulebook.Binding]
    let reminderTime: CivilTime

    /// The rule packs, by name, that leave holidays out of a count while no holiday table is in force.
    var packsWithoutHolidays: [String] {
        let bindings = [standard] + ofBodies.sorted { $0.key < $1.key }.map(\.value)
        return bindings.filter { $0.holidaysHash == nil && $0.pack.countsByHolidays }.map(\.pack.name)
    }

    /// The rulebook for the bodies that there are.
    func rulebook(bodies: [ID: Body], pinned: PinnedTexts = PinnedTexts()) -> Rulebook {
        var bindings: [ID: Rulebook.Binding] = [:]
        for body in bodies.values { if let binding = ofBodies[body.name] { bindings[body.id] = binding } }
        return Rulebook(
            workflows: workflows, pinned: pinned.workflows, pinnedPacks: pinned.packs, pinnedTables: pinned.tables,
            bindings: bindings, standard: standard, reminderTime: reminderTime)
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

/// Earlier texts that open cases are pinned to, read anew.
struct PinnedTexts: Sendable {
    var workflows: [String: Workflow] = [:]
    var packs: [String: RulePack] = [:]
    var tables: [String: HolidayTable] = [:]
}
