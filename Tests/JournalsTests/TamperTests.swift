import Foundation
import Testing

@testable import Journals

/// An exported journal of 64 KiB, and all that somebody may do to it: each bit turned, each byte or entry taken out, each two exchanged, and cut
/// short at each place.
///
/// CI tries a part, spread over the whole; `MANDATE_TAMPER=all` tries everything.
private struct Tampering {
    static let size = 65_536
    let whole: [UInt8]
    /// Where each entry begins, and where the head does.
    let marks: [Int]

    static var isWhole: Bool { ProcessInfo.processInfo.environment["MANDATE_TAMPER"] == "all" }

    init() throws {
        let journal = InMemoryJournal()
        func fill(_ number: Int, _ payload: String) throws {
            let stream = "meeting/m\(number % 7)"
            _ = try journal.transact(at: 1_700_000_000 + Int64(number) * 61) { transaction in
                try transaction.append(
                    NewEntry(
                        effective: transaction.now - 30, actor: number % 3 == 0 ? nil : "p\(number % 11)",
                        behalf: number % 5 == 0 ? "p\(number % 4)" : nil, commandID: number % 2 == 0 ? "c\(number)" : nil,
                        kind: "command", payload: payload),
                    to: stream, expecting: try transaction.position(of: stream))
            }
        }
        func size() throws -> Int { try journal.read { try ExportedJournal.text(of: $0).count } }
        var number = 0
        while try size() < Self.size - 2000 {
            number += 1
            try fill(
                number,
                "{\"changes\":[{\"é\":\(number),\"of\":\"§k\(number)/reason\"}],\"words\":\"\(String(repeating: "ab ", count: number % 60))\"}"
            )
        }
        // The last entry is as long as it must be for 64 KiB to the byte; its own length may take a digit more.
        var text: [UInt8] = []
        var padding = 1000
        for _ in 0..<3 where text.count != Self.size {
            padding += text.isEmpty ? 0 : Self.size - text.count
            let copy = InMemoryJournal()
            try copy.take(try journal.read { try $0.entries() })
            _ = try copy.transact(at: 1_800_000_000) { transaction in
                try transaction.append(
                    NewEntry(effective: 0, kind: "tick", payload: String(repeating: "x", count: padding)), to: "society",
                    expecting: 0)
            }
            text = try copy.read { try ExportedJournal.text(of: $0) }
        }
        whole = text
        #expect(whole.count == Self.size)
        let title = Array("mandate entry 1\n".utf8)
        let head = Array("mandate head 1\n".utf8)
        marks = text.indices.filter { text[$0...].starts(with: title) || text[$0...].starts(with: head) }
        #expect(marks.count == number + 2)
    }

    enum Kind: String, CaseIterable { case flip, deletion, swap, truncation, entryDeletion, entrySwap }

    /// How many ways there are.
    func count(of kind: Kind) -> Int {
        let entries = marks.count - 1
        switch kind {
        case .flip: return whole.count * 8
        case .deletion, .truncation: return whole.count
        case .swap: return whole.count - 1
        case .entryDeletion: return entries
        case .entrySwap: return entries * entries
        }
    }

    /// The journal altered in one of those ways; nil where that leaves it as it was.
    func altered(_ kind: Kind, _ number: Int) -> [UInt8]? {
        var bytes = whole
        switch kind {
        case .flip: bytes[number / 8] ^= 1 << UInt8(number % 8)
        case .deletion: bytes.remove(at: number)
        case .truncation: bytes.removeLast(bytes.count - number)
        case .swap: bytes.swapAt(number, number + 1)
        case .entryDeletion: bytes.removeSubrange(marks[number]..<marks[number + 1])
        case .entrySwap:
            let entries = marks.count - 1
            let (one, other) = (number / entries, number % entries)
            guard one < other else { return nil }
            let (first, second) = (marks[one]..<marks[one + 1], marks[other]..<marks[other + 1])
            bytes = Array(whole[..<first.lowerBound])
            bytes += whole[second]
            bytes += whole[first.upperBound..<second.lowerBound]
            bytes += whole[first]
            bytes += whole[second.upperBound...]
        }
        return bytes == whole ? nil : bytes
    }

