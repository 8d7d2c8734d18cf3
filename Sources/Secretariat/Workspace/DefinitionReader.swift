import Calendars
import Diagnostics
import Governance
import Journals
import Workflows
import YAML

/// Reads workflows, rule packs and holiday tables from folders, of which the first that has a file of a name is taken, and works
/// out what binds whom. Everything that is wrong is collected.
struct DefinitionReader {
    private(set) var findings: [Finding] = []
    private(set) var sources: [String: SourceText] = [:]
    /// Nil where a finding is an error.
    private(set) var definitions: Definitions?
    /// What binds a body without settings of its own; nil where a finding is an error.
    private(set) var standard: Rulebook.Binding?
    /// The texts of rule packs and holiday tables in force, by hash.
    private var ruleTexts: [String: Definitions.Text] = [:]
    private let settings: Settings
    let settingsSource: SourceText
    private let folders: [String]

    static let ending = ".yaml"

    init(settings: Settings, settingsSource: SourceText, folders: [String], templates: Set<String>? = nil) {
        self.settings = settings
        self.settingsSource = settingsSource
        self.folders = folders
        sources[settingsSource.name] = settingsSource
        let library = readWorkflows(templates)
        let standard = binding(
            rules: settings.rules, holidays: settings.holidays, zone: settings.zone, policies: settings.policies,
            body: nil)
        var ofBodies: [String: Rulebook.Binding] = [:]
        for (name, body) in settings.bodies {
            ofBodies[name] = binding(
                rules: body.rules ?? settings.rules, holidays: body.holidays ?? settings.holidays,
                zone: body.zone ?? settings.zone, policies: settings.policies.merging(body.policies) { $1 }, body: name)
        }
        findings.sort()
        guard let standard, !findings.contains(where: { $0.severity == .error }) else { return }
        definitions = Definitions(
            workflows: Dictionary(library.map { ($0.name, $0) }) { first, _ in first },
            texts: Dictionary(
                library.compactMap { it in
                    sources[it.file].map { (it.hash, .init(kind: "workflow", name: it.name, text: $0.text)) }
                }
            ) {
                first, _ in first
            },
            ruleTexts: ruleTexts, standard: standard, ofBodies: ofBodies, reminderTime: settings.remindersAt)
    }

    /// Remembers a text by which bodies go, so that it can be kept for the cases that are pinned to it.
    mutating func keep(_ kind: String, _ name: String, hash: String, _ text: String) {
        ruleTexts[hash] = Definitions.Text(kind: kind, name: name, text: text)
    }

    /// Reads what binds a body by the settings, and nothing else.
    init(rulesOf settings: Settings, settingsSource: SourceText, folders: [String]) {
        self.settings = settings
        self.settingsSource = settingsSource
        self.folders = folders
        let found = binding(
            rules: settings.rules, holidays: settings.holidays, zone: settings.zone, policies: settings.policies, body: nil)
        findings.sort()
        standard = findings.contains { $0.severity == .error } ? nil : found
    }

    private mutating func readWorkflows(_ templates: Set<String>?) -> [Workflow] {
        let texts = files(in: "").compactMap { read($0) }
        let library = WorkflowLibrary(
            checking: texts.map { WorkflowSource($0, hash: Fingerprint.of($0.text)) }, templates: templates)
        findings += library.findings
        return library.workflows
    }

    /// The paths of the files in a folder of the shelves, by name, the first shelf's before the second's.
    private func files(in subfolder: String) -> [String] {
        var taken: Set<String> = []
        var paths: [String] = []
        for folder in folders {
            let place = subfolder.isEmpty ? folder : Disk.joined(folder, subfolder)
            for name in Disk.names(in: place, ending: Self.ending) where taken.insert(name).inserted {
                paths.append(Disk.joined(place, name))
            }
        }
        return paths.sorted()
    }

    private mutating func read(_ path: String) -> SourceText? {
        do {
            let bytes = try Disk.read(path, limit: Bounds.bytes)
            guard let text = String(validating: bytes, as: UTF8.self) else {
                // The reader of YAML says where.
                findings += parseYAML(bytes: bytes, name: path).findings
                return nil
            }
            let source = SourceText(name: path, text: text)
            sources[path] = source
            return source
        } catch {
            findings.append(Finding(code: "MR030", file: path, range: .start, message: "\(error)"))
            return nil
        }
    }
}

// Files by their names.
extension DefinitionReader {
    /// A file that several bodies go by is found faulty once.
    mutating func add(_ found: [Finding]) {
        for finding in found where !findings.contains(finding) { findings.append(finding) }
    }

    mutating func named(_ name: String, in subfolder: String, what: String) -> SourceText? {
        let paths = files(in: subfolder)
        let wanted = name + Self.ending
        if let path = paths.first(where: { $0.hasSuffix("/" + wanted) }) { return sources[path] ?? read(path) }
        let names = paths.compactMap { $0.split(separator: "/").last.map { String($0.dropLast(Self.ending.count)) } }
        note(name, "there is no \(what) `\(name)`", expected: oneOf(names), nearest: nearestName(to: name, among: names))
        return nil
    }

    mutating func zone(_ name: String) -> Zone? {
        switch Zones.read(name) {
        case .success(let zone): return zone
        case .failure(.unknown): note(name, "there is no time zone `\(name)`", expected: "a name such as Europe/London")
        case .failure(.broken(let reason)): note(name, "the time zone `\(name)` cannot be read: \(reason)")
        }
        return nil
    }

    /// The code of a remark on a name that means nothing.
    static let unknownName = "MR031"

    /// A warning that the rules ask for holidays and none are known.
    mutating func noteNoHolidays(_ pack: RulePack) {
        add([
            Finding(
                .warning, code: Self.noHolidays, file: settingsSource.name,
                range: settingsSource.range(ofScalar: Settings.noHolidays),
                message:
                    "no holiday is known, and `\(pack.name)` leaves holidays out of the count: every weekday counts as a working day",
                expected: "a holiday table such as england-and-wales, where people have days off")
        ])
    }

    /// The code of the warning that days are counted without holidays.
    static let noHolidays = "MR032"

    /// A remark on a word of mandate.yaml, at the place where it stands.
    private mutating func note(_ word: String, _ message: String, expected: String? = nil, nearest: String? = nil) {
        let range = settingsSource.range(ofScalar: word)
        add([
            Finding(
                code: Self.unknownName, file: settingsSource.name, range: range, message: message, expected: expected,
                nearest: nearest)
        ])
    }
}

extension SourceText {
    /// The place of the scalar with this text; the start where there is none.
    fileprivate func range(ofScalar word: String) -> SourceRange {
        parseYAML(self).0.flatMap { $0.range(ofScalar: word) } ?? .start
    }
}

extension Node {
    fileprivate func range(ofScalar word: String) -> SourceRange? {
        if rawText == word { return range }
        for item in elements ?? [] { if let found = item.range(ofScalar: word) { return found } }
        for entry in entries ?? [] { if let found = entry.value.range(ofScalar: word) { return found } }
        return nil
    }
}
