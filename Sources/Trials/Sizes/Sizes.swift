import CEL
import Calendars
import Foundation
import Governance
import Journals
import Secretariat
import Workflows

/// What the program takes at size: processes of `mandate remind` in a small and a large workspace, commands against bare commits,
/// and many reminders at once.
package struct Sizes {
    /// One thing that was measured, with what was promised of it.
    package struct Measurement: Sendable {
        package var name: String
        package var figures: KeyValuePairs<String, Double>
        /// What is promised and does not hold.
        package var broken: [String] = []
    }

    private let program: Program
    private let folder: String
    private let shelf: Shelf

    /// - Parameters:
    ///   - program: the path of `mandate`.
    ///   - folder: where the workspaces are made.
    package init(program: String, folder: String, shelf: Shelf) {
        self.program = Program(program)
        self.folder = folder
        self.shelf = shelf
    }

    private static func seconds(_ work: () throws -> Void) rethrows -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        try work()
        let spent = (clock.now - start).components
        return Double(spent.seconds) + Double(spent.attoseconds) / 1e18
    }

    private func place(_ name: String) -> String { Disk.joined(folder, name) }
}

// `mandate remind`
extension Sizes {
    private static let rounds = 21
    private static let longest = 0.150
    private static let mostBytes = 64 << 20
    private static let mostGrowth = 1.3
    /// Of work that can be done once only, so that nothing evens out what else the machine does.
    private static let mostGrowthOnce = 3.0
    /// Of one body with two meetings: 25 representatives with 20 duties each, and the secretary's.
    private static let dutiesOfBody = 1006

    /// Times `mandate remind` with 1,000 open duties and with so many: with nothing due, then with one body's reminders due.
    package func remind(duties: Int) throws -> [Measurement] {
        var shape = Seeder.Shape(bodies: 1, seats: 25)
        shape.meetings = 2
        shape.rounds = 19
        shape.firstDays = 60
        let few = try Seeder(in: place("few"), shape, shelf: shelf)
        try few.seed()
        shape.bodies = max(1, (duties + Self.dutiesOfBody - 1) / Self.dutiesOfBody)
        let many = try Seeder(in: place("many"), shape, shelf: shelf)
        let seeding = try Self.seconds { try many.seed() }
        let due = try few.busiestInstant()
        few.close()
        many.close()
        let idle = try interleaved(at: Seeder.beginning.adding(seconds: 60), rounds: Self.rounds)
        let busy = try interleaved(at: due, rounds: 1)
        return [
            judged("remind-nothing-due", duties, idle, seeding, isIdle: true),
            judged("remind-one-body-due", duties, busy, seeding, isIdle: false),
        ]
    }

    private func interleaved(at instant: Instant, rounds: Int) throws -> (few: Program.Run, many: Program.Run) {
        var best: [String: Program.Run] = [:]
        for _ in 0..<rounds {
            for name in ["few", "many"] {
                let run = try program.run(["remind", "--workspace", place(name), "--at", "\(instant)", "--accept-clock"])
                guard run.code == 0 else {
                    throw TrialFailure("`mandate remind` ended with \(run.code.map { "\($0)" } ?? "a signal")")
                }
                let bytes = max(run.bytes, best[name]?.bytes ?? 0)
                best[name] = Program.Run(seconds: min(run.seconds, best[name]?.seconds ?? .infinity), bytes: bytes, code: 0)
            }
        }
        guard let few = best["few"], let many = best["many"] else { throw TrialFailure("nothing was run") }
        return (few, many)
    }

