import ArgumentParser
import Governance
import Secretariat

struct InboxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inbox", abstract: "Take people's answers by mail; show a mail.",
        subcommands: [InboxTake.self, InboxShow.self], defaultSubcommand: InboxTake.self)
}

struct InboxTake: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "take", abstract: "Take people's answers; quiet if all is well.",
        discussion: """
            Reads the maildir that mandate.yaml names under `answers`, each mail once. What was asked for is done in the name of its sender, \
            and what became of it goes out with the next `mandate remind`. Exit codes: 0 done, 66 there is no maildir, 74 a mail cannot be \
            read or put away, 78 mandate.yaml names no address.
            """)

    @OptionGroup var place: WorkspaceOptions

    @Flag(name: .shortAndLong, help: "Say what became of each mail.")
    var verbose = false

    @Flag(help: "Only show what would become of each mail.")
    var dryRun = false

    func run() throws {
        try attempt {
            let session = try Session(place)
            guard let handled = try Inbox(desk: session.desk).read(isRehearsal: dryRun) else {
                if verbose { Console.say("another run is at it; nothing was done") }
                return
            }
            if place.json {
                Console.say(Plain.list(handled.map { plain($0, session) }).json)
            } else if verbose || dryRun {
                Console.say(
                    handled.isEmpty ? "no mail" : handled.map { "\($0.file): \(words($0, session))" }.joined(separator: "\n"))
            }
            let failed = handled.filter { mail in if case .failed = mail.result { true } else { false } }
            for mail in failed { complain("\(mail.file): \(words(mail, session))") }
            if !failed.isEmpty { throw Exit.inputOutput }
        }
    }

    private func words(_ mail: HandledMail, _ session: Session) -> String {
        switch mail.result {
        case .handled(let outcome): words(outcome, session)
        case .known(let outcome): "known already (\(words(outcome, session)))"
        case .failed(let reason): reason
        }
    }

    private func words(_ outcome: MailOutcome, _ session: Session) -> String {
        let name = { (person: ID) in session.standing.name(of: person) }
        return switch outcome {
        case .done(let command, let person): "\(command), by \(name(person))"
        case .repeated(let command, let person): "\(command), said before by \(name(person))"
        case .refused(let reason, let person): "refused to \(name(person)): \(reason)"
        case .passedOn(let reason, let person): "somebody must read it, about \(name(person)): \(reason)"
        case .bounced(let person): "a mail to \(name(person)) came back"
        case .ignored(let reason): "left alone: \(reason)"
        }
    }

    private func plain(_ mail: HandledMail, _ session: Session) -> Plain {
        let (outcome, isKnown): (MailOutcome?, Bool) =
            switch mail.result {
            case .handled(let outcome): (outcome, false)
            case .known(let outcome): (outcome, true)
            case .failed: (nil, false)
            }
        var fields: [String: Plain] = [
            "file": .text(mail.file), "known": .flag(isKnown), "words": .text(words(mail, session)),
        ]
        switch outcome {
        case .done(let command, let person):
            fields.merge(["outcome": .text("done"), "command": .text(command), "person": .text(person)]) { $1 }
        case .repeated(let command, let person):
            fields.merge(["outcome": .text("repeated"), "command": .text(command), "person": .text(person)]) { $1 }
        case .refused(_, let person): fields.merge(["outcome": .text("refused"), "person": .text(person)]) { $1 }
        case .passedOn(_, let person): fields.merge(["outcome": .text("passed_on"), "person": .text(person)]) { $1 }
        case .bounced(let person): fields.merge(["outcome": .text("bounced"), "person": .text(person)]) { $1 }
        case .ignored: fields["outcome"] = .text("ignored")
        case nil: fields["outcome"] = .text("failed")
        }
        return .map(fields)
    }
}

struct InboxShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a mail, read before or not.")

    @OptionGroup var place: WorkspaceOptions

    @Argument(help: "The mail's file, as a duty or `mandate inbox --verbose` names it.")
    var file: String

    func run() throws {
        try attempt {
            let session = try Session(place)
            let mail = try Inbox(desk: session.desk).mail(named: file)
            session.show(plain(mail), words(mail))
        }
    }

    private func plain(_ mail: InboxMail) -> Plain {
        .map([
            "path": .text(mail.path), "from": Plain(mail.sender), "date": Plain(mail.date), "subject": .text(mail.subject),
            "text": .text(mail.text), "attachments": .list(mail.attachments.map { .text($0) }),
        ])
    }

    private func words(_ mail: InboxMail) -> String {
        let lines = [
            "From: \(mail.sender ?? "nobody, or several")", mail.date.map { "Date: \($0)" }, "Subject: \(mail.subject)",
            mail.attachments.isEmpty ? nil : "Beside the text: \(mail.attachments.joined(separator: ", "))",
            "File: \(mail.path)", "", mail.text,
        ]
        return lines.compactMap(\.self).joined(separator: "\n")
    }
}
