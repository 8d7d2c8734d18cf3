import ArgumentParser
import Secretariat

struct MeetingMoveOn: GivesCommand {
    static let configuration = CommandConfiguration(
        commandName: "move-on", abstract: "Leave an item that has lost its quorum.")

    @OptionGroup var acting: ActingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    @Argument(help: MeetingHelp.item)
    var item: String

    func fill(_ request: inout Request, in session: Session) {
        request.command = "move_on"
        request.meeting = meeting
        request.item = item
    }
}
