import ArgumentParser
import Secretariat

struct MeetingPreside: GivesCommand {
    static let configuration = CommandConfiguration(
        commandName: "preside", abstract: "Record who presides, over the meeting or one item.")

    @OptionGroup var acting: ActingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    @Argument(help: "Who presides.")
    var person: String

    @Option(help: "Only over this item.")
    var item: String?

    func fill(_ request: inout Request, in session: Session) {
        request.command = "preside"
        request.meeting = meeting
        request.item = item
        request.fill("person", person)
    }
}
