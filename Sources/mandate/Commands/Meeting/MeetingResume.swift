import ArgumentParser
import Secretariat

struct MeetingResume: GivesCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Go on with an item that had lost its quorum.")

    @OptionGroup var acting: ActingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    @Argument(help: MeetingHelp.item)
    var item: String

    func fill(_ request: inout Request, in session: Session) {
        request.command = "resume"
        request.meeting = meeting
        request.item = item
    }
}
