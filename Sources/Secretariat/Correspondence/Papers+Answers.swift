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
                answering.address, subject: "\(command.title) \(token.text)",
                body: prepared(command, owed, for: reader).joined(separator: "\r\n"))
            return AnswerView(title: command.title, link: Link(link), asks: asks(command, owed))
        }
    }

    func answerable(_ owed: OwedDuty, for reader: ID) -> [CommandDefinition] {
        let ends = commands(ending: owed, as: [.done, .excused])
        let allowed = Set(registrar.allowed(for: reader, in: owed.ofCase.id, standing: standing, now: now).map(\.name))
        return owed.commands.filter { ends.contains($0.name) && allowed.contains($0.name) && $0.isFilledByLines }
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

    /// Whether the duty was ended by this command, and nothing that could have ended it was said since.
    func isStillSo(_ command: CommandDefinition, _ owed: OwedDuty) -> Bool {
        guard let given = owed.ofCase.given[command.name]?.at, given == owed.duty.ended?.at else { return false }
        let others = commands(ending: owed, as: [.done, .excused, .lapsed, .cancelled]).subtracting([command.name])
        return others.allSatisfy { owed.ofCase.given[$0].map { $0.at < given } ?? true }
    }

    private func asks(_ command: CommandDefinition, _ owed: OwedDuty) -> String? {
        if confirmsChecklist(command.name, owed), !owed.checklist.isEmpty {
            return "by sending it you say that every line of the list is done"
        }
        if needsReport(command, owed) { return "write your report under the headings in the mail" }
        if command.isWordless { return "it counts only if you add nothing to it" }
        let fields = command.required
        guard fields.count == 1, let field = fields.first else {
            return fields.isEmpty ? nil : "write into the mail: \(enumerated(fields.map(\.label)))"
        }
        return "write \(field.label) into the mail: \(field.type.base.words)"
    }

    /// The text of the mail that a link opens, line by line.
    func prepared(_ command: CommandDefinition, _ owed: OwedDuty, for reader: ID) -> [String] {
        var lines = [command.title + (about(owed, for: reader).map { ": " + $0 } ?? "")]
        if confirmsChecklist(command.name, owed), !owed.checklist.isEmpty {
            lines += ["", "All of this is done:"]
            let listed = owed.checklist.map { "- " + $0.text }
            lines += listed.joined().utf8.count <= Self.longestList ? listed : ["- all \(listed.count) lines of the list"]
        }
        if needsReport(command, owed) {
            return lines + ReportSheet.allCases.flatMap { ["", $0.rawValue + ":"] } + [
                "", "(Write under one heading or more, and send this mail. The rest of the report is there already.)",
            ]
        }
        let fields = fieldsToFill(command, owed, for: reader)
        if fields.isEmpty {
            let rest = command.isWordless ? "It does not count if you add anything" : "The secretary reads what you add"
            return lines + ["", "(Send this mail as it is. \(rest).)"]
        }
        lines.append("")
        lines += fields.map { "\($0.label): \(!$0.type.isOptional && $0.choices.contains("other") ? "other" : "")" }
        lines += ["", "(Write after the colon, and send this mail. The secretary reads what else you write.)"]
        return lines + fields.compactMap { hint($0, fields.count, owed, for: reader) }
    }

    /// The lines of a command's form that stand in its mail: what must be filled in, and what may be where there is something to choose.
    func fieldsToFill(_ command: CommandDefinition, _ owed: OwedDuty, for reader: ID?) -> [Field] {
        command.allFields.filter { field in
            guard field.isALine else { return false }
            return command.required.contains { $0.name == field.name } || field.type.from == nil
                || registrar.choices(for: field, in: owed.ofCase, standing: standing, now: now, for: reader)?.isEmpty == false
        }
    }

    /// What can stand after a label, where it is not plain.
    private func hint(_ field: Field, _ count: Int, _ owed: OwedDuty, for reader: ID?) -> String? {
        let names = registrar.choices(for: field, in: owed.ofCase, standing: standing, now: now, for: reader) ?? []
        let listed = names.joined(separator: "; ")
        let isListed = !names.isEmpty && listed.utf8.count <= Self.longestList
        guard isListed || count > 1 || !field.choices.isEmpty else { return nil }
        let what = isListed ? (names.count == 1 ? listed : "one of: " + listed) : field.type.base.words
        return "(\(field.label): \(what)\(field.type.isOptional ? "; or leave it empty" : ""))"
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
    var required: [Field] { allFields.filter { !$0.type.isOptional && $0.type.standard == nil } }

    /// More lines than this nobody fills in on a telephone.
    private static var mostLines: Int { 4 }

    /// Whether a mail can give it: it records nothing of its own, and needs a few lines of text at most.
    var isFilledByLines: Bool { record == nil && required.count <= Self.mostLines && required.allSatisfy(\.isALine) }
}

extension Field {
    var isALine: Bool {
        switch type.base {
        case .file, .subjects, .workflowCase: false
        default: true
        }
    }

    /// Its name in words.
    var label: String { String(name.map { $0 == "_" ? " " : $0 }) }

    var choices: [String] { if case .choice(let words) = type.base { words } else { [] } }
}
