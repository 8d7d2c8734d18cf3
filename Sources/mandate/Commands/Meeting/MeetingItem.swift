import ArgumentParser
import Secretariat

struct MeetingItem: GivesCommand {
    static let configuration = CommandConfiguration(commandName: "item", abstract: "Put an item on the agenda.")

    @OptionGroup var acting: ActingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    @Argument(help: "What it is about.")
    var title: String

    @Option(help: "decision, discussion or information.")
    var purpose: String?

    @Option(help: ArgumentHelp("An organisation that it is about; may be said again for another.", valueName: "name"))
    var organisation: [String] = []

    @Option(help: ArgumentHelp("The meeting whose minutes it confirms.", valueName: "meeting"))
    var confirms: String?

    @Option(help: ArgumentHelp("Not for the public before this date.", valueName: "date"))
    var restrictedUntil: String?

    func fill(_ request: inout Request, in session: Session) {
        request.command = "add_item"
        request.meeting = meeting
        request.fill("title", title)
        request.fill("purpose", purpose)
        if !organisation.isEmpty { request.fill("organisations", organisation.joined(separator: "; ") + ";") }
        request.fill("confirms", confirms)
        request.fill("restricted_until", restrictedUntil)
    }
}
