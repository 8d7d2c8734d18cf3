import ArgumentParser
import Foundation
import Governance
import Secretariat
import Workflows

/// A subcommand that gives one command of the workflows.
protocol GivesCommand: ParsableCommand {
    var acting: ActingOptions { get }
    /// The request's own part: command, subjects, fields. Who acts is filled in.
    func fill(_ request: inout Request, in session: Session) throws
}

extension GivesCommand {
    func run() throws {
        try attempt {
            let session = try Session(acting.place)
            var request = try session.request(acting)
            try fill(&request, in: session)
            try session.give(request)
        }
    }
}

extension Session {
    func request(_ acting: ActingOptions) throws -> Request {
        var request = Request("", by: try actor(acting.reading))
        request.behalf = acting.onBehalfOf
        request.occurred = acting.occurred
        request.id = acting.commandID
        return request
    }

    /// Gives the command and says what came of it; a refusal ends with its own exit code.
    func give(_ request: Request) throws {
        switch try desk.prepare(request) {
        case .failure(let refusal): try refuse(refusal)
        case .success(var prepared):
            try askForMissing(&prepared)
            let before = standing.cases.mapValues(\.active)
            try answer(try desk.perform(prepared.command), to: prepared.definition.title, before: before)
        }
    }

    /// On a terminal, what is missing is asked for; elsewhere the rules say what is.
    private func askForMissing(_ prepared: inout PreparedRequest) throws {
        guard isatty(0) == 1, isatty(2) == 1, !options.json else { return }
        for field in prepared.missing {
            FileHandle.standardError.write(Data("\(field.name) (\(field.type.base.words)): ".utf8))
            guard let line = readLine(), !line.isEmpty else { continue }
            try desk.fill(field, with: line, in: &prepared)
        }
    }

    /// - Parameter before: where each case stood before, where the command may have moved one.
    func answer(_ reply: Reply, to title: String, before: [ID: [String]]? = nil) throws {
        switch reply {
        case .refused(let refusal): try refuse(refusal)
        case .taken(let receipt):
            let moved = before.flatMap { before in
                receipt.ofCase.flatMap { id in
                    before[id].flatMap { before in standing.cases[id]?.active.filter { !before.contains($0) } }
                }
            }
            show(plain(receipt), words(of: receipt, title, moved ?? []))
        }
    }

    func refuse(_ refusal: Refusal) throws -> Never {
        if options.json {
            let plain = Plain.map([
                "refused": .map([
                    "kind": .text(refusal.kind.rawValue), "reason": .text(refusal.reason), "allowed": Plain(refusal.allowed),
                    "notes": Plain(refusal.notes),
                ])
            ])
            Console.say(plain.json)
        }
        var text = "refused: " + refusal.reason
        for note in refusal.notes { text += "\n    " + note }
        if !refusal.allowed.isEmpty {
            text += "\n    allowed now: " + refusal.allowed.map { named($0) }.joined(separator: ", ")
        }
        complain(text)
        throw Exit.refused
    }

    /// A meeting with the time for which it is planned, since a date is easily mistyped; anything else by its id.
    private func made(_ id: ID) -> String {
        guard let meeting = records.meetings[id] else { return id }
        return "\(id), \(spoken(meeting.start, for: meeting.body))"
    }

    /// `accept (Say that I will attend)`, where all workflows that have the command mean the same by it.
    private func named(_ command: String) -> String {
        let titles = Set(rulebook.workflows.values.compactMap { $0.command(named: command)?.title })
        guard titles.count == 1, let title = titles.first else { return command }
        return "\(command) (\(title))"
    }

    private func plain(_ receipt: Receipt) -> Plain {
        .map([
            "taken": .flag(true), "case": Plain(receipt.ofCase), "made": Plain(receipt.made),
            "messages": .number(receipt.messages),
            "entries": .list(
                receipt.entries.map { line in
                    .map([
                        "sequence": .number(Int(line.sequence)), "kind": .text(line.kind), "name": .text(line.name),
                        "case": Plain(line.ofCase),
                    ])
                }),
        ])
    }

    private func words(of receipt: Receipt, _ title: String, _ moved: [String]) -> String {
        var text = "done: \(title)"
        if !receipt.made.isEmpty { text += " (\(receipt.made.map { made($0) }.joined(separator: ", ")))" }
        if !moved.isEmpty { text += "; now \(words(ofStates: moved))" }
        if receipt.messages > 0 { text += "; messages to send: \(receipt.messages)" }
        return text
    }
}
