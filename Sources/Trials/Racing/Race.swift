import Calendars
import Foundation
import Governance
import Journals
import Secretariat

/// Several `mandate remind` at once, without the lock, on one workspace; half of them are killed while they are at it.
///
/// A message may go out again only where the process that had handed it over was killed before it could say so: that is one message for
/// each process that was killed. Where it was killed so early that the mail system did not see any more who had begun it, that is any of those
/// that left no other.
package struct Race {
    package enum Planted: String, Sendable, CaseIterable {
        case none
        /// Each process has a clock by which the claims of the others have lapsed.
        case ignoresLeases
    }

    package struct Found: Sendable {
        package var faults: [String] = []
        package var messages = 0
        package var copies = 0
        /// Messages whose process was killed before the mail system saw which it was.
        package var orphans = 0
        package var runs = 0
        package var killed = 0
    }

    private let program: Program
    private let folder: String
    private let seeder: Seeder
    private let mail: AcceptedMail
    private let dice: Dice
    private let planted: Planted
    private let due: Int
    /// So many processes race at once.
    private static let width = 8
    /// A process that finds the journal held for too long gives up and is begun again, so often at most.
    private static let mostRuns = 200
    private static let pause: UInt32 = 2000
    private static let busy = Program.Ending.exited(75)

    /// - Parameter due: how many messages there are to send.
    package init(program: String, folder: String, shelf: Shelf, due: Int, seed: UInt64, planted: Planted = .none) throws {
        self.program = Program(program)
        self.folder = Disk.joined(folder, "race")
        mail = try AcceptedMail(in: folder)
        var shape = Seeder.Shape(bodies: (due + 24) / 25, seats: 25)
        shape.days = 60
        shape.settings = """
            society: The County
            post:
              from: Secretariat <secretariat@example.org>
              transport: sendmail
              path: \(mail.script)

            """
        seeder = try Seeder(in: self.folder, shape, shelf: shelf)
        dice = Dice(seed: seed)
        self.planted = planted
        self.due = due
    }

    package func run() throws -> Found {
        try seeder.seed()
        let instant = try seeder.busiestInstant()
        seeder.close()
        var found = Found()
        var racers = try race(at: instant.seconds, &found)
        // The claims of those that were killed have lapsed.
        for later in 1...3 {
            let id = try program.begin(arguments(at: instant.seconds + Int64(later * Self.afterLease)))
            let ending = Self.wait(for: id)
            guard ending == .exited(0) else { throw TrialFailure("the last run: \(ending)") }
            racers[id] = ending
        }
        try judge(racers, &found)
        return found
    }

    private static func wait(for id: pid_t) -> Program.Ending {
        while true {
            if let ending = Program.ending(of: id) { return ending }
            usleep(pause)
        }
    }

    /// So many seconds later every claim has lapsed.
    private static let afterLease = 301

    private func arguments(at seconds: Int64) -> [String] {
        ["remind", "--without-lock", "--accept-clock", "--workspace", folder, "--at", "\(Instant(seconds: seconds))"]
    }

    /// Begins the processes and kills every second one, each when so many messages have gone out. Answers how each ended.
    private func race(at now: Int64, _ found: inout Found) throws -> [pid_t: Program.Ending] {
        var running: [(id: pid_t, dies: Int?)] = []
        var ended: [pid_t: Program.Ending] = [:]
        var begun = 0
        defer { for racer in running { Program.kill(racer.id) } }
        while begun < Self.width || !running.isEmpty {
            while running.count < Self.width, begun < Self.width {
                running.append((try begin(begun, now), begun.isMultiple(of: 2) ? dice.below(max(1, due * 9 / 10)) : nil))
                begun += 1
                found.runs += 1
            }
            usleep(Self.pause)
            let sent = mail.count
            for racer in running where racer.dies.map({ $0 <= sent }) ?? false { Program.kill(racer.id) }
            var left: [(id: pid_t, dies: Int?)] = []
            for (place, racer) in running.enumerated() {
                let ending = Program.ending(of: racer.id)
                ended[racer.id] = ending
                switch ending {
                case nil: left.append(racer)
                case .killed?: found.killed += 1
                case Self.busy? where found.runs < Self.mostRuns:
                    left.append((try begin(place, now), racer.dies))
                    found.runs += 1
                // 69 says that a message was given up, after as many couriers were killed with it in hand.
                case .exited(let code)? where code != 0 && code != 69: throw TrialFailure("`mandate remind` ended with \(code)")
                case .exited?: break
                }
            }
            running = left
        }
        return ended
    }

    private func begin(_ place: Int, _ now: Int64) throws -> pid_t {
        let skew = planted == .ignoresLeases ? place * Self.afterLease : 0
        return try program.begin(arguments(at: now + Int64(skew)))
    }
}

// What must hold.
extension Race {
    private func judge(_ racers: [pid_t: Program.Ending], _ found: inout Found) throws {
        let copies = try mail.copies()
        let outbox = try SQLiteJournal.open(seeder.workspace.journalPath, for: .reading).read { try $0.messages() }
        let byID = Dictionary(grouping: copies, by: \.messageID)
        found.messages = outbox.count
        found.copies = copies.count - byID.count
        if outbox.count < due { found.faults.append("only \(outbox.count) messages of \(due)") }
        for message in outbox {
            if message.state != .sent { found.faults.append("\(message.key) is \(message.state)") }
            if byID[message.messageID] == nil { found.faults.append("missed: \(message.key)") }
        }
        let known = Set(outbox.map(\.messageID))
        for (id, theirs) in byID {
            if !known.contains(id) { found.faults.append("nobody knows of \(id)") }
            if Set(theirs.map(\.bytes)).count > 1 { found.faults.append("not the same bytes: \(id)") }
        }
        let orphans = copies.filter { racers[$0.process] == nil }
        found.orphans = orphans.count
        found.faults += doubles(byID, racers)
    }

    /// Of the copies of a message one may be from a process that lived, and each process that was killed may have left one message that went
    /// again. A process that was killed before its mail system saw it is told from none.
    private func doubles(_ byID: [String: [AcceptedMail.Copy]], _ racers: [pid_t: Program.Ending]) -> [String] {
        var faults: [String] = []
        var left: [pid_t?: Int] = [:]
        for (id, theirs) in byID.sorted(by: { $0.key < $1.key }) where theirs.count > 1 {
            let lived = theirs.filter { racers[$0.process].map { !$0.isViolent } ?? false }
            if lived.count > 1 {
                let who = lived.map { "\($0.process) (\(racers[$0.process].map { "\($0)" } ?? "")) at \($0.at)" }
                faults.append("doubled: \(id), by processes that lived: " + who.joined(separator: ", "))
            }
            // Where no process lived that sent it, the last one counts as sent.
            let lost = theirs.filter { racers[$0.process]?.isViolent ?? true }
            for copy in lived.isEmpty ? lost.dropLast() : lost {
                left[racers[copy.process].map { _ in copy.process }, default: 0] += 1
            }
        }
        let orphans = left.removeValue(forKey: nil) ?? 0
        let silent = racers.filter { $0.value.isViolent && left[$0.key] == nil }.count
        if orphans > silent { faults.append("doubled: \(orphans) messages by \(silent) processes that were killed unseen") }
        return faults
            + left.filter { $0.value > 1 }.map { "doubled: process \($0.key ?? 0) left \($0.value) messages that went again" }
    }
}

extension Program.Ending {
    fileprivate var isViolent: Bool {
        guard case .killed = self else { return false }
        return true
    }
}
