import Calendars
import Governance
import Journals

/// How the society's entries stand in the journal, whose payloads are opaque texts.
package enum Ledger {
    package static func written(_ entry: Governance.Entry, command: String?) throws -> NewEntry {
        NewEntry(
            effective: entry.effective.seconds, actor: entry.actor, behalf: entry.behalf, commandID: command,
            kind: entry.kind.rawValue, payload: try text(of: entry))
    }

    package static func read(_ entry: Journals.Entry) throws -> Governance.Entry {
        do { return try value(from: entry.payload) } catch is DecodingError {
            throw LedgerFailure(sequence: entry.sequence, kind: entry.kind)
        }
    }

    /// JSON with its keys in order, so that the same value is always the same text.
    package static func text(of value: some Encodable) throws -> String { try LineWriter.line(of: value) }

    package static func value<Value: Decodable>(from text: String) throws -> Value { try LineReader.value(from: text) }
}

/// An entry of the journal that this version of the program cannot read.
public struct LedgerFailure: Error, Sendable, Hashable, CustomStringConvertible {
    public var sequence: Int64
    public var kind: String

    public var description: String {
        "entry \(sequence) of the journal (\(kind)) cannot be read: another version of the program wrote it, or it is damaged"
    }
}

/// An entry with its place in the journal.
public struct PlacedEntry: Sendable {
    public var sequence: Int64
    public var stream: String
    public var position: Int64
    public var recorded: Instant
    public var commandID: String?
    public var entry: Governance.Entry
    public var hash: String
}
