import ArgumentParser
import Governance
import Secretariat
import Workflows

struct ReportCommand: ShowsDocument {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Show a feedback report on a meeting.")

    @OptionGroup var reading: ReadingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    @Option(name: .customLong("for"), help: ArgumentHelp("Whose report; else that of whoever acts.", valueName: "person"))
    var person: String?

    @OptionGroup var shape: DocumentOptions

    func request(in session: Session) throws -> PaperRequest {
        let reader = try session.actorIfNamed(reading)
        let whose = try session.lookup.person(try person ?? session.actor(reading))
        let meeting = try session.meeting(meeting, by: whose)
        guard
            let it = session.desk.findCase(of: "representative", about: [.meeting: meeting.id, .person: whose])
        else {
            throw LookupFailure("\(session.standing.name(of: whose)) represents nobody at \(session.lookup.label(of: meeting))")
        }
        return PaperRequest(
            document: "feedback_report", ofCase: it.id, meeting: meeting.id, body: meeting.body, reader: reader)
    }
}
