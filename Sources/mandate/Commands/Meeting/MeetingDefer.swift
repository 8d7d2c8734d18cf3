import ArgumentParser
import Secretariat

struct MeetingDefer: GivesCommand {
    static let configuration = CommandConfiguration(commandName: "defer", abstract: "Defer an item.")

    @OptionGroup var acting: ActingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    @Argument(help: MeetingHelp.item)
    var item: String

    @Option(help: "The reason.")
    var why: String

    func fill(_ request: inout Request, in session: Session) {
        request.command = "defer"
        request.meeting = meeting
        request.item = item
        request.fill("why", why)
    }
}
