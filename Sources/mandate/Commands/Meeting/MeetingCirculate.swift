import ArgumentParser
import Secretariat

struct MeetingCirculate: GivesCommand {
    static let configuration = CommandConfiguration(commandName: "circulate", abstract: "Circulate the papers.")

    @OptionGroup var acting: ActingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    func fill(_ request: inout Request, in session: Session) {
        request.command = "circulate"
        request.meeting = meeting
    }
}
