import ArgumentParser
import Secretariat

struct CoverageCommand: ShowsDocument {
    static let configuration = CommandConfiguration(
        commandName: "coverage", abstract: "Show the code against duties and evidence.")

    @OptionGroup var reading: ReadingOptions

    @OptionGroup var shape: DocumentOptions

    func request(in session: Session) throws -> PaperRequest {
        PaperRequest(document: "coverage", reader: try session.actorIfNamed(reading))
    }
}
