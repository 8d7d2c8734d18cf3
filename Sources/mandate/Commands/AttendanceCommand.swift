import ArgumentParser
import Secretariat

struct AttendanceCommand: ShowsDocument {
    static let configuration = CommandConfiguration(
        commandName: "attendance", abstract: "Show the attendance sheet of a meeting.")

    @OptionGroup var reading: ReadingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    @OptionGroup var shape: DocumentOptions

    func request(in session: Session) throws -> PaperRequest { try session.paper("attendance", of: meeting, reading) }
}
