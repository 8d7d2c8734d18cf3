import CEL
import Governance
import Post
import Workflows

/// A command that somebody gives by the link in a mail, with what they wrote.
struct MailedCommand {
    let token: AnswerToken
    let command: CommandDefinition
    let owed: OwedDuty
    let person: ID
    /// The lines of the form that stand in the mail.
    let fields: [Field]
    /// Whether the mail must bring the words of a report.
    let isReport: Bool
    private(set) var words: MailWords

    init(
        _ token: AnswerToken, _ command: CommandDefinition, _ owed: OwedDuty, of person: ID, _ mail: ReceivedMail,
        _ papers: Papers
    ) {
        self.token = token
        self.command = command
        self.owed = owed
        self.person = person
        isReport = papers.needsReport(command, owed)
        fields = papers.fieldsToFill(command, owed, for: person)
        words = MailWords(
            mail.ownText, prepared: papers.prepared(command, owed, for: person),
            labels: isReport ? ReportSheet.allCases.map(\.rawValue) : fields.map(\.label), keepsParagraphs: isReport,
            name: papers.standing.name(of: person))
    }

    /// What stands after the field's label; any words fit a choice that has `other`. What does not fit, and need not, is passed on.
    mutating func value(of field: Field, _ reader: FormReader) throws -> Value? {
        let isOther = field.choices.contains("other")
        guard let lines = words.filled[field.label], let first = lines.first else {
            if field.type.isOptional || field.type.standard != nil { return nil }
            if isOther { return .string("other") }
            throw FormFailure(.misused, "your mail does not say `\(field.label): ...`, which must be \(field.type.base.words)")
        }
        do { return try reader.value([String(text(lines).prefix(MailWords.longest))], for: field) } catch {
            if lines.count > 1, let value = try? reader.value([first], for: field) {
                for line in lines.dropFirst() { words.passOn(line) }
                return value
            }
            guard isOther || field.type.isOptional else { throw error }
            passOn(field)
            return isOther && !field.type.isOptional ? .string("other") : nil
        }
    }

    /// Has what stands after the field's label read by a person.
    mutating func passOn(_ field: Field) {
        guard let lines = words.filled[field.label] else { return }
        words.passOn("\(field.label): \(text(lines))")
    }

    private func text(_ lines: [String]) -> String { lines.joined(separator: " ") }
}
