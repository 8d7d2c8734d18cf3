import ArgumentParser
import Secretariat

struct MeetingPlace: GivesCommand {
    static let configuration = CommandConfiguration(commandName: "place", abstract: "Put a deferred item on a later agenda.")

    @OptionGroup var acting: ActingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    @Argument(help: MeetingHelp.item)
    var item: String

    @Option(name: .customLong("on"), help: ArgumentHelp("The later meeting.", valueName: "meeting"))
    var later: String

    func fill(_ request: inout Request, in session: Session) {
        request.command = "place"
        request.meeting = meeting
        request.item = item
        request.fill("meeting", later)
    }
}
