import Documents
import Governance
import Workflows

/// The places of a feedback report that only its author can fill, as a mail can fill them: each begins with its heading.
enum ReportSheet: String, CaseIterable {
    case keyMessages = "Three key messages"
    case wentWell = "What went well"
    case meaning = "What it means for the sector"
    case equality = "Equality"
    case missing = "Who is missing"
    case opportunities = "Opportunities"
    case guidance = "Where I need your guidance"

    private func put(_ points: [String], into view: inout FeedbackReportView) {
        switch self {
        case .keyMessages: view.keyMessages = points
        case .wentWell: view.wentWell = points
        case .meaning: view.meaning = points
        case .equality: view.equality = points
        case .missing: view.missing = points
        case .opportunities: view.opportunities = points.map { OpportunityView(what: $0) }
        case .guidance: view.guidance = points
        }
    }

    /// The report with what somebody wrote under the headings; nil where they wrote under none.
    static func filled(_ view: FeedbackReportView, with words: MailWords) -> FeedbackReportView? {
        var view = view
        view.isDraft = false
        var isWritten = false
        for place in allCases {
            let written = points(in: words.filled[place.rawValue] ?? [])
            isWritten = isWritten || !written.isEmpty
            place.put(written, into: &view)
        }
        return isWritten ? view : nil
    }

    /// Paragraphs, and lines that begin as those of a list do; mail programs break the lines of either.
    static func points(in lines: [String]) -> [String] {
        var points: [String] = []
        var isBroken = true
        for line in lines {
            let words = withoutMark(line)
            if words.isEmpty {
                isBroken = true
            } else if isBroken || words != line {
                points.append(words)
                isBroken = false
            } else {
                points[points.count - 1] += " " + words
            }
        }
        return points
    }

    /// A line without the sign of a list: `- `, `2. `.
    private static func withoutMark(_ line: String) -> String {
        let mark = line.prefix { $0 != " " }
        let isMark = ["-", "*", "•", "–"].contains(mark) || (".)".contains(mark.last ?? " ") && Int(mark.dropLast()) != nil)
        return isMark ? trimmed(String(line.dropFirst(mark.count))) : line
    }
}

extension Papers {
    /// Whether the command sends off a report in which its author has written nothing, so that a mail must bring the words.
    func needsReport(_ command: CommandDefinition, _ owed: OwedDuty) -> Bool {
        let name = FeedbackReportView.workflowName
        guard owed.duty.isOpen, let draft = standing.drafts[owed.ofCase.id + "/" + name], draft.file == nil,
            isBeingWritten(name, owed.ofCase.id)
        else { return false }
        return commands(ending: owed, as: [.done]).contains(command.name)
    }
}
