import Foundation
import Journals
import Secretariat
import Synchronization
import Testing
import Trials

/// What the harness found out about one kind of fault.
private struct Tally {
    var tried = 0
    /// Steps that ended with exit code 0 and did not last.
    var lost: [String] = []
    /// Steps that failed and said nothing.
    var silent: [String] = []
    /// Workspaces that were not whole, or that the same step could not put right.
    var broken: [String] = []

    static func += (one: inout Tally, other: Tally) {
        one.tried += other.tried
        one.lost += other.lost
        one.silent += other.silent
        one.broken += other.broken
    }
}

/// Each storage call of the reference scenario fails once, in each way. It takes minutes, so `.scripts/soak` does it: `MANDATE_FAULTS=all` tries
/// everything, a number every so manieth call, any other value a part, spread over the whole.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["MANDATE_FAULTS"] != nil, "MANDATE_FAULTS is not set"))
struct StorageFaultTests {
    private static let asked = ProcessInfo.processInfo.environment["MANDATE_FAULTS"]

    /// At every so manieth call something fails.
    private static func stride(whole: Int, part: Int) -> Int { asked == "all" ? whole : asked.flatMap { Int($0) } ?? part }

    /// One run of the harness: before each step the workspace is copied, so that each fault meets the step alone. Several are met at a time, each in
    /// a place of its own.
    private final class Harness {
        private let base: String
        private let main: Place
        private let places: [Place]
        private(set) var tallies: [FaultingDisk.Fault: Tally] = [:]
        private(set) var calls = 0

        init?() throws {
            let base = FileManager.default.temporaryDirectory.appendingPathComponent("mandate-faults-\(UUID().uuidString)").path
            self.base = base
            let width = max(2, ProcessInfo.processInfo.activeProcessorCount)
            let places = try (0...width).compactMap { try Place(base + "/\($0)", before: base + "/before") }
            guard let main = places.first, places.count == width + 1 else { return nil }
            self.main = main
            self.places = Array(places.dropFirst())
            try main.chronicle.begin { try main.disk.run($0, in: "", at: "2026-04-01 09:00", as: "").code }
        }

        deinit {
            for place in places + [main] { place.disk.remove() }
            try? FileManager.default.removeItem(atPath: base)
        }

        /// Takes every step, and at every `stride`-th storage call of it each of the faults.
        func take(_ faults: [FaultingDisk.Fault], every stride: Int) throws {
            for (number, step) in main.chronicle.steps.enumerated() {
                try? FileManager.default.removeItem(atPath: main.before)
                try FileManager.default.copyItem(atPath: main.disk.root, toPath: main.before)
                let count = try main.disk.count { try main.run(step, $0) }
                let after = try Holding(of: main.chronicle.workspace)
                #expect(after.faults == [], "\(step.name)")
                calls += count
                let met = Swift.stride(from: 1 + number % stride, through: count, by: stride).flatMap { call in
                    faults.map { ($0, call) }
                }
                try meet(met, step, after)
            }
        }

        /// Meets each of the faults, several at a time.
        private func meet(_ faults: [(FaultingDisk.Fault, Int)], _ step: Chronicle.Step, _ after: Holding) throws {
            let next = Mutex(0)
            let found = Mutex<(tallies: [FaultingDisk.Fault: Tally], failure: (any Error)?)>(([:], nil))
            let free = Mutex(places)
            Threads.run(places.count) {
                guard let place = free.withLock({ $0.popLast() }) else { return }
                while let number = next.withLock({ number in
                    defer { number += 1 }
                    return number < faults.count ? number : nil
                }) {
                    let (fault, call) = faults[number]
                    do {
                        let tally = try place.meet(fault, call, step, after)
                        found.withLock { $0.tallies[fault, default: Tally()] += tally }
                    } catch { found.withLock { $0.failure = error } }
                }
            }
            let (tallies, failure) = found.withLock { $0 }
            if let failure { throw failure }
            for (fault, tally) in tallies { self.tallies[fault, default: Tally()] += tally }
        }
    }

