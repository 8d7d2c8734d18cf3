import ArgumentParser
import Calendars
import Documents
import Secretariat

struct CalendarCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar", abstract: "Print meetings and duties as an iCalendar file.",
        discussion: """
            A person's calendar has the meetings that concern them, and each duty on the day when it is due; a body's has its meetings, as \
            everyone may know them. Import the file into a calendar, or lay it where a calendar program fetches it.
            """)

    @OptionGroup var reading: ReadingOptions

    @Option(name: .customLong("for"), help: ArgumentHelp("Whose calendar; else that of whoever acts.", valueName: "person"))
    var person: String?

    @Option(help: "The calendar of this body.")
    var body: String?

    @Option(
        name: [.customLong("output"), .customShort("o")], help: ArgumentHelp("Write it into this file.", valueName: "file"))
    var output: String?

    func validate() throws {
        if person != nil && body != nil { throw ValidationError("--for and --body are two calendars: ask for one at a time") }
    }

    func run() throws {
        try attempt {
            let session = try Session(reading.place)
            let file =
                if let body {
                    try session.desk.calendar(of: try session.lookup.body(body))
                } else {
                    try session.desk.calendar(for: try session.lookup.person(try person ?? session.actor(reading)))
                }
            if reading.place.json { return try session.hand(over: Array((plain(file).json + "\n").utf8), .json, to: output) }
            try session.hand(over: Array(file.text.utf8), .ics, to: output)
        }
    }

    private func plain(_ file: CalendarFile) -> Plain {
        .map([
            "name": Plain(file.name),
            "entries": .list(
                file.entries.map { entry in
                    .map([
                        "uid": .text(entry.uid), "summary": .text(entry.summary), "sequence": .number(entry.sequence),
                        "start": Plain(entry.start.map { words($0) }), "end": Plain(entry.end.map { words($0) }),
                        "location": Plain(entry.location), "description": Plain(entry.description),
                        "cancelled": .flag(entry.status == .cancelled),
                    ])
                }),
        ])
    }

    private func words(_ moment: CalendarMoment) -> String {
        switch moment {
        case .instant(let seconds): "\(Instant(seconds: seconds))"
        case .day(let text), .local(let text, _, _): text
        }
    }
}
