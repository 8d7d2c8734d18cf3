import Foundation

extension Press {
    /// A paper as PDF, whatever it was written in: PDF as it is, Word through LibreOffice or else pandoc, Markdown and text as
    /// documents are laid out. Nil for what is none of these.
    public func pdf(
        ofPaper bytes: [UInt8], named name: String, title: String, by library: TemplateLibrary
    ) throws -> [UInt8]? {
        switch Self.kind(of: bytes, named: name) {
        case .pdf: return bytes
        case .word:
            if has(.libreoffice) { return try pdf(fromDOCX: bytes) }
            return try laidOut(try markdown(fromDOCX: bytes), title, library)
        case .markdown: return try laidOut(String(decoding: bytes, as: UTF8.self), title, library)
        case .text:
            let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            // Each line stays a line, and nothing in it is markup.
            let text = lines.map { $0.allSatisfy(\.isWhitespace) ? "" : escapedForMarkdown(String($0)) + "\\" }
            return try laidOut(Self.withoutLooseBreaks(text).joined(separator: "\n"), title, library)
        case nil: return nil
        }
    }

    private func laidOut(_ markdown: String, _ title: String, _ library: TemplateLibrary) throws -> [UInt8] {
        let hasHeading = markdown.split(separator: "\n").first?.hasPrefix("# ") == true
        let text = hasHeading ? markdown : "# \(escapedForMarkdown(title))\n\n\(markdown)"
        return try pdf(fromHTML: try library.render(markdown: text, title: title, as: .html, isPart: true))
    }

    /// A line's end at the end of a paragraph would be shown.
    private static func withoutLooseBreaks(_ lines: [String]) -> [String] {
        lines.enumerated().map { place, line in
            let isLast = place + 1 == lines.count || lines[place + 1].isEmpty
            return isLast && line.hasSuffix("\\") ? String(line.dropLast()) : line
        }
    }

    enum PaperKind { case pdf, word, markdown, text }

    /// Whether these bytes are a PDF. Readers allow something before its mark, as some programs and mail gateways put there.
    public static func isPDF(_ bytes: [UInt8]) -> Bool {
        Data(bytes.prefix(largestPrelude)).range(of: Data("%PDF-".utf8)) != nil
    }

    /// Whether a file can be bound into a pack, going by what is in it and by its name.
    public static func isBindable(_ bytes: [UInt8], named name: String) -> Bool { kind(of: bytes, named: name) != nil }

    /// PDF 1.7, appendix H, note 13.
    private static let largestPrelude = 1024

    /// By what is in it, then by its name; text without a name that says otherwise is Markdown.
    static func kind(of bytes: [UInt8], named name: String) -> PaperKind? {
        if isPDF(bytes) { return .pdf }
        let parts = name.lowercased().split(separator: ".")
        let ending = parts.count > 1 ? parts.last.map(String.init) ?? "" : ""
        if ["docx", "doc", "odt", "rtf"].contains(ending) || isWord(bytes) { return .word }
        guard bytes.count <= largestText, !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else {
            return nil
        }
        if ["md", "markdown", ""].contains(ending) { return .markdown }
        return ["txt", "text"].contains(ending) ? .text : nil
    }

    /// A zip whose parts are those of a Word document.
    private static func isWord(_ bytes: [UInt8]) -> Bool {
        guard bytes.starts(with: Array("PK\u{3}\u{4}".utf8)) else { return false }
        return Data(bytes).range(of: Data("word/document.xml".utf8)) != nil
    }

    private static let largestText = NameCheck.largestText / 2
}