    /// A place in which faults are met, one after the other.
    private final class Place: Sendable {
        let disk: FaultingDisk
        let chronicle: Chronicle
        let before: String

        init?(_ root: String, before: String) throws {
            guard let disk = try FaultingDisk(root) else { return nil }
            self.disk = disk
            self.before = before
            chronicle = Chronicle(folder: disk.root)
        }

        func run(_ step: Chronicle.Step, _ storage: [String: String] = [:]) throws -> FaultingDisk.Ran {
            try disk.run(step.words, in: chronicle.workspace, at: step.now, as: step.actor, storage)
        }

        private func putBack() throws {
            try? FileManager.default.removeItem(atPath: disk.root)
            try FileManager.default.copyItem(atPath: before, toPath: disk.root)
        }

        func meet(_ fault: FaultingDisk.Fault, _ call: Int, _ step: Chronicle.Step, _ after: Holding) throws -> Tally {
            try putBack()
            let place = "\(step.name), call \(call), \(fault.rawValue)"
            let ran = try run(step, ["STORAGE_AT": "\(call)", "STORAGE_FAULT": fault.rawValue])
            var tally = Tally()
            tally.tried = 1
            let met = Result { try Holding(of: chronicle.workspace) }
            let isThere = (try? met.get()) == after && isBackedUp(step)
            if ran.code == 0, !ran.wasKilled {
                if !isThere { tally.lost.append("\(place): \(met)") }
            } else {
                if !ran.wasKilled, ran.err.isEmpty { tally.silent.append(place) }
                if case .success(let holding) = met, holding.faults.isEmpty {
                    try takeAgain(step, after, place, &tally)
                } else {
                    tally.broken.append("\(place): \(met)")
                }
            }
            return tally
        }

        /// The same step, asked again, gives what it would have given; what was done before the fault is not done twice.
        private func takeAgain(_ step: Chronicle.Step, _ after: Holding, _ place: String, _ tally: inout Tally) throws {
            var later = step
            later.now = step.later
            let again = try run(later)
            // A backup that has its name is whole; one who is erased is found by no name.
            let isDone = step.words[0] == "backup" && again.code == 73 || step.words[0] == "person" && again.code == 66
            let holding = Result { try Holding(of: chronicle.workspace) }
            let isSame = (try? holding.get().isSame(as: after, after: step)) ?? false
            guard again.code == 0 || isDone, isSame, isBackedUp(step) else {
                return tally.broken.append("\(place): asked again, \(again.code) \(again.err) \(holding)")
            }
        }

        private func isBackedUp(_ step: Chronicle.Step) -> Bool {
            step.words[0] != "backup" || ((try? Backup(in: chronicle.backup).inspect().isWhole) ?? false)
        }
    }

    @Test("no storage call can fail so that an acknowledged step is lost, or that nothing is said")
    func faults() throws {
        guard let harness = try Harness() else { return }
        try harness.take(FaultingDisk.Fault.real, every: Self.stride(whole: 1, part: 101))
        for fault in FaultingDisk.Fault.real {
            let tally = harness.tallies[fault, default: Tally()]
            print(
                "storage faults, \(fault.rawValue): \(tally.tried) tried at \(harness.calls) calls, \(tally.lost.count) lost, \(tally.silent.count) silent, \(tally.broken.count) broken"
            )
            #expect(tally.tried > 0)
            let failures = tally.lost + tally.silent + tally.broken
            #expect(failures.isEmpty, "\(failures.prefix(3).joined(separator: "\n"))")
        }
    }

    @Test("a disk that says it wrote and did not is noticed by the harness")
    func planted() throws {
        guard let harness = try Harness() else { return }
        try harness.take([.lie], every: Self.stride(whole: 3, part: 43))
        let tally = harness.tallies[.lie, default: Tally()]
        print("storage faults, planted: \(tally.lost.count) of \(tally.tried) lies found out")
        #expect(!tally.lost.isEmpty)
    }
}
