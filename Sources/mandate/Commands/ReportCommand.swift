import ArgumentParser
import Governance
import Secretariat
import Workflows

struct ReportCommand: ShowsDocument {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Report back on a meeting, or on all that is due.",
        discussion: """
            With a meeting: the feedback report of a representative. Without one, the coordinator's report: what is overdue where, which \
            meetings have not been reported back from, seats without substitutes, interests not reviewed; of the nominating bodies \
            that whoever acts coordinates, or of all.
            """)

    @OptionGroup var reading: ReadingOptions

    @Argument(help: "A meeting, for the feedback report on it: an id, next, last or a date.")
    var meeting: String?

    @Option(name: .customLong("for"), help: ArgumentHelp("Whose feedback report; else whoever acts.", valueName: "person"))
    var person: String?

    @Option(help: "Of this nominating body alone.")
    var organisation: String?

    @OptionGroup var shape: DocumentOptions

    func validate() throws {
        if meeting == nil, person != nil {
            throw ValidationError("--for goes with a meeting: mandate report last --for PERSON")
        }
        if meeting != nil, organisation != nil {
            throw ValidationError("--organisation goes with the coordinator's report, without a meeting")
        }
    }

    func request(in session: Session) throws -> PaperRequest {
        let reader = try session.actorIfNamed(reading)
        guard let meeting else {
            return PaperRequest(
                document: "overview", organisation: try organisation.map { try session.lookup.organisation($0) }, reader: reader
            )
        }
        let whose = try session.lookup.person(try person ?? session.actor(reading))
        let found = try session.meeting(meeting, by: whose)
        if found.start > session.desk.now, !session.options.json {
            complain("the meeting is still to come: there is nothing to report yet")
        }
        guard let it = session.desk.findCase(of: "representative", about: [.meeting: found.id, .person: whose]) else {
            throw LookupFailure("\(session.standing.name(of: whose)) represents nobody at \(session.lookup.label(of: found))")
        }
        return PaperRequest(document: "feedback_report", ofCase: it.id, meeting: found.id, body: found.body, reader: reader)
    }
}
