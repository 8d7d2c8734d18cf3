import Diagnostics
import Mustache

/// What a document is rendered to.
public enum DocumentFormat: String, CaseIterable, Codable, Sendable {
    case markdown, html, text
}

/// A document as mail carries it.
public struct MailBody: Hashable, Sendable, Codable {
    /// One line, as plain text.
    public var subject: String
    public var text: String
    public var html: String
}

extension TemplateLibrary {
    /// The document that shows the view.
    public func render(_ view: some DocumentView, as format: DocumentFormat) throws(TemplateFailure) -> String {
        try render(type(of: view).document, view.viewValue, as: format)
    }

    /// The document of that name with these values. It fails with findings where the template is missing, is faulty, or names a
    /// value that is not there; never with holes in the text.
    public func render(
        _ document: String, _ view: ViewValue, as format: DocumentFormat, isPart: Bool = false
    ) throws(TemplateFailure) -> String {
        let filled = try fill(document, view)
        return try layOut(filled.markdown, subject: filled.subject, name: document, as: format, isPart: isPart)
    }

    /// The document as mail: the first line of its template, `Subject: ...`, gives the subject; without one it is the first
    /// heading, or the document's name.
    public func mail(_ document: String, _ view: ViewValue) throws(TemplateFailure) -> MailBody {
        let filled = try fill(document, view)
        let tree = MarkdownTree(filled.markdown)
        let title = filled.subject ?? tree.title ?? document
        return MailBody(subject: title, text: tree.plainText(), html: try page(tree, title: title))
    }

    /// The view's document as mail.
    public func mail(_ view: some DocumentView) throws(TemplateFailure) -> MailBody {
        try mail(type(of: view).document, view.viewValue)
    }

    /// Markdown that a person wrote or edited, laid out as documents are.
    ///
    /// - Parameter isPart: whether it becomes part of a larger print, which numbers the pages.
    public func render(
        markdown: String, title: String? = nil, as format: DocumentFormat, isPart: Bool = false
    ) throws(TemplateFailure) -> String {
        guard markdown.utf8.count <= NameCheck.largestText, !MarkdownTree.hasOverwideTable(markdown) else {
            throw TemplateFailure(
                code: .tooLarge, file: title ?? "document",
                message: "the text has more than \(NameCheck.largestText / 1024) KiB or a table of more than "
                    + "\(MarkdownTree.mostTableColumns) columns")
        }
        return try layOut(markdown, subject: title, name: "document", as: format, isPart: isPart)
    }

    private func layOut(
        _ markdown: String, subject: String?, name: String, as format: DocumentFormat, isPart: Bool = false
    ) throws(TemplateFailure) -> String {
        if format == .markdown { return markdown }
        let tree = MarkdownTree(markdown)
        if format == .text { return tree.plainText() }
        return try page(tree, title: subject ?? tree.title ?? name, isPart: isPart)
    }

    private func page(
        _ tree: borrowing MarkdownTree, title: String, isPart: Bool = false
    ) throws(TemplateFailure) -> String {
        let layout = try template(of: Self.layout)
        try requireNames(of: layout, Self.pageValues(language: language, title: title, isPart: isPart))
        let values: [String: any Sendable] = [
            "language": language, "title": title, "content": tree.html(), "is_part": isPart,
        ]
        return layout.compiled?.render(values, library: compiled) ?? ""
    }

    private func fill(
        _ document: String, _ view: ViewValue
    ) throws(TemplateFailure) -> (subject: String?, markdown: String) {
        let template = try template(of: document)
        guard case .map(let values) = view else { preconditionFailure("A view is a map of values") }
        try requireNames(of: template, values)
        var text = template.compiled?.render(ShownValue.object(for: view), library: compiled) ?? ""
        guard text.utf8.count <= Self.largestDocument else {
            throw TemplateFailure(
                code: .tooLarge, file: template.path,
                message: "the document would have more than \(Self.largestDocument / 1_048_576) MiB")
        }
        var subject: String?
        if template.outline.source.text.hasPrefix(Self.subjectMark) {
            let line = text.prefix { $0 != "\n" }
            subject = MarkdownTree(String(line.dropFirst(Self.subjectMark.count))).line()
            text = String(text[line.endIndex...])
        }
        return (subject?.isEmpty == true ? nil : subject, tidied(text))
    }

    private func requireNames(of template: Template, _ values: [String: ViewValue]) throws(TemplateFailure) {
        var check = NameCheck(templates, extent: .shown)
        check.check(template.outline, given: .map(values))
        guard check.findings.isEmpty else {
            throw TemplateFailure(check.findings.sorted(), sources: templates.values.map(\.outline.source))
        }
    }

    private static let subjectMark = "Subject:"
}

/// Without the blank lines that sections left: one at most between two lines, none at the ends. Fenced code keeps its own.
func tidied(_ markdown: String) -> String {
    var lines: [Substring] = []
    var fence: Substring?
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
        let start = line.drop { $0 == " " }.prefix { $0 == "`" || $0 == "~" }
        if let open = fence {
            if start.count >= open.count, start.first == open.first { fence = nil }
        } else if start.count >= 3, Set(start).count == 1 {
            fence = start
        } else if line.allSatisfy({ $0 == " " || $0 == "\t" }) {
            if let last = lines.last, !last.isEmpty { lines.append("") }
            continue
        }
        lines.append(line)
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
}
