import Foundation
import Testing

/// Calendars, at the command line.
@Suite("Calendars", .enabled(if: FileManager.default.isExecutableFile(atPath: Program.file.path)))
struct CalendarCommandTests {
    @Test("a person's and a body's calendar are printed, and Python's icalendar reads them")
    func printed() throws {
        let clerk = Clerk(at: "2026-09-01 09:00", as: "sid@town.example")
        _ = try clerk.says("init", clerk.folder)
        try clerk.gives("import", try clerk.write("roster.csv", Cast().roster))
        try clerk.gives("meeting", "plan", "--body", "board", "--start", "2026-10-14 14:00", "--place", "Town Hall; room 2")
        try clerk.gives("meeting", "plan", "--body", "forum", "--start", "2026-11-14 14:00")
        let ada = try clerk.says("calendar", "--for", "ada@town.example")
        #expect(ada.hasPrefix("BEGIN:VCALENDAR\r\n") && ada.hasSuffix("END:VCALENDAR\r\n"))
        let entries = try clerk.gives("calendar", "--for", "ada@town.example")["entries"].list
        #expect(entries.filter { $0["start"].text.contains("T") }.count == 2)
        #expect(try clerk.gives("calendar", "--body", "board")["entries"].each("location") == ["Town Hall; room 2"])
        #expect(try clerk.says("calendar", "--for", "ada@town.example") == ada, "the same question has the same answer")
        try clerk.fails(66, "calendar", "--for", "nobody at all")
        try clerk.fails(64, "calendar", "--for", "ada@town.example", "--body", "board")
        guard let python = ProcessInfo.processInfo.environment["MANDATE_PYTHON"] else {
            print("no MANDATE_PYTHON: not held against Python's icalendar")
            return
        }
        let file = try clerk.write("ada.ics", ada)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [
            "-c",
            """
            import sys
            from icalendar import Calendar
            events = Calendar.from_ical(open(sys.argv[1], 'rb').read()).walk('VEVENT')
            sys.exit(0 if len(events) == int(sys.argv[2]) and not any(e.errors for e in events) else 1)
            """, file, "\(entries.count)",
        ]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
