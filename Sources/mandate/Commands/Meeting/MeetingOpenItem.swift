import ArgumentParser
import Secretariat

struct MeetingOpenItem: GivesCommand {
    static let configuration = CommandConfiguration(commandName: "open-item", abstract: "Open an item.")

    @OptionGroup var acting: ActingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    @Argument(help: MeetingHelp.item)
    var item: String

    func fill(_ request: inout Request, in session: Session) {
        request.command = "open_item"
        request.meeting = meeting
        request.item = item
    }
}
