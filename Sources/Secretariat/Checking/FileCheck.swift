import Calendars
public import Diagnostics
import Documents
import Governance
import Journals
public import Proofs
public import Workflows
import YAML

/// Looks at files that an author works on: workflows, rule packs, holiday tables, templates, rosters, settings.
///
/// A workflow is checked beside the others that it tells and hears: those of the same folder first, then those in force.
public struct FileCheck {
    public private(set) var findings: [Finding] = []
    public private(set) var sources: [String: SourceText] = [:]
    private let folder: String?
    private let folders: [String]
    private let templates: [String]
    private let extent: ProofExtent?

    /// - Parameters:
    ///   - folder: the workspace, if there is one.
    ///   - extent: how far the proofs go; nil for none.
    public init(folder: String?, shelf: Shelf, proving extent: ProofExtent? = nil) {
        self.extent = extent
        self.folder = folder
        folders = (folder.map { [Disk.joined($0, "Workflows")] } ?? []) + [shelf.workflows]
        templates = (folder.map { [Disk.joined($0, "Templates")] } ?? []) + [shelf.templates]
    }

    /// Checks these files, or, if there are none, all that are in force.
    public mutating func check(_ paths: [String]) throws {
        var workflows: [String] = []
        for path in paths.isEmpty ? everything : paths {
            if path.hasSuffix(".mustache") { continue }
            let source = try read(path)
            guard let source else { continue }
            if path.hasSuffix(".csv") {
                findings += RosterReading(source).findings
                continue
            }
            switch topKey(of: source) {
            case "rules": checkRules(source)
            case "holidays": findings += readHolidayTable(source).1
            case "society": findings += Settings.read(bytes: Array(source.text.utf8), name: path).findings
            case "chart": findings += readChart(source).1
            default: workflows.append(path)
            }
        }
        try check(workflows: workflows)
        if paths.isEmpty {
            try checkWorkspace()
            noteOverrides()
        }
        if paths.isEmpty || paths.contains(where: { $0.hasSuffix(".mustache") }) { try checkTemplates(paths) }
        findings.sort()
    }

    /// Says which files of the workspace go before shipped ones of the same name.
    private mutating func noteOverrides() {
        let kinds = ["", "rules", "holidays"].map { (folders, $0, DefinitionReader.ending) } + [(templates, "", ".mustache")]
        for (places, sub, ending) in kinds {
            guard places.count > 1, let own = places.first, let shipped = places.last else { continue }
            let known = Set(Disk.names(in: sub.isEmpty ? shipped : Disk.joined(shipped, sub), ending: ending))
            let folder = sub.isEmpty ? own : Disk.joined(own, sub)
            for name in Disk.names(in: folder, ending: ending) where known.contains(name) {
                let path = Disk.joined(folder, name)
                if sources[path] == nil, (try? read(path)) == nil { continue }
                findings.append(
                    Finding(
                        .note, code: FindingCode.inPlaceOfShipped.name, file: path, range: .start,
                        message: "this takes the place of the `\(name)` that is shipped"))
            }
        }
    }

    /// A rule pack, and the worked cases that it must meet, reckoned with the holiday table that it names.
    private mutating func checkRules(_ source: SourceText) {
        let (pack, found) = readRulePack(source, hash: Fingerprint.of(source.text))
        findings += found
        guard let pack else { return }
        findings += pack.findings(
            ofCasesIn: source.name, holidays: pack.holidays.flatMap { table(named: $0, beside: source.name) })
    }

    /// The holiday table of that name: from the folder beside the pack's first, then of those in force.
    private func table(named name: String, beside path: String) -> HolidayTable? {
        let own = Disk.joined(Disk.parent(of: Disk.parent(of: path)), "holidays")
        for folder in [own] + folders.map({ Disk.joined($0, "holidays") }) {
            let path = Disk.joined(folder, name + DefinitionReader.ending)
            guard Disk.exists(path), let bytes = try? Disk.read(path, limit: Bounds.bytes),
                let text = String(validating: bytes, as: UTF8.self)
            else { continue }
            return readHolidayTable(SourceText(name: path, text: text)).0
        }
        return nil
    }

    /// The workflows that are shipped, without what may be wrong with them.
    public static func workflows(of shelf: Shelf) throws -> [Workflow] {
        let texts = try Disk.names(in: shelf.workflows, ending: DefinitionReader.ending).compactMap { name -> SourceText? in
            let path = Disk.joined(shelf.workflows, name)
            return String(validating: try Disk.read(path, limit: largest), as: UTF8.self).map {
                SourceText(name: path, text: $0)
            }
        }
        return WorkflowLibrary(checking: texts.map { WorkflowSource($0, hash: Fingerprint.of($0.text)) }).workflows
    }

    private var everything: [String] {
        var seen: Set<String> = []
        return ["", "rules", "holidays"].flatMap { sub in
            folders.flatMap { folder in
                let place = sub.isEmpty ? folder : Disk.joined(folder, sub)
                return Disk.names(in: place, ending: DefinitionReader.ending).filter { seen.insert(sub + "/" + $0).inserted }
                    .map { Disk.joined(place, $0) }
            }
        }
    }

