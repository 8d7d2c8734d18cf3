import Diagnostics

/// Why a document could not be made: findings on templates, each at its file and line, or the one fault of the request.
public struct TemplateFailure: Error, Hashable, CustomStringConvertible {
    public var findings: [Finding]
    /// The findings as a terminal shows them, with the lines they are about.
    public var description: String

    init(_ findings: [Finding], sources: [SourceText] = []) {
        self.findings = findings
        description = findings.map { finding in finding.rendered(in: sources.first { $0.name == finding.file }) }
            .joined(separator: "\n")
    }

    /// A failure that stands in no file's line, such as a template that does not exist.
    init(code: TemplateFindingCode, file: String, message: String, expected: String? = nil, nearest: String? = nil) {
        self.init([
            Finding(code: code.rawValue, file: file, range: .start, message: message, expected: expected, nearest: nearest)
        ])
    }
}

/// The stable names of findings on templates.
enum TemplateFindingCode: String {
    /// A file name that is not `[a-z0-9-]{1,64}.mustache`.
    case badName = "MT001"
    /// A file that cannot be read: a link, a folder, too large, not UTF-8.
    case unreadable = "MT002"
    /// A tag that is not finished, not allowed, or not a name.
    case badTag = "MT003"
    /// A section that is not closed, closed twice or nested too deep.
    case badSection = "MT004"
    /// A partial that does not exist, or includes itself.
    case badPartial = "MT005"
    /// A name that is not among the values.
    case unknownValue = "MT006"
    /// A list or a flag where a text is shown.
    case wrongKind = "MT007"
    /// No template of that name.
    case notFound = "MT008"
    /// A text that is larger than the limit, or would be laid out larger.
    case tooLarge = "MT009"
}
