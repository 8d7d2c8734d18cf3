import ArgumentParser
import Secretariat

struct MeetingArrive: GivesCommand {
    static let configuration = CommandConfiguration(commandName: "arrive", abstract: "Record an arrival.")

    @OptionGroup var acting: ActingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    @Argument(help: "Who arrives.")
    var person: String

    @Flag(help: "By video or telephone.")
    var remote = false

    func fill(_ request: inout Request, in session: Session) {
        request.command = "arrive"
        request.meeting = meeting
        request.fill("person", person)
        request.fill("manner", remote ? "remote" : nil)
    }
}