    private mutating func read(_ path: String) throws -> SourceText? {
        let bytes = try Disk.read(path, limit: Self.largest)
        guard bytes.count <= Bounds.bytes, let text = String(validating: bytes, as: UTF8.self) else {
            let read = parseYAML(bytes: bytes, name: path)
            findings += read.findings
            sources[path] = read.source
            return nil
        }
        let source = SourceText(name: path, text: text)
        sources[path] = source
        return source
    }

    private static let largest = 16 << 20

    /// The first key of the file tells what kind of file it is.
    private func topKey(of source: SourceText) -> String? {
        guard let root = parseYAML(source).0 else { return nil }
        if ChartFile.isChart(root) { return "chart" }
        let keys = root.entries?.compactMap(\.key.rawText) ?? []
        return keys.contains("society") ? "society" : keys.first { ["workflow", "rules", "holidays"].contains($0) }
    }

    private mutating func check(workflows paths: [String]) throws {
        guard !paths.isEmpty else { return }
        let all = try sourcesAround(paths)
        let shapes = TemplateLibrary(folders: templates)
        let library = WorkflowLibrary(
            checking: all.map { WorkflowSource($0, hash: Fingerprint.of($0.text)) }, templates: Set(shapes.names))
        note(DocumentCheck(library, templates: shapes).findings { paths.contains($0.file) })
        // What is wrong with the others is not what was asked.
        findings += library.findings.filter { paths.contains($0.file) }
        // Nothing can be proved of workflows that are wrong.
        if let extent, library.workflows.count == all.count {
            var prover = Prover(library.workflows, extent: extent, crew: onAllProcessors)
            findings += prover.prove(only: Set(paths)).findings
        }
        guard let folder else { return }
        var roles = RoleCheck(Self.records(of: folder, library.roles), declared: library.roles)
        roles.check(library.roleMentions.filter { paths.contains($0.file) })
        findings += roles.findings
    }

    /// The files themselves, then those beside them and those in force that they tell and hear.
    private func sourcesAround(_ paths: [String]) throws -> [SourceText] {
        var taken = Set(paths.map(fileName))
        var all = paths.compactMap { sources[$0] }
        for folder in Set(paths.map(Disk.parent(of:))).sorted() + folders {
            for name in Disk.names(in: folder, ending: DefinitionReader.ending) where taken.insert(name).inserted {
                let path = Disk.joined(folder, name)
                guard let text = String(validating: try Disk.read(path, limit: Self.largest), as: UTF8.self) else { continue }
                let source = SourceText(name: path, text: text)
                guard topKey(of: source) == "workflow" else { continue }
                all.append(source)
            }
        }
        return all
    }

    /// What the workspace's journal says of bodies and who holds which role, else its roster file.
    private static func records(of folder: String, _ roles: [String: SubjectKind]) -> Records {
        var standing = Standing()
        let journal = Disk.joined(folder, "mandate.db")
        if Disk.exists(journal), let open = try? SQLiteJournal.open(journal, for: .reading) {
            try? open.read { reading in
                for entry in try reading.entries() { standing.evolve(try Ledger.read(entry)) }
            }
            open.close()
        }
        if !standing.records.bodies.isEmpty { return standing.records }
        guard let roster = try? Disk.read(Disk.joined(folder, "roster.csv"), limit: largest),
            let text = String(validating: roster, as: UTF8.self)
        else { return standing.records }
        for record in Roster(SourceText(name: "roster.csv", text: text), in: standing, roles: roles).records {
            standing.apply(.recorded(record))
        }
        return standing.records
    }

    /// The workspace's settings and roster.
    private mutating func checkWorkspace() throws {
        guard let folder else { return }
        let settings = Disk.joined(folder, Workspace.settingsName)
        if Disk.exists(settings), let source = try read(settings) {
            let (found, _, wrong) = Settings.read(bytes: Array(source.text.utf8), name: settings)
            findings += wrong
            if let found {
                let reader = DefinitionReader(settings: found, settingsSource: source, folders: folders)
                findings += reader.findings.filter { $0.file == settings && !wrong.contains($0) }
            }
        }
        let roster = Disk.joined(folder, "roster.csv")
        if Disk.exists(roster), let source = try read(roster) { findings += RosterReading(source).findings }
    }

    private func fileName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    private mutating func checkTemplates(_ paths: [String]) throws {
        let wanted = paths.filter { $0.hasSuffix(".mustache") }
        let own = Set(wanted.map(Disk.parent(of:))).sorted()
        let library = TemplateLibrary(folders: own + templates)
        guard !wanted.isEmpty else { return note(library.check()) }
        let texts = try sourcesAround([])
        let workflows = WorkflowLibrary(checking: texts.map { WorkflowSource($0, hash: Fingerprint.of($0.text)) })
        let found = library.check() + DocumentCheck(workflows, templates: library).findings()
        note(found.filter { finding in wanted.contains { fileName($0) == fileName(finding.file) } })
    }

    /// Takes findings on templates, each once, and the texts that they point into.
    private mutating func note(_ found: [Finding]) {
        findings += found.filter { !findings.contains($0) }
        for file in Set(found.map(\.file)) where sources[file] == nil {
            if let bytes = try? Disk.read(file, limit: Self.largest), let text = String(validating: bytes, as: UTF8.self) {
                sources[file] = SourceText(name: file, text: text)
            }
        }
    }
}
