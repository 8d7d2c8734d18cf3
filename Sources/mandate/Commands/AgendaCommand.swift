import ArgumentParser
import Secretariat

struct AgendaCommand: ShowsDocument {
    static let configuration = CommandConfiguration(commandName: "agenda", abstract: "Show the agenda of a meeting.")

    @OptionGroup var reading: ReadingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    @OptionGroup var shape: DocumentOptions

    func request(in session: Session) throws -> PaperRequest { try session.paper("agenda", of: meeting, reading) }
}
