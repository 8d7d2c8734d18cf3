import ArgumentParser
import Secretariat

struct MeetingOpen: GivesCommand {
    static let configuration = CommandConfiguration(commandName: "open", abstract: "Open the meeting.")

    @OptionGroup var acting: ActingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    func fill(_ request: inout Request, in session: Session) {
        request.command = "open_meeting"
        request.meeting = meeting
    }
}
