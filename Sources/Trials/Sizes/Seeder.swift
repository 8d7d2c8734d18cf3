import CEL
import Calendars
import Governance
import Journals
import Secretariat
import Workflows

/// Writes a workspace of any size through the program's own desk: bodies with a secretary and representatives, each of whom has a term, a
/// name and an address, and meetings that are planned.
///
/// Each body is founded by a desk of its own that holds no other, so that the work is in proportion to what is written.
package struct Seeder {
    /// How many of each there are to be.
    package struct Shape: Sendable {
        package var bodies: Int
        package var seats: Int
        package var meetings = 1
        /// Duties that each representative owes for each meeting, beside those of the shipped workflows.
        package var rounds = 0
        /// How many days after the beginning the first meeting is; the others follow a week apart.
        package var days = 150
        /// The same for the first body, where it is to come before the others.
        package var firstDays: Int?
        /// What stands in mandate.yaml, where that is not what a new workspace has.
        package var settings: String?

        package init(bodies: Int, seats: Int) {
            self.bodies = bodies
            self.seats = seats
        }
    }

    package let workspace: Workspace
    /// 5 January 2026, 09:00 UTC: when everything is written.
    package static let beginning = Instant(seconds: 1_767_603_600)
    private let journal: SQLiteJournal
    private let files: FileStore
    private let shape: Shape

    /// Makes the workspace.
    package init(in folder: String, _ shape: Shape, shelf: Shelf) throws {
        try Workspace.create(at: folder, society: "The County")
        if let settings = shape.settings {
            try Disk.write(settings, to: Disk.joined(folder, Workspace.settingsName), replacing: true)
        }
        if shape.rounds > 0 {
            try Disk.write(Self.roundsWorkflow(shape.rounds), to: Disk.joined(folder, "Workflows/rounds.yaml"))
        }
        workspace = try Workspace(folder: folder, shelf: shelf)
        journal = try SQLiteJournal.open(workspace.journalPath)
        files = try FileStore(folder: workspace.filesPath)
        self.shape = shape
    }

    /// A desk at the workspace, by a clock that stands still.
    package func desk(at instant: Instant, holding extent: Desk.Extent) throws -> Desk {
        try Desk(workspace: workspace, journal: journal, files: files, clock: .stopped(at: instant), holding: extent)
    }

    /// The instant at which the most timers fire.
    package func busiestInstant() throws -> Instant {
        let instants = try journal.read { try $0.timers().map(\.at) }
        let counts = Dictionary(instants.map { ($0, 1) }, uniquingKeysWith: +)
        let busiest = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
        return busiest.map { Instant(seconds: $0.key) } ?? Self.beginning
    }

    package func close() { journal.close() }

    /// Founds all bodies and plans all meetings.
    package func seed() throws {
        for number in 1...shape.bodies {
            let desk = try desk(at: Self.beginning, holding: .whatIsNeeded)
            let secretary = try found(number, desk)
            let days = number == 1 ? shape.firstDays ?? shape.days : shape.days
            for meeting in 0..<shape.meetings {
                try plan(days + 7 * meeting, of: "b\(number)", by: secretary, desk)
            }
        }
    }

    private func found(_ number: Int, _ desk: Desk) throws -> ID {
        let first = (number - 1) * (shape.seats + 1)
        let secretary = "p\(first + 1)"
        let (body, organisation) = ("b\(number)", "o\(number)")
        var records: [Record] = [
            .organisation(Organisation(id: organisation, name: "Organisation \(number)")), .person(Person(id: secretary)),
            .body(Body(id: body, name: "Board \(number)", roles: ["secretary": [secretary], "chair": [secretary]])),
        ]
        var personal = values(of: secretary, name: "Secretary \(number)")
        guard let start = CivilDate("2026-01-01"), let end = CivilDate("2029-12-31") else { return secretary }
        for place in 1...shape.seats {
            let (person, seat) = ("p\(first + 1 + place)", "s\((number - 1) * shape.seats + place)")
            let term = "t\((number - 1) * shape.seats + place)"
            records.append(.person(Person(id: person)))
            records.append(.seat(Seat(id: seat, body: body, organisation: organisation, name: "Seat \(place)")))
            records.append(.term(Term(id: term, seat: seat, person: person, start: start, end: end)))
            personal += values(of: person, name: "Member \(place) of Board \(number)")
        }
        try taken(desk.found(records, personal: personal, id: "found \(number)"))
        return secretary
    }

    private func values(of person: ID, name: String) -> [Governance.PersonalValue] {
        [
            Governance.PersonalValue(key: person + "/name", owner: person, value: name),
            Governance.PersonalValue(key: person + "/email", owner: person, value: person + "@example.org"),
        ]
    }

    private func plan(_ days: Int, of body: ID, by secretary: ID, _ desk: Desk) throws {
        let start = Self.beginning.adding(seconds: Int64(days) * 86_400 + 3600)
        let command = Command(
            id: "plan \(body) \(days)", name: "plan_meeting", subjects: [.body: body],
            fields: ["body": .string(body), "start": .timestamp(Timestamp(start))], actor: secretary)
        try taken(desk.perform(command))
    }

    private func taken(_ reply: Reply) throws {
        if case .refused(let refusal) = reply { throw TrialFailure("the workspace could not be written: \(refusal.reason)") }
    }

    /// A workflow in which each representative owes so many things at once.
    private static func roundsWorkflow(_ count: Int) -> String {
        var lines = [
            "workflow: rounds", "title: A representative's rounds before one meeting", "basis: a trial",
            "for: [meeting, representative]", "begins: {each: \"representative.serves(meeting.start)\"}", "", "commands:",
            "  finish: {title: Finish the rounds, by: representative}", "", "states:", "  owed:", "    parallel:",
        ]
        for number in 1...count {
            lines += [
                "      round_\(number):", "        states:", "          to_do:", "            duty:",
                "              title: Do round \(number)", "              basis: a trial", "              of: representative",
                "              due: 1 working day before meeting.start", "              remind: [3 working days before]",
                "            on: {finish: {to: done, duty: done}}", "          done: final",
            ]
        }
        return (lines + ["    then: over", "  over: final"]).joined(separator: "\n") + "\n"
    }
}
