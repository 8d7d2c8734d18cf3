import ArgumentParser
import Secretariat

struct MeetingDepart: GivesCommand {
    static let configuration = CommandConfiguration(commandName: "depart", abstract: "Record a departure.")

    @OptionGroup var acting: ActingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    @Argument(help: "Who leaves.")
    var person: String

    func fill(_ request: inout Request, in session: Session) {
        request.command = "depart"
        request.meeting = meeting
        request.fill("person", person)
    }
}
