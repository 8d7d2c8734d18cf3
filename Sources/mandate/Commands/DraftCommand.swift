import ArgumentParser
import Governance
import Secretariat
import Workflows

struct DraftCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "draft", abstract: "Show a draft, or replace it by your own text.",
        discussion: """
            Drafts are made from what happened and stay fresh until somebody edits them: minutes, feedback_report, agenda. Show one, \
            edit the Markdown, and give it back with --from FILE (or --from - for standard input). \
            --fresh lets your text go, and the draft is made from what happened again.
            """)

    @OptionGroup var recording: RecordingOptions

    @Argument(help: "The meeting: an id, next, last, or a date; or a case by its id.")
    var meeting: String

    @Argument(help: "The document: minutes, feedback_report, agenda.")
    var document: String

    @Option(
        name: .customLong("for"), help: ArgumentHelp("Whose draft, where each representative has one.", valueName: "person"))
    var person: String?

    @Option(help: ArgumentHelp("Take the text from this file.", valueName: "file"))
    var from: String?

    @Flag(help: "Let the text that was given go: the draft is made from what happened again.")
    var fresh = false

    func validate() throws {
        if fresh, from != nil { throw ValidationError("--fresh lets a text go, --from gives one: ask for one of them") }
    }

    func run() throws {
        try attempt {
            let session = try Session(recording.place)
            let draft = try found(in: session)
            if fresh { return try take(nil, for: draft, session) }
            guard let from else {
                let text = try session.desk.text(of: draft)
                return session.show(plain(draft, text), text)
            }
            let bytes = from == "-" ? try standardInput() : try Disk.read(from, limit: Self.largest)
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw UsageFailure("\(from) is not text in UTF-8")
            }
            guard text.contains(where: { !$0.isWhitespace }) else {
                complain("\(from) is empty: the draft stays as it is; --fresh makes it from what happened again")
                throw Exit.badInput
            }
            try take(text, for: draft, session)
        }
    }

    private func take(_ text: String?, for draft: Draft, _ session: Session) throws {
        let reply = try session.desk.edit(
            draft: draft.document, of: draft.ofCase, text: text,
            by: try session.lookup.person(try session.actor(recording.reading)),
            id: recording.commandID ?? Chance.system.token())
        let lines = text.map { counted($0.split(separator: "\n", omittingEmptySubsequences: true).count, "line") }
        let name = draft.document.split(separator: "_").joined(separator: " ")
        try session.answer(
            reply,
            to: lines.map { "the draft of \(name) is your text now: \($0)" }
                ?? "the draft of \(name) is made from what happened")
    }

    private static let largest = 4 << 20

    private func standardInput() throws -> [UInt8] {
        var text = ""
        while let line = readLine(strippingNewline: false) {
            text += line
            guard text.utf8.count <= Self.largest else { throw UsageFailure("the text is larger than \(Self.largest) bytes") }
        }
        return Array(text.utf8)
    }

    private func found(in session: Session) throws -> Draft {
        let actor = try session.actorIfNamed(recording.reading)
        if session.standing.cases[meeting] != nil {
            guard let draft = session.standing.drafts[meeting + "/" + document.underscored] else {
                throw LookupFailure("there is no draft of \(document.underscored) in \(meeting) yet")
            }
            return draft
        }
        let meeting = try session.meeting(meeting, by: actor)
        let name = document.underscored
        let drafts = session.standing.drafts.values.filter {
            $0.document == name && self.meeting(of: $0, session) == meeting.id
        }
        let wanted = try person.map { try session.lookup.person($0) } ?? (drafts.count > 1 ? actor : nil)
        let chosen = drafts.filter { wanted == nil || self.person(of: $0, session) == wanted }
        if chosen.count == 1, let one = chosen.first { return one }
        let people = drafts.compactMap { self.person(of: $0, session) }.map { session.standing.name(of: $0) }.sorted()
        throw LookupFailure(
            chosen.isEmpty ? "there is no draft of \(name) for this meeting yet" : "say whose draft, with --for PERSON",
            candidates: people)
    }

    private func meeting(of draft: Draft, _ session: Session) -> ID? {
        session.standing.cases[draft.ofCase].flatMap { session.standing.keys(of: $0).all[.meeting] }
    }

    private func person(of draft: Draft, _ session: Session) -> ID? {
        session.standing.cases[draft.ofCase].flatMap { session.standing.keys(of: $0).all[.person] }
    }

    private func plain(_ draft: Draft, _ text: String) -> Plain {
        .map([
            "document": .text(draft.document), "case": .text(draft.ofCase), "edited": Plain(draft.edited),
            "edited_by": Plain(draft.editedBy), "text": .text(text),
        ])
    }
}
