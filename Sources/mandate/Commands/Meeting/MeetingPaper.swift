import ArgumentParser
import Documents
import Secretariat

struct MeetingPaper: GivesCommand {
    static let configuration = CommandConfiguration(commandName: "paper", abstract: "Add a paper.")

    @OptionGroup var acting: ActingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    @Argument(help: "Its title.")
    var title: String

    @Option(help: "The item that it is for.")
    var item: String?

    @Option(help: "The file.")
    var file: String?

    @Option(help: ArgumentHelp("Not for the public before this date.", valueName: "date"))
    var restrictedUntil: String?

    func run() throws {
        try attempt {
            let session = try Session(acting.place)
            var request = try session.request(acting)
            fill(&request, in: session)
            try session.give(request)
            guard let file, !session.options.json, !Press.isBindable(try Disk.read(file), named: file) else { return }
            complain(
                "\(file) goes out with the mail, but cannot be bound into a pack: it is neither PDF, Word, Markdown nor text")
        }
    }

    func fill(_ request: inout Request, in session: Session) {
        request.command = "add_paper"
        request.meeting = meeting
        request.fill("title", title)
        request.fill("item", item)
        request.fill("file", file)
        request.fill("restricted_until", restrictedUntil)
    }
}
