import ArgumentParser
import Secretariat

struct MeetingAgenda: GivesCommand {
    static let configuration = CommandConfiguration(commandName: "agenda", abstract: "Publish the agenda.")

    @OptionGroup var acting: ActingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    func fill(_ request: inout Request, in session: Session) {
        request.command = "publish_agenda"
        request.meeting = meeting
    }
}
