import ArgumentParser
import Secretariat

struct ScriptCommand: ShowsDocument {
    static let configuration = CommandConfiguration(
        commandName: "script", abstract: "Show the chair's running order of a meeting.")

    @OptionGroup var reading: ReadingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    @OptionGroup var shape: DocumentOptions

    func request(in session: Session) throws -> PaperRequest { try session.paper("script", of: meeting, reading) }
}
