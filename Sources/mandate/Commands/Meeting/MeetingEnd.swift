import ArgumentParser
import Secretariat

struct MeetingEnd: GivesCommand {
    static let configuration = CommandConfiguration(commandName: "end", abstract: "End the meeting.")

    @OptionGroup var acting: ActingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    func fill(_ request: inout Request, in session: Session) {
        request.command = "end_meeting"
        request.meeting = meeting
    }
}
