import ArgumentParser
import Governance
import Secretariat

struct PaperCommand: ShowsDocument {
    static let configuration = CommandConfiguration(
        commandName: "paper", abstract: "Show any document of a case.",
        discussion: "A workflow's documents are templates; the case says what stands in them.")

    @OptionGroup var reading: ReadingOptions

    @Argument(help: "The document, by its template's name: case_study.")
    var document: String

    @Argument(help: "The case, by its id: c12.")
    var ofCase: String

    @OptionGroup var shape: DocumentOptions

    func request(in session: Session) throws -> PaperRequest {
        guard session.standing.cases[ofCase] != nil else { throw LookupFailure("there is no case `\(ofCase)`") }
        return PaperRequest(document: document.underscored, ofCase: ofCase, reader: try session.actorIfNamed(reading))
    }
}
