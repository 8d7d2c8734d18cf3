import ArgumentParser
import Governance
import Secretariat

struct PersonCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person", abstract: "Export or erase what is held about a person.",
        subcommands: [PersonExport.self, PersonErase.self])
}

struct PersonExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Give out everything that is held about a person.",
        discussion: """
            Values, places, attendance, duties, interests, messages, files and acts, as Markdown, or as JSON with --json. With --to, a new folder \
            holds both, and each file and message as it is.
            """)

    @Argument(help: "The person by id, address or name.")
    var person: String

    @Option(help: ArgumentHelp("A new folder for the whole.", valueName: "dir"))
    var to: String?

    @OptionGroup var place: WorkspaceOptions

    func run() throws {
        try attempt {
            let session = try Session(place)
            let file = try session.desk.personFile(of: try session.lookup.person(person))
            guard let to else {
                return Console.say(place.json ? try file.json() : file.markdown, terminator: place.json ? "\n" : "")
            }
            try session.desk.write(file, to: to)
            session.show(.map(["folder": .text(to)]), "\(to): person.md, person.json, files/, messages/")
        }
    }
}

struct PersonErase: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Erase what is held about a person, for good.",
        discussion: """
            Nothing that the program keeps holds their name, address and words afterwards; they are "a former member" in all that is written from \
            then on. The journal holds opaque ids, stays whole, and says that they were erased. Copies that are not ours to erase are listed: mail \
            that was sent, and backups, which hold what they held.

            Names in confirmed minutes and circulated papers are a public record and stay, unless --including-record. Somebody with a term, an office \
            or an open duty is not erased, as what is known of them is needed for it (UK GDPR, article 17(3)); --force says otherwise.
            """)

    @Argument(help: "The person by id, address or name.")
    var person: String

    @Flag(help: "Also from confirmed minutes and circulated papers.")
    var includingRecord = false

    @Flag(help: "Although they have an office or something to do, or mail that names them waits.")
    var force = false

    @OptionGroup var reading: ReadingOptions

    func run() throws {
        try attempt {
            let session = try Session(reading.place)
            let finished = try session.desk.finishErasingPolitely()
            let who: ID
            do { who = try session.lookup.person(person) } catch {
                // One who is erased has no name by which to be found.
                guard let finished else { throw error }
                return session.show(
                    .map(["person": .text(finished), "finished": .flag(true)]),
                    "an erasure that was cut off is finished: \(finished)")
            }
            let actor = try session.lookup.person(try session.actor(reading))
            let request = ErasureRequest(of: who, includesRecord: includingRecord, isForced: force)
            switch try session.desk.erase(request, by: actor) {
            case .failure(let refusal): try session.refuse(refusal)
            case .success(let erased): session.show(Plain(erased), words(erased, session))
            }
        }
    }

    private func words(_ erased: Erased, _ session: Session) -> String {
        var lines = [
            "erased \(erased.person): \(erased.values) values, the text of \(erased.messages) messages to them and \(erased.othersMessages) that name them",
            "    \(erased.filesRedacted) files written anew, \(erased.filesErased) removed; \(erased.mailFiles) files of mail, \(erased.rosterRows) roster lines",
        ]
        lines += list("stays, as a public record:", erased.record)
        lines += list("cannot be looked into; look yourself:", erased.unsearchable)
        lines += list("yours, and they hold the words still:", erased.left)
        lines += list(
            "copies in mailboxes:",
            erased.sent.map { copy in
                let who = copy.to == erased.person ? "to them" : "to \(session.standing.name(of: copy.to))"
                return
                    "\(session.spoken(copy.at, for: nil)), \(copy.document.split(separator: "_").joined(separator: " ")), \(who)"
            })
        lines += list("backups that hold them:", erased.backups.map { "\(session.spoken($0.at, for: nil)), \($0.folder)" })
        lines += list("of these, moved or shut, so that whoever restores them must erase again:", erased.untold)
        return lines.joined(separator: "\n")
    }

    private func list(_ title: String, _ things: [String]) -> [String] {
        things.isEmpty ? [] : [title] + things.map { "    " + $0 }
    }
}

extension Plain {
    init(_ erased: Erased) {
        self = .map([
            "person": .text(erased.person), "values": .number(erased.values), "others_texts": .number(erased.othersTexts),
            "messages": .number(erased.messages), "others_messages": .number(erased.othersMessages),
            "files_redacted": .number(erased.filesRedacted), "files_erased": .number(erased.filesErased),
            "mail_files": .number(erased.mailFiles), "roster_rows": .number(erased.rosterRows), "record": Plain(erased.record),
            "unsearchable": Plain(erased.unsearchable), "left": Plain(erased.left),
            "sent": .list(
                erased.sent.map { .map(["at": Plain($0.at), "to": .text($0.to), "document": .text($0.document)]) }),
            "backups": .list(erased.backups.map { .map(["at": Plain($0.at), "folder": .text($0.folder)]) }),
            "untold_backups": Plain(erased.untold),
        ])
    }
}
