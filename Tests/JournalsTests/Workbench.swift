import Foundation
import Testing

@testable import Journals

/// A folder of its own for one test, gone when the test is.
final class Scratch {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("mandate-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }
}

/// The journals that must keep the contract.
enum Store: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case sqlite, inMemory

    var testDescription: String { rawValue }

    /// A new, empty journal, for as long as `body` runs.
    func withJournal(_ body: (any JournalStore) throws -> Void) throws {
        switch self {
        case .inMemory: try body(InMemoryJournal())
        case .sqlite:
            let scratch = try Scratch()
            let journal = try SQLiteJournal.create(at: scratch.file("mandate.db"))
            defer { journal.close() }
            try body(journal)
        }
    }
}

/// What a test throws to have a transaction undone.
struct Undone: Error {}

extension NewEntry {
    static func note(_ payload: String, command: String? = nil) -> NewEntry {
        NewEntry(effective: 5, actor: "p1", commandID: command, kind: "noted", payload: payload)
    }
}

extension NewOutboxMessage {
    static func reminder(_ key: String, due: Int64 = 100, validUntil: Int64? = 10_000) -> NewOutboxMessage {
        NewOutboxMessage(
            key: key, recipient: "p1", address: "ann@example.org", due: due, validUntil: validUntil,
            messageID: "<\(key)@example.org>", bytes: Array("Subject: \(key)\r\n".utf8))
    }
}

extension JournalStore {
    /// The chain of one stream, written in one transaction each.
    func write(_ payloads: [String], to stream: String, at now: Int64 = 10) throws {
        for payload in payloads {
            try transact(at: now) { transaction throws in
                _ = try transaction.append(.note(payload), to: stream, expecting: try transaction.position(of: stream))
            }
        }
    }

    func state(of key: String) throws -> DeliveryState? { try read { try $0.message(key)?.state } }
}
