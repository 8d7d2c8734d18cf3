import Foundation
import Journals
import Secretariat
import Testing

/// The reference scenario with the power cut at every moment. CI makes some hundred images; `MANDATE_IMAGES=20000` that many.
@Suite(.serialized) struct PowerLossTests {
    private static var images: Int {
        ProcessInfo.processInfo.environment["MANDATE_IMAGES"].flatMap { Int($0) } ?? 300
    }

    private struct Tally {
        var made = 0
        /// Images that lack what was acknowledged before the cut.
        var lost: [String] = []
        /// Images that cannot be opened, or are not whole.
        var corrupt: [String] = []
    }

    /// A run of the whole scenario, written down.
    private final class Recording {
        let base: String
        let disk: FaultingDisk
        let chronicle: Chronicle
        private(set) var record = DiskRecord()
        private(set) var start: PoweredDisk

        /// - Parameter storage: what else the shim is told.
        init?(_ storage: [String: String] = [:]) throws {
            base = FileManager.default.temporaryDirectory.appendingPathComponent("mandate-power-\(UUID().uuidString)").path
            guard let disk = try FaultingDisk(base + "/root") else { return nil }
            self.disk = disk
            let chronicle = Chronicle(folder: disk.root)
            self.chronicle = chronicle
            try chronicle.begin { try disk.run($0, in: "", at: "2026-04-01 09:00", as: "").code }
            start = try PoweredDisk(of: disk.root)
            // Another who has the journal open, so that no step ends with a checkpoint that syncs what its commits did not.
            let other = try SQLiteJournal.open(chronicle.workspace + "/mandate.db", for: .reading)
            defer { other.close() }
            _ = try other.read { try $0.head() }
            let log = base + "/log"
            for step in chronicle.steps {
                let ran = try disk.run(
                    step.words, in: chronicle.workspace, at: step.now, as: step.actor,
                    storage.merging(["STORAGE_LOG": log]) { $1 })
                #expect(ran.code == 0, "\(step.name): \(ran.err)")
                try record.take(from: log)
                try note()
            }
        }

        deinit {
            disk.remove()
            try? FileManager.default.removeItem(atPath: base)
        }

        /// What the last step acknowledged. The journal is looked at in a copy, so that looking leaves no trace.
        private func note() throws {
            let copy = base + "/look"
            try FileManager.default.copyItem(atPath: chronicle.workspace, toPath: copy)
            defer { try? FileManager.default.removeItem(atPath: copy) }
            let journal = try SQLiteJournal.open(copy + "/mandate.db")
            defer { journal.close() }
            let (head, sent) = try journal.read { reading in
                (try reading.exportedHead().text, try reading.messages(in: [.sent]).filter { $0.bytes != nil }.map(\.messageID))
            }
            record.acknowledge(head: head, sent: sent)
        }

        /// Cuts the power `count` times, spread over the whole, and opens what is left.
        func cut(_ count: Int) throws -> Tally {
            var tally = Tally()
            var powered = start
            var (head, sent): (String?, [String]) = (nil, [])
            var chance = Seeded(state: 2026)
            let calls = record.calls
            var made = 0
            for (number, call) in calls.enumerated() {
                powered.take(call)
                if case .acknowledged(let now, let mail) = call { (head, sent) = (now, mail) }
                // As many as are due by now, so that they are spread evenly and add up.
                let due = (number + 1) * count / calls.count
                while made < due {
                    let fate = PoweredDisk.Fate.allCases[made % 3]
                    try open(powered, fate, &chance, "after call \(number) of \(calls.count), \(fate)", head, sent, &tally)
                    made += 1
                }
            }
            tally.made = made
            return tally
        }

        private func open(
            _ powered: PoweredDisk, _ fate: PoweredDisk.Fate, _ chance: inout Seeded, _ place: String, _ head: String?,
            _ sent: [String], _ tally: inout Tally
        ) throws {
            let target = base + "/image"
            defer { try? FileManager.default.removeItem(atPath: target) }
            let image = powered.image(fate, &chance)
            let root = chronicle.workspace
            for folder in image.folders.sorted() where folder == root || folder.hasPrefix(root + "/") {
                try FileManager.default.createDirectory(
                    atPath: target + folder.dropFirst(root.count), withIntermediateDirectories: true)
            }
            for (path, bytes) in image.files where path.hasPrefix(root + "/") && !path.hasSuffix("-shm") {
                let file = URL(fileURLWithPath: target + path.dropFirst(root.count))
                try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(bytes).write(to: file)
            }
            do {
                let journal = try SQLiteJournal.open(target + "/mandate.db")
                defer { journal.close() }
                let store = try FileStore(folder: target + "/files")
                let whole = try Inspection(of: journal, files: store)
                if !whole.isWhole { tally.corrupt.append("\(place): \(whole.faults)") }
                guard let head, let known = JournalHead(parsing: head) else { return }
                if let fault = try journal.read({ try $0.verify(against: known) }) { tally.lost.append("\(place): \(fault)") }
                let mail = Holding.names(in: target + "/mail/new")
                for id in sent where !mail.contains(where: { $0.hasPrefix(id.filter { !"<>".contains($0) }) }) {
                    tally.lost.append("\(place): the message \(id) was sent and is not there")
                }
            } catch { tally.corrupt.append("\(place): \(error)") }
        }
    }

    /// Chance that a seed repeats.
    private struct Seeded: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    @Test("a power cut loses nothing that was acknowledged, and leaves no journal that is not whole")
    func power() throws {
        guard let recording = try Recording() else { return }
        let tally = try recording.cut(Self.images)
        print(
            "power loss: \(tally.made) images over \(recording.record.calls.count) calls, \(tally.lost.count) lost, \(tally.corrupt.count) corrupt"
        )
        #expect(tally.lost == [] && tally.corrupt == [])
        #expect(tally.made == Self.images)
    }

    @Test("the same with commits that are not synced does lose, so that it would be seen")
    func planted() throws {
        guard let recording = try Recording(["STORAGE_NORMAL": "1"]) else { return }
        let tally = try recording.cut(Self.images)
        print(
            "power loss, planted (synchronous=NORMAL): \(tally.made) images, \(tally.lost.count) lost, \(tally.corrupt.count) corrupt"
        )
        #expect(!tally.lost.isEmpty)
    }
}
