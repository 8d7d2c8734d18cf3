import ArgumentParser
import Documents
import Governance
import Secretariat

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the roster, or meetings, for another program.",
        discussion: """
            `mandate export roster` writes what `mandate import` reads: read back, it changes nothing. `mandate export meetings` writes the \
            meetings that are planned, as CSV, or with --format ics as a calendar.
            """)

    enum What: String, ExpressibleByArgument, CaseIterable { case roster, meetings }
    enum Target: String, ExpressibleByArgument, CaseIterable { case csv, ics }

    @OptionGroup var reading: ReadingOptions

    @Argument(help: "roster or meetings.")
    var what: What

    @Option(help: "Only the meetings of this body.")
    var body: String?

    @Option(help: "csv; for meetings also ics.")
    var format: Target = .csv

    @Option(
        name: [.customLong("output"), .customShort("o")], help: ArgumentHelp("Write it into this file.", valueName: "file"))
    var output: String?

    func validate() throws {
        if what == .roster, format == .ics { throw ValidationError("a roster is no calendar: ask for csv") }
    }

    func run() throws {
        try attempt {
            let session = try Session(reading.place)
            let body = try body.map { try session.lookup.body($0) }
            try session.hand(over: Array(try text(session, body).utf8), .csv, to: output)
        }
    }

    private func text(_ session: Session, _ body: String?) throws -> String {
        guard what == .meetings else { return DocumentTable.roster(of: session.standing).csv }
        guard format == .ics else { return session.desk.meetingTable(of: body).csv }
        guard let body = body ?? (session.records.bodies.count == 1 ? session.records.bodies.keys.first : nil) else {
            throw UsageFailure("a calendar is of one body: say which, with --body")
        }
        return try session.desk.calendar(of: body).text
    }
}
