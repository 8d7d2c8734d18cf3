import ArgumentParser
import Secretariat

struct MeetingReschedule: GivesCommand {
    static let configuration = CommandConfiguration(commandName: "reschedule", abstract: "Move the meeting.")

    @OptionGroup var acting: ActingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    @Option(help: "A date and time: 2026-11-18 14:00.")
    var start: String

    @Option(help: "When it ends, as 16:00 or with its date; as long as before if left out.")
    var end: String?

    @Option(help: "Where, if that changes.")
    var place: String?

    func fill(_ request: inout Request, in session: Session) {
        request.command = "reschedule"
        request.meeting = meeting
        request.fill("start", start)
        request.fill("end", end.map { MeetingTime.end($0, after: start) })
        request.fill("place", place)
    }
}
