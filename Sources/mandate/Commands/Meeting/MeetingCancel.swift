import ArgumentParser
import Secretariat

struct MeetingCancel: GivesCommand {
    static let configuration = CommandConfiguration(commandName: "cancel", abstract: "Cancel the meeting.")

    @OptionGroup var acting: ActingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    @Option(help: "The reason.")
    var why: String

    func fill(_ request: inout Request, in session: Session) {
        request.command = "cancel"
        request.meeting = meeting
        request.fill("why", why)
    }
}
