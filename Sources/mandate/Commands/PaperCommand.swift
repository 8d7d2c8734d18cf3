import ArgumentParser
import Governance
import Secretariat
import Workflows

struct PaperCommand: ShowsDocument {
    static let configuration = CommandConfiguration(
        commandName: "paper", abstract: "Show any document of a case or a meeting.",
        discussion: """
            A workflow's documents are templates; the case says what stands in them. The notice of the next meeting, as it went out: \
            mandate paper notice next --format pdf
            """)

    @OptionGroup var reading: ReadingOptions

    @Argument(help: "The document, by its template's name: case_study.")
    var document: String

    @Argument(help: "The case, by its id: c12; or a meeting: an id, next, last or a date.")
    var ofCase: String

    @OptionGroup var shape: DocumentOptions

    func request(in session: Session) throws -> PaperRequest {
        let reader = try session.actorIfNamed(reading)
        if session.standing.cases[ofCase] != nil {
            return PaperRequest(document: document.underscored, ofCase: ofCase, reader: reader)
        }
        if ofCase.hasPrefix("c"), Int(ofCase.dropFirst()) != nil { throw LookupFailure("there is no case `\(ofCase)`") }
        let meeting = try session.meeting(ofCase, by: reader)
        guard let it = session.desk.findCase(of: "meeting", about: [.meeting: meeting.id]) else {
            throw LookupFailure("no case is about the meeting `\(ofCase)`")
        }
        return PaperRequest(
            document: document.underscored, ofCase: it.id, meeting: meeting.id, body: meeting.body, reader: reader)
    }
}
