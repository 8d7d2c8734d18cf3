import Foundation
import Testing

@testable import Documents

/// Python's `icalendar`, where it is there to be asked.
enum Oracle {
    static let python = ProcessInfo.processInfo.environment["MANDATE_PYTHON"]
        .flatMap { FileManager.default.isExecutableFile(atPath: $0) ? $0 : nil }

    /// What Python reads in a calendar: a line for each property of each event, in a form of its own.
    static func read(_ text: String) throws -> [[String: String]]? {
        guard let python else {
            print("no MANDATE_PYTHON: not held against Python's icalendar")
            return nil
        }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mandate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (script, file, answer) = ("read.py", "calendar.ics", "answer.json")
        try Data(self.script.utf8).write(to: folder.appendingPathComponent(script))
        try Data(text.utf8).write(to: folder.appendingPathComponent(file))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.currentDirectoryURL = folder
        process.arguments = [script, file, answer]
        try process.run()
        process.waitUntilExit()
        return try JSONDecoder().decode([[String: String]].self, from: Data(contentsOf: folder.appendingPathComponent(answer)))
    }

    private static let script = #"""
        import sys, json, datetime
        from icalendar import Calendar
        calendar = Calendar.from_ical(open(sys.argv[1], 'rb').read())
        def shown(value):
            if hasattr(value, 'dt'):
                value = value.dt
                if isinstance(value, datetime.datetime): return value.astimezone(datetime.timezone.utc).isoformat()
                return value.isoformat()
            return str(value)
        found = [{k: shown(v) for k, v in calendar.items()}]
        assert not calendar.errors, calendar.errors
        for part in calendar.walk():
            if part.name not in ('VEVENT', 'VTODO'): continue
            assert not part.errors, part.errors
            entry = {'kind': part.name}
            for key, value in part.items():
                values = value if isinstance(value, list) else [value]
                entry[key] = ' '.join(shown(v) for v in values)
                for v in values:
                    for name, parameter in getattr(v, 'params', {}).items(): entry[key + ';' + name] = str(parameter)
            found.append(entry)
        json.dump(found, open(sys.argv[2], 'w'))
        """#
}

@Suite struct CalendarFileTests {
    private var meeting: CalendarEntry {
        CalendarEntry(
            uid: "m1-abc@example.org", sequence: 3, stamp: 1_775_030_400, start: .instant(1_778_590_800),
            end: .instant(1_778_598_000), summary: "Health & Care; Board, \"special\"",
            location: "Town Hall, Room 2; first floor\\back",
            description: "Business:\n- Ünïcödé and 会議の議題 \(String(repeating: "words, ", count: 20))end", status: .confirmed,
            organizer: CalendarPerson(address: "answers@example.org", name: "Secretariat: North, \"East\""),
            attendees: [
                CalendarPerson(
                    address: "ann@example.org", name: "Ann O'Brien-Müller", role: .required, answer: .awaited,
                    isAskedToAnswer: true)
            ])
    }

    @Test("what is written is read back the same, in folded lines ended by CR LF")
    func roundTrip() throws {
        let file = CalendarFile(method: .request, name: "Ann's meetings", entries: [meeting])
        let text = file.text
        #expect(text.utf8.split(separator: 0x0A).allSatisfy { $0.count <= 76 && $0.last == 0x0D })
        var read = try CalendarFile.read(Array(text.utf8)).get()
        #expect(read.entries.first?.organizer?.name == "Secretariat: North, 'East'")
        read.entries[0].organizer = meeting.organizer
        #expect(read == file)
    }

    @Test("Python's icalendar reads what is meant")
    func oracle() throws {
        var duty = CalendarEntry(uid: "d1@example.org", stamp: 1_775_030_400, start: .day("2026-05-11"), summary: "Due: read")
        duty.end = .day("2026-05-12")
        duty.isBusy = false
        let file = CalendarFile(method: .publish, name: "Ann", entries: [meeting, duty])
        guard let found = try Oracle.read(file.text) else { return }
        #expect(found.count == 3)
        #expect(found[0]["METHOD"] == "PUBLISH" && found[0]["VERSION"] == "2.0" && found[0]["X-WR-CALNAME"] == "Ann")
        let event = found[1]
        #expect(event["UID"] == meeting.uid && event["SEQUENCE"] == "3" && event["SUMMARY"] == meeting.summary)
        #expect(event["DTSTART"] == "2026-05-12T13:00:00+00:00" && event["DTEND"] == "2026-05-12T15:00:00+00:00")
        #expect(event["LOCATION"] == meeting.location && event["DESCRIPTION"] == meeting.description)
        #expect(event["ATTENDEE"] == "mailto:ann@example.org" && event["ATTENDEE;PARTSTAT"] == "NEEDS-ACTION")
        #expect(event["ATTENDEE;RSVP"] == "TRUE" && event["ATTENDEE;CN"] == "Ann O'Brien-Müller")
        #expect(event["ORGANIZER"] == "mailto:answers@example.org" && event["STATUS"] == "CONFIRMED")
        #expect(found[2]["DTSTART"] == "2026-05-11" && found[2]["DTEND"] == "2026-05-12" && found[2]["TRANSP"] == "TRANSPARENT")
    }

    @Test("a name cannot write lines of its own")
    func injection() throws {
        var entry = meeting
        entry.summary = "x\r\nATTENDEE:mailto:eve@example.org"
        entry.attendees[0].name = "Eve\r\nSUMMARY:y"
        entry.organizer?.address = "a@example.org\nUID:z"
        let read = try CalendarFile.read(Array(CalendarFile(method: .request, entries: [entry]).text.utf8)).get()
        #expect(read.entries.count == 1 && read.entries[0].attendees.count == 1 && read.entries[0].uid == meeting.uid)
        #expect(read.entries[0].summary == "x  ATTENDEE:mailto:eve@example.org")
    }

    @Test("times are read in UTC, as days, and in zones that the file describes or only names")
    func zones() throws {
        let text = """
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//x//y//EN
            BEGIN:VTIMEZONE
            TZID:GMT Standard Time
            BEGIN:STANDARD
            DTSTART:16010101T020000
            TZOFFSETFROM:+0100
            TZOFFSETTO:+0000
            RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
            END:STANDARD
            BEGIN:DAYLIGHT
            DTSTART:16010101T010000
            TZOFFSETFROM:+0000
            TZOFFSETTO:+0100
            RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
            END:DAYLIGHT
            END:VTIMEZONE
            BEGIN:VEVENT
            UID:1
            DTSTART;TZID="GMT Standard Time":20260512T140000
            DURATION:PT2H
            RRULE:FREQ=MONTHLY;BYDAY=2TU
            EXDATE;TZID="GMT Standard Time":20260609T140000
            END:VEVENT
            BEGIN:VEVENT
            UID:2
            DTSTART;TZID=Europe/London:20260512T140000
            END:VEVENT
            BEGIN:VEVENT
            UID:3
            DTSTART;VALUE=DATE:20260512
            END:VEVENT
            BEGIN:VEVENT
            UID:4
            DTSTART:20260512T130000Z
            DURATION:PT2H
            END:VEVENT
            END:VCALENDAR
            """
        let entries = try CalendarFile.read(Array(text.utf8)).get().entries
        #expect(
            entries.map(\.start) == [
                .local("2026-05-12 14:00:00", zone: "GMT Standard Time", instant: 1_778_590_800),
                .local("2026-05-12 14:00:00", zone: "Europe/London", instant: nil), .day("2026-05-12"),
                .instant(1_778_590_800),
            ])
        #expect(entries[3].end == .instant(1_778_598_000))
        #expect(entries[0].recurrence == "FREQ=MONTHLY;BYDAY=2TU" && entries[0].excluded.count == 1)
    }

    @Test("a table of a zone whose clocks change every second is not reckoned with")
    func endlessZone() throws {
        let text = """
            BEGIN:VCALENDAR
            BEGIN:VTIMEZONE
            TZID:Z
            BEGIN:STANDARD
            DTSTART:16010101T020000
            TZOFFSETFROM:+0100
            TZOFFSETTO:+0000
            RRULE:FREQ=SECONDLY
            END:STANDARD
            END:VTIMEZONE
            BEGIN:VEVENT
            UID:1
            DTSTART;TZID=Z:20260512T140000
            END:VEVENT
            END:VCALENDAR
            """
        let entry = try #require(try CalendarFile.read(Array(text.utf8)).get().entries.first)
        #expect(entry.start == .local("2026-05-12 14:00:00", zone: "Z", instant: nil))
    }

    @Test("what is no calendar, too deep or too large is told as such")
    func refused() {
        #expect(CalendarFile.read(Array("Dear all,\nsee you.\n".utf8)) == .failure(.notACalendar))
        #expect(CalendarFile.read([UInt8]()) == .failure(.notACalendar))
        let deep = String(repeating: "BEGIN:VEVENT\r\n", count: 100_000)
        #expect(CalendarFile.read(Array(deep.utf8)) == .failure(.tooDeep))
        #expect(CalendarFile.read([UInt8](repeating: 65, count: CalendarFile.largest + 1)) == .failure(.tooLarge))
    }

    @Test("a thousand broken calendars are read or refused, and none stops the program", arguments: [UInt64(7), 20_261_118])
    func broken(seed: UInt64) {
        print("seed \(seed)")
        var state = seed
        func roll(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(truncatingIfNeeded: state >> 33) % max(1, below)
        }
        let whole = Array(CalendarFile(method: .reply, name: "x", entries: [meeting, meeting]).text.utf8)
        let pieces = [
            "BEGIN:VEVENT\r\n", "END:VEVENT\r\n", "SUMMARY;VALUE=DATE:20260101\r\n", "DTSTART;VALUE=TEXT:x\r\n",
            "ATTENDEE;PARTSTAT=:\r\n", "UID;VALUE=DATE-TIME:20260101T000000Z\r\n", ";;;:::\r\n", "METHOD;VALUE=TEXT:REPLY\r\n",
            "RRULE:FREQ=SECONDLY;COUNT=99999999\r\n", "ATTENDEE;CN=\"\(String(repeating: "a", count: 3000)):x\r\n",
            "\u{0}\u{1}",
        ]
        var understood = 0
        for _ in 0..<1000 {
            var bytes = whole
            for _ in 0...roll(4) {
                switch roll(4) {
                case 0: bytes = Array(bytes.prefix(roll(bytes.count + 1)))
                case 1 where !bytes.isEmpty: bytes[roll(bytes.count)] = UInt8(roll(256))
                case 2 where !bytes.isEmpty:
                    let from = roll(bytes.count)
                    bytes.removeSubrange(from..<min(bytes.count, from + roll(40)))
                default: bytes.insert(contentsOf: pieces[roll(pieces.count)].utf8, at: roll(bytes.count + 1))
                }
            }
            if case .success(let file) = CalendarFile.read(bytes), !file.entries.isEmpty { understood += 1 }
        }
        #expect((100...1000).contains(understood), "\(understood)")
    }
}
