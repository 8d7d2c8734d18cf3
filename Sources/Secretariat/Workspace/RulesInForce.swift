import Diagnostics
public import Governance

/// Finds the rules of one kind of body by name, in a workspace or in what is shipped, without opening a journal.
public struct RulesInForce {
    private let settings: Settings
    private let settingsSource: SourceText
    private let folders: [String]

    /// - Parameter folder: the workspace, if there is one: its settings and its own files go before those shipped.
    public init(folder: String?, shelf: Shelf) throws {
        folders = (folder.map { [Disk.joined($0, "Workflows")] } ?? []) + [shelf.workflows]
        guard let folder else {
            settings = Settings(society: "")
            settingsSource = SourceText(name: Workspace.settingsName, text: "")
            return
        }
        let path = Disk.joined(folder, Workspace.settingsName)
        let (read, source, findings) = Settings.read(bytes: try Disk.read(path), name: path)
        guard let read else { throw WorkspaceFailure.findings(findings, sources: [path: source]) }
        settings = read
        settingsSource = source
    }

    /// What binds a body that goes by these: a rule pack, a holiday table (`none` for no holidays) and a zone, each by its name; the
    /// workspace's where left out. The workspace's own values go with its own pack only.
    public func binding(pack: String? = nil, holidays: String? = nil, zone: String? = nil) throws -> Rulebook.Binding {
        var wanted = settings
        if let pack, pack != settings.rules {
            wanted.rules = pack
            wanted.policies = [:]
        }
        if let zone { wanted.zone = zone }
        if let holidays { wanted.holidays = holidays == Settings.noHolidays ? nil : holidays }
        let reader = DefinitionReader(rulesOf: wanted, settingsSource: settingsSource, folders: folders)
        if let binding = reader.standard { return binding }
        let named = reader.findings.first { $0.code == DefinitionReader.unknownName }
        if let named { throw LookupFailure(named.message, nearest: named.nearest) }
        throw WorkspaceFailure.findings(reader.findings, sources: reader.sources)
    }
}
