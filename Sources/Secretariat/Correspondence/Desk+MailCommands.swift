import CEL
import Calendars
import Documents
import Governance
import Journals
import Post
import Workflows

// Commands that people give by answering a mail.
extension Desk {
    func takeCommand(_ it: inout MailInHand) throws -> MailOutcome {
        let senders = people(at: it.mail.sender)
        guard let token = AnswerToken(in: it.mail.subject) else {
            guard let sender = senders.first else { return .ignored(reason: "nobody known wrote it, and it answers nothing") }
            return try passOn(&it, from: sender, "it holds no answer that a program can read", tellingSender: true)
        }
        guard let person = senders.first(where: { token.isMade(for: $0, by: it.secret) }) else {
            return try takeStrange(token, senders, &it)
        }
        guard let duty = held.standing.duties[token.duty],
            let owed = registrar.describe(duty, in: held.standing, now: it.now),
            let command = registrar.rulebook.workflow(of: owed.ofCase)?.command(named: token.command)
        else {
            return try passOn(&it, from: person, "what it answers is not known any more", tellingSender: true)
        }
        return try take(token, command, owed, of: person, &it)
    }

    /// A token that is not its sender's: made up, passed on, or sent from another address of the same person. It is never a command.
    private func takeStrange(_ token: AnswerToken, _ senders: [ID], _ it: inout MailInHand) throws -> MailOutcome {
        let owner = held.standing.records.people.keys.sorted(by: numbered).first { token.isMade(for: $0, by: it.secret) }
        if let owner {
            return try passOn(
                &it, from: owner, "it came from an address that is not theirs: \(it.mail.sender ?? "none")",
                tellingSender: false)
        }
        guard let sender = senders.first else {
            return .ignored(reason: "nobody known wrote it, and it answers nothing of ours")
        }
        return try passOn(&it, from: sender, "what it answers was never asked of them", tellingSender: true)
    }

    private func take(
        _ token: AnswerToken, _ command: CommandDefinition, _ owed: OwedDuty, of person: ID, _ it: inout MailInHand
    ) throws -> MailOutcome {
        let papers = papers(it)
        if let ended = owed.duty.ended {
            let when = papers.moment(ended.at, for: owed.body)
            return try refuse("This was settled on \(when) and is no longer open.", command, owed, of: person, &it)
        }
        guard papers.version(of: owed, command.name) == token.version else {
            let isList = papers.confirmsChecklist(command.name, owed)
            let reason =
                isList
                ? "The meeting has moved, or there is more on the list now than when you were asked"
                : "The meeting has moved since you were asked"
            return try refuse(reason + ". Please answer what is asked now.", command, owed, of: person, &it)
        }
        var standing = held.standing
        var steps: [Decision.Taken] = []
        var ticked: [String] = []
        if papers.confirmsChecklist(command.name, owed) {
            for line in owed.checklist where !line.isDone {
                switch registrar.tick(duty: owed.duty.id, line: line.key, isDone: true, by: person, in: standing, now: it.now) {
                case .refused(let refusal): return try refuse(refusal, command, owed, of: person, &it)
                case .taken(let taken):
                    steps.append(taken)
                    standing = taken.standing
                    ticked.append(line.text)
                }
            }
        }
        let asked: Command
        do { asked = try filled(command, owed, person, it) } catch let failure as FormFailure {
            return try refuse("\(failure)".capitalised + ".", command, owed, of: person, &it)
        }
        switch registrar.decide(asked, in: standing, now: it.now) {
        case .refused(let refusal): return try refuse(refusal, command, owed, of: person, &it)
        case .taken(let taken):
            for step in steps { try take(step, &it) }
            try take(taken, &it, command: asked.id)
            try confirm(command, owed, ticked, of: person, &it)
            return .done(command: command.name, person: person)
        }
    }

    private func confirm(
        _ command: CommandDefinition, _ owed: OwedDuty, _ ticked: [String], of person: ID, _ it: inout MailInHand
    ) throws {
        let papers = papers(it)
        let view = AnswerMailView(
            letter: papers.letter(to: person, about: owed.ofCase), asked: command.title, isDone: true,
            notes: papers.about(owed, for: person).map { ["For: " + $0] } ?? [], ticked: ticked)
        try answer(view, to: person, ofCase: owed.ofCase.id, &it)
    }

    private func refuse(
        _ refusal: Refusal, _ command: CommandDefinition, _ owed: OwedDuty, of person: ID, _ it: inout MailInHand
    ) throws -> MailOutcome {
        try refuse(refusal.reason, notes: refusal.notes, command, owed, of: person, &it)
    }

    /// Tells the sender why it was not done, and what they can do instead.
    func refuse(
        _ reason: String, notes: [String] = [], _ command: CommandDefinition, _ owed: OwedDuty, of person: ID,
        _ it: inout MailInHand
    ) throws -> MailOutcome {
        let papers = papers(it)
        let view = AnswerMailView(
            letter: papers.letter(to: person, about: owed.ofCase), asked: command.title, reason: reason, notes: notes,
            duty: owed.duty.isOpen && owed.owners.contains(person) ? papers.view(of: owed, for: person) : nil)
        try answer(view, to: person, ofCase: owed.ofCase.id, &it)
        return .refused(reason: reason, person: person)
    }
}

// Forms.
extension Desk {
    private func filled(
        _ definition: CommandDefinition, _ owed: OwedDuty, _ person: ID, _ it: MailInHand
    ) throws -> Command {
        var command = Command(id: it.id, name: definition.name, ofCase: owed.ofCase.id, actor: person)
        guard let field = definition.lineToFill else { return command }
        let reader = FormReader(
            lookup: lookup(), zone: registrar.rulebook.binding(of: owed.body).zone, meeting: owed.meeting, keep: { _ in "" })
        let line = Self.line(after: field.label, in: it.mail.text)
        // Any words fit a choice that has `other`.
        if field.choices.contains("other") {
            command.fields[field.name] = line.flatMap { try? reader.value([$0], for: field) } ?? .string("other")
            return command
        }
        guard let line else {
            throw FormFailure(.misused, "your mail does not say `\(field.label): ...`, which must be \(field.type.base.words)")
        }
        command.fields[field.name] = try reader.value([line], for: field)
        return command
    }

    static let longestLine = 2_000

    /// What somebody wrote after the label, up to an empty line or one in brackets: mail programs break long lines.
    static func line(after label: String, in text: String) -> String? {
        var words: [String] = []
        var hasBegun = false
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let line = trimmed(String(line))
            if !hasBegun {
                guard line.lowercased().hasPrefix(label.lowercased() + ":") else { continue }
                hasBegun = true
                let rest = trimmed(String(line.dropFirst(label.count + 1)))
                if !rest.isEmpty { words.append(rest) }
            } else if line.isEmpty {
                if !words.isEmpty { break }
            } else if line.hasPrefix("(") || line.hasPrefix(">") || line.hasPrefix("--") {
                break
            } else {
                words.append(line)
            }
        }
        let found = words.joined(separator: " ")
        return found.isEmpty ? nil : String(found.prefix(longestLine))
    }
}
