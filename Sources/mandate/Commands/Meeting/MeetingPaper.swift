import ArgumentParser
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

    func fill(_ request: inout Request, in session: Session) {
        request.command = "add_paper"
        request.meeting = meeting
        request.fill("title", title)
        request.fill("item", item)
        request.fill("file", file)
        request.fill("restricted_until", restrictedUntil)
    }
}
