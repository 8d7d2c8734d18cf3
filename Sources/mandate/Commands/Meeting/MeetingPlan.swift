import ArgumentParser
import Secretariat

struct MeetingPlan: GivesCommand {
    static let configuration = CommandConfiguration(commandName: "plan", abstract: "Plan a meeting.")

    @OptionGroup var acting: ActingOptions

    @Option(help: "The body that meets.")
    var body: String

    @Option(help: "A date and time: 2026-11-18 14:00.")
    var start: String

    @Option(help: "When it ends, as 16:00 or with its date; two hours later if left out.")
    var end: String?

    @Option(help: "Where.")
    var place: String?

    @Option(help: "A title, if it has one of its own.")
    var title: String?

    func fill(_ request: inout Request, in session: Session) {
        request.command = "plan_meeting"
        request.fill("body", body)
        request.fill("start", start)
        request.fill("end", end.map { MeetingTime.end($0, after: start) })
        request.fill("place", place)
        request.fill("title", title)
    }
}