    private func judged(
        _ name: String, _ duties: Int, _ runs: (few: Program.Run, many: Program.Run), _ seeding: Double, isIdle: Bool
    ) -> Measurement {
        let growth = runs.many.seconds / runs.few.seconds
        var broken: [String] = []
        if growth > (isIdle ? Self.mostGrowth : Self.mostGrowthOnce) {
            broken.append("takes \(growth) times as long as with 1,000 duties")
        }
        if isIdle, runs.many.seconds > Self.longest { broken.append("takes \(runs.many.seconds) s") }
        if isIdle, runs.many.bytes > Self.mostBytes { broken.append("takes \(runs.many.bytes) bytes") }
        return Measurement(
            name: name,
            figures: [
                "duties": Double(duties), "seconds": runs.many.seconds, "bytes": Double(runs.many.bytes),
                "seconds_of_1000": runs.few.seconds, "bytes_of_1000": Double(runs.few.bytes), "growth": growth,
                "seeding_seconds": seeding,
            ], broken: broken)
    }
}

// Commands
extension Sizes {
    private static let batch = 50
    private static let leastShare = 0.5

    /// Gives commands one after the other, in turn with as many bare commits.
    package func commands() throws -> Measurement {
        var shape = Seeder.Shape(bodies: 4, seats: 10)
        shape.meetings = 10
        let seeder = try Seeder(in: place("commands"), shape, shelf: shelf)
        try seeder.seed()
        let desk = try seeder.desk(at: Seeder.beginning.adding(seconds: 3600), holding: .everything)
        let cases = desk.standing.cases(of: "representative")
        let bare = try BareCommits(at: place("bare.db"), bytes: 1000)
        var (given, mine, theirs) = (0, 0.0, 0.0)
        // Some have apologised who then come after all; an apology is mailed to the secretary.
        for name in ["accept", "apologise", "accept"] {
            for start in stride(from: 0, to: cases.count, by: Self.batch) {
                let batch = cases[start..<min(start + Self.batch, cases.count)]
                mine += try Self.seconds { for it in batch { try give(name, to: it, &given, desk) } }
                theirs += try Self.seconds { try bare.commit(batch.count) }
            }
        }
        let share = theirs / mine
        return Measurement(
            name: "commands",
            figures: [
                "operations": Double(given), "seconds": mine, "commands_per_second": Double(given) / mine,
                "commits_per_second": Double(given) / theirs, "share": share,
            ],
            broken: share < Self.leastShare ? ["only \(share) of bare commits"] : [])
    }

    private func give(_ name: String, to it: Case, _ given: inout Int, _ desk: Desk) throws {
        guard let representative = it.subjects[.representative].flatMap({ desk.standing.records.representatives[$0] }) else {
            throw TrialFailure("\(it.id) is nobody's")
        }
        given += 1
        let fields = name == "apologise" ? ["reason": Value.string("clash")] : [:]
        let command = Command(
            id: "command \(given)", name: name, ofCase: it.id, fields: fields, actor: representative.person)
        if case .refused(let refusal) = try desk.perform(command) { throw TrialFailure("\(name): \(refusal.reason)") }
    }
}

// Reminders
extension Sizes {
    private static let longestQueueing = 5.0

    /// Finds, writes and queues so many reminders that are all due at once, each to a person of its own.
    package func reminders(_ count: Int) throws -> Measurement {
        var shape = Seeder.Shape(bodies: (count + 24) / 25, seats: 25)
        shape.days = 60
        let seeder = try Seeder(in: place("reminders"), shape, shelf: shelf)
        try seeder.seed()
        let instant = try seeder.busiestInstant()
        // What is due before goes first.
        _ = try seeder.desk(at: instant.adding(seconds: -1), holding: .whatIsNeeded).fireAll()
        var found = (entries: 0, messages: 0)
        let seconds = try Self.seconds {
            found = try seeder.desk(at: instant, holding: .whatIsNeeded).fireAll()
        }
        var broken: [String] = []
        if found.messages < count { broken.append("only \(found.messages) were queued") }
        if seconds > Self.longestQueueing * Double(count) / 10_000 { broken.append("takes \(seconds) s") }
        return Measurement(
            name: "reminders",
            figures: ["operations": Double(found.messages), "seconds": seconds, "entries": Double(found.entries)],
            broken: broken)
    }
}
