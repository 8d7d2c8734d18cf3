import Diagnostics
import Foundation
import Mustache

/// The templates of a workspace over those that are shipped, read and compiled once.
///
///     let library = TemplateLibrary(folders: [workspace + "/Templates", shipped])
///     let page = try library.render(AgendaView(...), as: .html)
///
/// Where two folders have a file of the same name, the first folder's is taken, even if it is faulty: `findings` says so, and
/// rendering it fails. Partials are templates of the same folders, `layout` is the page around HTML.
public struct TemplateLibrary: Sendable {
    /// How deep partials may include one another.
    public static let deepestPartial = 16
    /// How many partials a template may include in all, those of its partials with them.
    public static let mostPartials = 1_000
    /// The largest document that is laid out: 16 MiB of Markdown.
    public static let largestDocument = 16 * 1024 * 1024
    /// The name of the HTML page around a document; it alone is HTML and not Markdown.
    public static let layout = "layout"

    struct Template: Sendable {
        var path: String
        var outline: TemplateOutline
        var findings: [Finding]
        var compiled: MustacheTemplate?
    }

    public let folders: [String]
    /// The language of the documents, as HTML names it.
    public let language: String
    /// All that is wrong with the files as such; for names of values see `check()`.
    public let findings: [Finding]
    let templates: [String: Template]
    let compiled: MustacheLibrary

    /// Reads the folders; one that does not exist holds nothing.
    public init(folders: [String], language: String = "en-GB") {
        var files: [(name: String, path: String, text: Result<String, TemplateFile.Refusal>)] = []
        var findings: [Finding] = []
        var seen: Set<String> = []
        for folder in folders {
            for file in TemplateFile.names(in: folder) {
                let name = Self.templateName(of: String(file.dropLast(TemplateFile.ending.count)))
                let path = folder + "/" + file
                guard Self.isName(name) else {
                    findings.append(Self.badName(path))
                    continue
                }
                if seen.insert(name).inserted { files.append((name, path, TemplateFile.read(file, in: folder))) }
            }
        }
        self.init(files: files, findings: findings, folders: folders, language: language)
    }

    /// Templates from texts, each known under its own name as file.
    init(texts: [String: String], language: String = "en-GB") {
        let files = texts.map { (name: $0.key, path: $0.key, text: Result<String, TemplateFile.Refusal>.success($0.value)) }
        self.init(files: files, findings: [], folders: [], language: language)
    }

    private init(
        files: [(name: String, path: String, text: Result<String, TemplateFile.Refusal>)], findings: [Finding],
        folders: [String], language: String
    ) {
        var findings = findings
        var templates: [String: Template] = [:]
        for (name, path, text) in files { templates[name] = Self.template(name, path: path, text: text) }
        for name in templates.keys.sorted() {
            let partials = Self.partialFindings(of: name, in: templates)
            templates[name]?.findings += partials
        }
        var compiled = MustacheLibrary()
        for (name, template) in templates {
            findings += template.findings
            if let mustache = template.compiled { compiled.register(mustache, named: name) }
        }
        self.folders = folders
        self.language = language
        self.templates = templates
        self.compiled = compiled
        self.findings = findings.sorted()
    }

    /// The names of all templates, sorted.
    public var names: [String] { templates.keys.sorted() }

    /// The path of the file that was taken for a document, which says whose it is.
    public func path(of document: String) -> String? { templates[Self.templateName(of: document)]?.path }

    /// The Word document whose styles those that are made take over: `reference.docx` of the first folder that has one.
    public var wordStyles: String? {
        folders.map { $0 + "/reference.docx" }.first { FileManager.default.isReadableFile(atPath: $0) }
    }

    /// The template's name of a document: workflows write `feedback_report`, the file is `feedback-report.mustache`.
    public static func templateName(of document: String) -> String {
        String(document.map { $0 == "_" ? "-" : $0 })
    }

    /// Whether it may name a template: 1 to 64 small letters, digits and hyphens.
    public static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
                default: false
                }
            }
    }

    /// The template of a document that can be rendered, with all its partials.
    func template(of document: String) throws(TemplateFailure) -> Template {
        let name = Self.templateName(of: document)
        guard Self.isName(name) else {
            throw TemplateFailure(
                code: .badName, file: document, message: "`\(document)` is not a document's name",
                expected: "1 to 64 small letters, digits and hyphens")
        }
        guard let template = templates[name] else {
            throw TemplateFailure(
                code: .notFound, file: name + TemplateFile.ending, message: "there is no template `\(name)`",
                nearest: nearestName(to: name, among: names))
        }
        let reachable = Self.reachable(from: name, in: templates)
        let findings = reachable.flatMap(\.findings)
        guard findings.isEmpty else { throw TemplateFailure(findings.sorted(), sources: reachable.map(\.outline.source)) }
        return template
    }
}
