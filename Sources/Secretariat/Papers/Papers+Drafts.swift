import Documents
public import Governance
import Workflows

// Drafts that a person works on.
extension Papers {
    /// A draft's text, as edited or else as generated: Markdown, to be read or to be edited.
    public func text(document: String, ofCase id: ID, from library: TemplateLibrary) throws -> String {
        if let own = try ownText(document, ofCase: id) { return own }
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
    func edited(_ document: String, _ it: Case?, _ meeting: Meeting, _ reader: ID?, status: String? = nil) throws -> Markdown? {
        guard let text = try editedText(document, ofCase: it?.id) else { return nil }
        let isRestricted = records.items(of: meeting.id).contains { self.isRestricted($0) }
        if isRestricted, !isInsider(reader, at: meeting) { return nil }
        return Markdown(status.map { Self.text(text, withStatus: $0) } ?? text)
    }

    /// A text without the lines by which a draft asks its author to write ("Write: what was received?"), and without the note that tells of
    /// them. Drafts hold them; what others read does not.
    static func withoutPrompts(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let isPrompt = { (line: Substring) in line.contains(/^\s*(?:[-*+]\s+|\d+[.)]\s+)?[*_]{0,2}Write:/) }
        var kept: [Substring] = []
        var inNote = false
        var leavesGap = false
        for line in lines {
            let isQuoted = line.hasPrefix(">")
            inNote = isQuoted && (inNote || line.contains("begin with \"Write:\""))
            if inNote || isPrompt(line) {
                leavesGap = true
                continue
            }
            if leavesGap, line.isEmpty, kept.last?.isEmpty ?? true { continue }
            leavesGap = false
            kept.append(line)
        }
        return kept.joined(separator: "\n")
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
