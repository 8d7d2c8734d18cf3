import Foundation
import Journals
import Secretariat
import Testing

/// What the harness found out about one kind of fault.
private struct Tally {
    var tried = 0
    /// Steps that ended with exit code 0 and did not last.
    var lost: [String] = []
    /// Steps that failed and said nothing.
    var silent: [String] = []
    /// Workspaces that were not whole, or that the same step could not put right.
    var broken: [String] = []
}

/// Each storage call of the reference scenario fails once, in each way. It takes minutes, so `.scripts/soak` does it: `MANDATE_FAULTS=all` tries
/// everything, any other value a part, spread over the whole.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["MANDATE_FAULTS"] != nil, "MANDATE_FAULTS is not set"))
struct StorageFaultTests {
    private static var isWhole: Bool { ProcessInfo.processInfo.environment["MANDATE_FAULTS"] == "all" }

    /// One run of the harness: before each step the workspace is copied, so that each fault meets the step alone.
    private final class Harness {
        let disk: FaultingDisk
        let base: String
        let chronicle: Chronicle
        private(set) var tallies: [FaultingDisk.Fault: Tally] = [:]
        private(set) var calls = 0

        init?() throws {
            base = FileManager.default.temporaryDirectory.appendingPathComponent("mandate-faults-\(UUID().uuidString)").path
            guard let disk = try FaultingDisk(base + "/root") else { return nil }
            self.disk = disk
            chronicle = Chronicle(folder: disk.root)
            try chronicle.begin { try disk.run($0, in: "", at: "2026-04-01 09:00", as: "").code }
        }

        deinit {
            disk.remove()
            try? FileManager.default.removeItem(atPath: base)
        }

        private var before: String { base + "/before" }

        private func run(_ step: Chronicle.Step, _ storage: [String: String] = [:]) throws -> FaultingDisk.Ran {
            try disk.run(step.words, in: chronicle.workspace, at: step.now, as: step.actor, storage)
        }

        private func putBack() throws {
            try? FileManager.default.removeItem(atPath: disk.root)
            try FileManager.default.copyItem(atPath: before, toPath: disk.root)
        }

        /// Takes every step, and at every `stride`-th storage call of it each of the faults.
        func take(_ faults: [FaultingDisk.Fault], every stride: Int) throws {
            for (number, step) in chronicle.steps.enumerated() {
                try? FileManager.default.removeItem(atPath: before)
                try FileManager.default.copyItem(atPath: disk.root, toPath: before)
                let count = try disk.count { try run(step, $0) }
                let after = try Holding(of: chronicle.workspace)
                #expect(after.faults == [], "\(step.name)")
                calls += count
                // The step ends where it would, whatever was tried in between.
                let done = base + "/done"
                try? FileManager.default.removeItem(atPath: done)
                try FileManager.default.moveItem(atPath: disk.root, toPath: done)
                for call in Swift.stride(from: 1 + number % stride, through: count, by: stride) {
                    for fault in faults { try meet(fault, call, step, after) }
                }
                try? FileManager.default.removeItem(atPath: disk.root)
                try FileManager.default.moveItem(atPath: done, toPath: disk.root)
            }
        }

        private func meet(_ fault: FaultingDisk.Fault, _ call: Int, _ step: Chronicle.Step, _ after: Holding) throws {
            try putBack()
            let place = "\(step.name), call \(call), \(fault.rawValue)"
            let ran = try run(step, ["STORAGE_AT": "\(call)", "STORAGE_FAULT": fault.rawValue])
            var tally = tallies[fault, default: Tally()]
            tally.tried += 1
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
            tallies[fault] = tally
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
        try harness.take(FaultingDisk.Fault.real, every: Self.isWhole ? 1 : 101)
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
        try harness.take([.lie], every: Self.isWhole ? 3 : 43)
        let tally = harness.tallies[.lie, default: Tally()]
        print("storage faults, planted: \(tally.lost.count) of \(tally.tried) lies found out")
        #expect(!tally.lost.isEmpty)
    }
}
