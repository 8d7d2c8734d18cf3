import CEL
import Documents
import Governance
import Journals
import Workflows

/// What is needed to write links by which people answer.
struct Answering: Sendable {
    /// The address to which they answer.
    var address: String
    /// The installation's key.
    var installation: String
}

// Answers by mail.
extension Papers {
    /// The commands by which the reader can settle what they owe by sending a mail: those that need no more than a line of text.
    func answers(to owed: OwedDuty, for reader: ID?) -> [AnswerView] {
        guard let answering, let reader, owed.duty.isOpen, owed.owners.contains(reader) else { return [] }
        return answerable(owed, for: reader).map { command in
            let token = AnswerToken(
                duty: owed.duty.id, command: command.name, version: version(of: owed, command.name), reader: reader,
                Secret(answering.installation))
            let link = mailto(
                answering.address, subject: "\(command.title) \(token.text)", body: body(of: command, owed, for: reader))
            return AnswerView(title: command.title, link: Link(link), asks: asks(command, owed))
        }
    }

    func answerable(_ owed: OwedDuty, for reader: ID) -> [CommandDefinition] {
        let ends = commands(ending: owed, as: [.done, .excused])
        let allowed = Set(registrar.allowed(for: reader, in: owed.ofCase.id, standing: standing, now: now).map(\.name))
        return owed.commands.filter { ends.contains($0.name) && allowed.contains($0.name) && $0.isFilledByALine }
    }

    /// Changes when the reader would be asked something else: another date, other lines to confirm.
    func version(of owed: OwedDuty, _ command: String) -> String {
        let sequence = owed.meeting.flatMap { latestCase(of: .meeting, $0) }?.number("sequence") ?? 0
        let lines = confirmsChecklist(command, owed) ? owed.checklist.map(\.key) : []
        return String(Fingerprint.of("\(sequence) \(lines.joined(separator: " "))").prefix(AnswerToken.versionLength))
    }

    /// Whether the command is taken only with the whole list ticked: a mail that gives it says so, and ticks it.
    func confirmsChecklist(_ command: String, _ owed: OwedDuty) -> Bool {
        guard let workflow = registrar.rulebook.workflow(of: owed.ofCase) else { return false }
        return workflow.transitions.contains { note in
            note.trigger == .command(command) && note.needs.contains(.checklist)
                && workflow.states.indices.contains(note.source)
                && workflow.states[note.source].path == owed.duty.state
        }
    }

    private func asks(_ command: CommandDefinition, _ owed: OwedDuty) -> String? {
        if confirmsChecklist(command.name, owed), !owed.checklist.isEmpty {
            return "by sending it you say that every line of the list is done"
        }
        return command.lineToFill.map { "write \($0.label) into the mail: \($0.type.base.words)" }
    }

    private func body(of command: CommandDefinition, _ owed: OwedDuty, for reader: ID) -> String {
        var lines = [command.title + (about(owed, for: reader).map { ": " + $0 } ?? "")]
        if confirmsChecklist(command.name, owed), !owed.checklist.isEmpty {
            lines += ["", "All of this is done:"]
            let listed = owed.checklist.map { "- " + $0.text }
            lines += listed.joined().utf8.count <= Self.longestList ? listed : ["- all \(listed.count) lines of the list"]
        }
        if let field = command.lineToFill {
            lines += ["", "\(field.label): \(field.choices.contains("other") ? "other" : "")", ""]
            lines.append("(Write it after the colon and send this mail.)")
        } else {
            lines += ["", "(Send this mail as it is. Nobody reads what you add.)"]
        }
        return lines.joined(separator: "\r\n")
    }

    /// Some mail programs cut a link of more than 2,000 characters.
    private static let longestList = 500

    private func mailto(_ address: String, subject: String, body: String) -> String {
        "mailto:\(escaped(address, keeping: "@"))?subject=\(escaped(subject))&body=\(escaped(body))"
    }

    /// RFC 6068, section 2: everything but unreserved characters in percents.
    private func escaped(_ text: String, keeping kept: String = "") -> String {
        var result = ""
        for byte in text.utf8 {
            let isDigitOrLetter =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            if isDigitOrLetter || "-._~".utf8.contains(byte) || kept.utf8.contains(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }
}

extension CommandDefinition {
    /// The fields that somebody must fill in.
    private var required: [Field] { allFields.filter { !$0.type.isOptional && $0.type.standard == nil } }

    /// Whether a mail can give it: it records nothing of its own, and needs one line of text at most.
    var isFilledByALine: Bool { record == nil && required.count <= 1 && required.allSatisfy(\.isALine) }

    var lineToFill: Field? { required.first }
}

extension Field {
    fileprivate var isALine: Bool {
        switch type.base {
        case .file, .subjects, .workflowCase: false
        default: true
        }
    }

    /// Its name in words.
    var label: String { String(name.map { $0 == "_" ? " " : $0 }) }

    var choices: [String] { if case .choice(let words) = type.base { words } else { [] } }
}
