import ArgumentParser
import Secretariat

struct MeetingNote: GivesCommand {
    static let configuration = CommandConfiguration(commandName: "note", abstract: "Note an item without a decision.")

    @OptionGroup var acting: ActingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    @Argument(help: MeetingHelp.item)
    var item: String

    func fill(_ request: inout Request, in session: Session) {
        request.command = "note"
        request.meeting = meeting
        request.item = item
    }
}
