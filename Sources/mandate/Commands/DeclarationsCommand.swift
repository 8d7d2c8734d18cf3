import ArgumentParser
import Secretariat

struct DeclarationsCommand: ShowsDocument {
    static let configuration = CommandConfiguration(
        commandName: "declarations", abstract: "Show the interests declared for a meeting.")

    @OptionGroup var reading: ReadingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    @OptionGroup var shape: DocumentOptions

    func request(in session: Session) throws -> PaperRequest { try session.paper("declarations", of: meeting, reading) }
}
