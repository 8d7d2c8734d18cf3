import Documents
public import Governance
import Workflows

// Drafts that a person works on.
extension Papers {
    /// A draft's text, as edited or else as generated: Markdown, to be read or to be edited.
    public func text(document: String, ofCase id: ID, from library: TemplateLibrary) throws -> String {
        if let edited = try editedText(document, ofCase: id) { return edited }
        let it = try theCase(id)
        let values = try values(
            for: PaperRequest(
                document: document, ofCase: id, meeting: standing.keys(of: it).all[.meeting], reader: author(of: document, it)))
        return try library.render(document, values, as: .markdown)
    }

    /// Whose draft it is: what they write is held to what they may read.
    private func author(of document: String, _ it: Case) -> ID? {
        let keys = standing.keys(of: it).all
        if document == FeedbackReportView.workflowName {
            return keys[.representative].flatMap { records.representatives[$0]?.person }
        }
        let owners = standing.openDuties(of: it.id).flatMap { registrar.owners(of: $0, in: standing) }
        return keys[.meeting] == nil ? owners.first : keys[.body].flatMap { holders("secretary", of: $0).first }
    }

    /// The edited text that takes the place of what is generated. While an item is restricted it is not for the public, as nobody can tell
    /// which of its words are.
    /// The sections that the document has of its own after it are left out.
    func edited(
        _ document: String, _ it: Case?, _ meeting: Meeting, _ reader: ID?, status: String? = nil, without own: [String] = []
    ) throws -> Markdown? {
        guard let text = try editedText(document, ofCase: it?.id) else { return nil }
        let isRestricted = records.items(of: meeting.id).contains { self.isRestricted($0) }
        if isRestricted, !isInsider(reader, at: meeting) { return nil }
        let rest = Self.text(text, without: own)
        return Markdown(status.map { Self.text(rest, withStatus: $0) } ?? rest)
    }

    /// Whether the state lasts that drafts it.
    func isBeingWritten(_ document: String, _ ofCase: ID) -> Bool {
        guard let it = standing.cases[ofCase], let workflow = registrar.rulebook.workflow(of: it) else { return false }
        return workflow.states(drafting: document).contains(where: it.isInState)
    }

    /// The text without the lines that ask its writer for words (`*Write: what changed?*`), and without the quote that explains them.
    static func withoutPrompts(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var kept: [Substring] = []
        for block in lines.split(separator: "", omittingEmptySubsequences: false) {
            let isExplained = block.allSatisfy { $0.hasPrefix(">") } && block.contains { $0.contains("begin with \"Write:\"") }
            let rest = isExplained ? [] : block.filter { !isPrompt($0) }
            if rest.isEmpty, !block.isEmpty { continue }
            kept += (kept.isEmpty ? [] : [""]) + rest
        }
        return kept.joined(separator: "\n")
    }

    private static func isPrompt(_ line: Substring) -> Bool {
        let words = line.drop { " \t-*_>+".contains($0) || $0.isNumber || $0 == "." || $0 == ")" }
        return words.hasPrefix("Write:")
    }

    /// The text without the sections under these headings of the second rank.
    static func text(_ text: String, without headings: [String]) -> String {
        var isKept = true
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
            if line.hasPrefix("# ") { isKept = true }
            if line.hasPrefix("## ") { isKept = !headings.contains(trimmed(String(line.dropFirst(3)))) }
            return isKept
        }
        return lines.joined(separator: "\n")
    }

    /// The line that names the state of a document is kept true, whoever edited the text around it.
    static func text(_ text: String, withStatus status: String) -> String {
        let mark = "**Status:**"
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let index = lines.firstIndex(where: { $0.hasPrefix(mark) }) else { return text }
        lines[index] = mark + " " + status
        return lines.joined(separator: "\n")
    }
}

extension DocumentView {
    /// The document's name as workflows write it: `feedback_report`.
    static var workflowName: String { String(document.map { $0 == "-" ? "_" : $0 }) }
}