    /// Tries every `stride`-th way of a kind; answers how many were tried, and those that nobody noticed.
    func missed(
        _ kind: Kind, from first: Int = 0, every stride: Int, _ isWhole: @escaping @Sendable ([UInt8]) -> Bool
    ) async -> (tried: Int, missed: [Int]) {
        let (count, lanes) = (count(of: kind), 4)
        return await withTaskGroup(of: (Int, [Int]).self) { group in
            for lane in 0..<lanes {
                group.addTask {
                    var tried = 0
                    var missed: [Int] = []
                    for number in Swift.stride(from: first + lane * stride, to: count, by: lanes * stride) {
                        guard let bytes = altered(kind, number) else { continue }
                        tried += 1
                        if isWhole(bytes) { missed.append(number) }
                    }
                    return (tried, missed)
                }
            }
            return await group.reduce(into: (0, [])) { sum, part in
                sum.0 += part.0
                sum.1 += part.1
            }
        }
    }
}

extension InMemoryJournal {
    /// Records these entries as they are.
    fileprivate func take(_ entries: [Entry]) throws {
        try transact(at: 0) { transaction in for entry in entries { try transaction.shelf().insert(entry) } }
    }
}

@Suite("An exported journal")
struct TamperTests {
    /// Of which every so-many-th is tried in CI: a part that no period of the text hides from.
    private static let part: [Tampering.Kind: Int] = [
        .flip: 61 * 29, .deletion: 31 * 13, .truncation: 31 * 13, .swap: 31 * 13, .entrySwap: 61 * 2,
    ]

    private static func isWhole(_ bytes: [UInt8]) -> Bool {
        if case .success = ExportedJournal.verify(bytes) { true } else { false }
    }

    @Test("that was altered in any one place is found out")
    func tampering() async throws {
        let tampering = try Tampering()
        #expect(Self.isWhole(tampering.whole))
        for kind in Tampering.Kind.allCases {
            let stride = Tampering.isWhole ? 1 : Self.part[kind] ?? 1
            let (tried, missed) = await tampering.missed(kind, every: stride) { Self.isWhole($0) }
            print("tampering, \(kind.rawValue): \(tried) of \(tampering.count(of: kind)) ways tried, \(missed.count) missed")
            #expect(missed.isEmpty, "\(kind): \(missed.prefix(10))")
            #expect(tried > 0)
        }
    }

    @Test("would not be, by a check that is blind at the end: the tampering notices that")
    func planted() async throws {
        let tampering = try Tampering()
        let blind = 100
        let end = Array(tampering.whole.suffix(blind))
        let count = tampering.count(of: .flip)
        let first = Tampering.isWhole ? 0 : count - 4096
        let (_, missed) = await tampering.missed(.flip, from: first, every: Tampering.isWhole ? 1 : 13) { bytes in
            Self.isWhole(Array(bytes.prefix(Tampering.size - blind)) + end)
        }
        #expect(!missed.isEmpty && missed.allSatisfy { $0 >= count - blind * 8 })
        if Tampering.isWhole { #expect(missed.count == blind * 8) }
        let (_, cut) = await tampering.missed(.entrySwap, every: Tampering.isWhole ? 1 : 61 * 2) { bytes in
            // Looks at each entry alone, and not at how they hang together.
            Set(bytes.split(separator: 0x0A)) == Set(tampering.whole.split(separator: 0x0A))
        }
        #expect(!cut.isEmpty)
    }

    @Test("goes on from an earlier head, or is found to have been rewritten or cut short since", arguments: Store.allCases)
    func against(store: Store) throws {
        try store.withJournal { journal throws in
            try journal.write(["1", "2"], to: "a")
            let early = try journal.read { try $0.exportedHead() }
            try journal.write(["3"], to: "a")
            try journal.write(["x"], to: "b")
            let text = try journal.read { try ExportedJournal.text(of: $0) }
            let late = try journal.read { try $0.exportedHead() }
            #expect(ExportedJournal.verify(text, against: early) == .success(late))
            let other = InMemoryJournal()
            try other.write(["1", "other"], to: "a")
            let rewritten = try other.read { try ExportedJournal.text(of: $0) }
            #expect(
                ExportedJournal.verify(rewritten, against: early)
                    == .failure(.entry(JournalFault(kind: .rewritten, stream: "a", position: 2))))
            let short = InMemoryJournal()
            try short.write(["1"], to: "a")
            #expect(
                ExportedJournal.verify(try short.read { try ExportedJournal.text(of: $0) }, against: early)
                    == .failure(.entry(JournalFault(kind: .cutShort, stream: "a", position: 2))))
            #expect(ExportedJournal.verify(Array("rubbish".utf8)) == .failure(.notAnExport))
        }
    }
}
