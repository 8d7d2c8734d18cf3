import ArgumentParser
import Secretariat

struct MeetingNotice: GivesCommand {
    static let configuration = CommandConfiguration(commandName: "notice", abstract: "Give notice of the meeting.")

    @OptionGroup var acting: ActingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    func fill(_ request: inout Request, in session: Session) {
        request.command = "give_notice"
        request.meeting = meeting
    }
}
