public import Calendars
public import Diagnostics
public import Documents
import Foundation
import Governance
import Journals
import Workflows

/// Why there is no workspace to work in.
public enum WorkspaceFailure: Error, Sendable, CustomStringConvertible {
    /// No folder with a mandate.yaml.
    case missing(String)
    /// Neither installed nor in a checkout: the shipped workflows are not to be found.
    case noShelf
    /// What people wrote in it is wrong.
    case findings([Finding], sources: [String: SourceText])
    /// A new one cannot bear that name.
    case misnamed(String)
    /// There is something in the way of a new one.
    case occupied(String)

    public var description: String {
        switch self {
        case .missing(let reason), .misnamed(let reason): reason
        case .noShelf:
            "the shipped workflows are not to be found; set MANDATE_SHARE to the folder that holds Workflows and Templates"
        case .findings(let findings, let sources):
            findings.map { $0.rendered(in: sources[$0.file]) }.joined(separator: "\n")
        case .occupied(let path): "\(path): there is a workspace here already"
        }
    }
}

/// A folder in which one society keeps its settings, its own workflows and templates, and its journal.
public struct Workspace: Sendable {
    public static let settingsName = "mandate.yaml"

    public let folder: String
    public let settings: Settings
    public let definitions: Definitions
    public let templates: TemplateLibrary

    /// The zone in which the society keeps its time.
    public var zone: Zone { definitions.standard.zone }
    public var journalPath: String { Disk.joined(folder, "mandate.db") }
    public var filesPath: String { Disk.joined(folder, "files") }
    public var rosterPath: String { Disk.joined(folder, "roster.csv") }

    /// The folder meant: the one named, else `MANDATE_WORKSPACE`, else the nearest above the current one that holds a mandate.yaml.
    public static func find(
        named folder: String?, environment: [String: String] = ProcessInfo.processInfo.environment,
        from current: String = Disk.currentFolder
    ) throws(WorkspaceFailure) -> String {
        guard folder != "" else { throw .misnamed("the workspace that --workspace names is empty") }
        if let named = folder ?? environment["MANDATE_WORKSPACE"], !named.isEmpty {
            guard Disk.exists(Disk.joined(named, settingsName)) else {
                throw .missing("\(named): there is no workspace here (no \(settingsName)); `mandate init \(named)` makes one")
            }
            return Disk.wholePath(named)
        }
        var folder = Disk.wholePath(current)
        while !Disk.exists(Disk.joined(folder, settingsName)) {
            guard folder != "/" else {
                throw .missing(
                    "there is no workspace here or above (no \(settingsName)); name one with --workspace or make one with `mandate init`"
                )
            }
            folder = Disk.parent(of: folder)
        }
        return folder
    }

    /// Reads the workspace: settings, workflows, rule packs, holiday tables, zones. Everything that is wrong is told at once.
    public init(folder: String, shelf: Shelf) throws {
        let path = Disk.joined(folder, Self.settingsName)
        let (settings, source, findings) = Settings.read(bytes: try Disk.read(path, limit: Self.largestSettings), name: path)
        guard let settings else { throw WorkspaceFailure.findings(findings, sources: [path: source]) }
        let library = DefinitionReader(
            settings: settings, settingsSource: source, folders: [Disk.joined(folder, "Workflows"), shelf.workflows])
        guard let definitions = library.definitions else {
            throw WorkspaceFailure.findings(library.findings.filter { $0.severity == .error }, sources: library.sources)
        }
        self.folder = folder
        self.settings = settings
        self.definitions = definitions
        templates = TemplateLibrary(folders: [Disk.joined(folder, "Templates"), shelf.templates])
    }

    private static let largestSettings = 1 << 21
}

extension Workspace {
    /// Makes a new workspace with commented files to begin with; nothing that is there is written over.
    public static func create(at folder: String, society: String) throws {
        try check(folder, as: "the folder's name")
        try check(society, as: "the society's name")
        guard !Disk.exists(Disk.joined(folder, settingsName)), !Disk.exists(Disk.joined(folder, "mandate.db")) else {
            throw WorkspaceFailure.occupied(folder)
        }
        for name in ["", "Workflows", "Templates", "files", "mail"] { try Disk.makeFolder(Disk.joined(folder, name)) }
        let journal = try SQLiteJournal.create(at: Disk.joined(folder, "mandate.db"))
        journal.close()
        if !Disk.exists(Disk.joined(folder, "roster.csv")) {
            try Disk.write(FirstFiles.roster, to: Disk.joined(folder, "roster.csv"))
        }
        // What the modeline of a workflow copied from those shipped names.
        let schema = Disk.joined(folder, "Workflows/workflow.schema.json")
        if !Disk.exists(schema) { try Disk.write(WorkflowSchema.text, to: schema) }
        try Disk.write(FirstFiles.settings(society: society), to: Disk.joined(folder, settingsName))
    }

    /// A name is something that people can read.
    private static func check(_ name: String, as what: String) throws(WorkspaceFailure) {
        guard name.contains(where: { !$0.isWhitespace }) else { throw .misnamed("\(what) is empty") }
        guard !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw .misnamed("\(what) holds a control character")
        }
    }
}
