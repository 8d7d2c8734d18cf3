import ArgumentParser
import Secretariat

struct MinutesCommand: ShowsDocument {
    static let configuration = CommandConfiguration(
        commandName: "minutes", abstract: "Show the minutes of a meeting, or their skeleton.")

    @OptionGroup var reading: ReadingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    @OptionGroup var shape: DocumentOptions

    func request(in session: Session) throws -> PaperRequest { try session.paper("minutes", of: meeting, reading) }
}
