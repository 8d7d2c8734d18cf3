/// The first thing wrong with a journal.
public struct JournalFault: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, Codable {
        /// The hash does not follow from the fields: the entry was altered.
        case altered
        /// The entry does not name the one before it.
        case unlinked
        /// An entry is missing before this one: in its stream, or in the journal.
        case gap
        /// The stream does not end where its head says.
        case cutShort
        /// Whole in itself, but not the entry that an exported head names.
        case rewritten
        /// The text of a definition does not have its hash.
        case definitionAltered
    }

    public var kind: Kind
    /// The stream, or the kind of the definition.
    public var stream: String
    /// The position in the stream; 0 for a definition.
    public var position: Int64
}

extension JournalFault: CustomStringConvertible {
    public var description: String {
        switch kind {
        case .altered: return "\(stream), entry \(position): altered after it was recorded"
        case .unlinked: return "\(stream), entry \(position): does not follow from the one before it"
        case .gap: return "\(stream), entry \(position): an entry is missing before it"
        case .cutShort: return "\(stream): does not end with entry \(position)"
        case .rewritten: return "\(stream), entry \(position): not the one that stood here when the head was exported"
        case .definitionAltered: return "\(stream): its text was altered"
        }
    }
}

extension Reading {
    /// SHA-256 over the heads of all streams: exported and mailed, it proves later that nothing was taken away.
    public func head() throws -> String { try exportedHead().digest }

    /// Walks every entry in the order of recording and every definition; answers the first fault, or nil if all is whole.
    public func verify() throws -> JournalFault? {
        var walk = ChainWalk()
        var sequence: Int64 = 0
        while true {
            let page = try entries(after: sequence, limit: Self.page)
            for entry in page {
                if let fault = walk.fault(with: entry, isIntact: entry.hash == entry.expectedHash) { return fault }
                sequence = entry.sequence
            }
            if page.count < Self.page { break }
        }
        if let fault = walk.fault(atEnd: try shelf().heads()) { return fault }
        let altered = try definitions().first { sha256($0.text) != $0.hash }
        return altered.map { JournalFault(kind: .definitionAltered, stream: "\($0.kind) \($0.name)", position: 0) }
    }
}

/// Follows all chains at once, entry by entry.
struct ChainWalk {
    private var heads: [Exact: StreamHead] = [:]
    private(set) var sequence: Int64 = 0
    private var recorded: Int64 = 0

    /// Where the chains end, as far as they were followed.
    var head: JournalHead {
        JournalHead(
            entries: sequence, recorded: recorded, streams: heads.sorted { $0.key < $1.key }.map(\.value))
    }

    /// Takes the next entry, whose hash is that of its fields or not; answers what is wrong with it.
    mutating func fault(with entry: Entry, isIntact: Bool) -> JournalFault? {
        let head = heads[Exact(entry.stream)] ?? .empty(entry.stream)
        let kind: JournalFault.Kind?
        if entry.position != head.position + 1 || entry.sequence != sequence + 1 {
            kind = .gap
        } else if entry.previousHash != head.hash {
            kind = .unlinked
        } else {
            kind = isIntact ? nil : .altered
        }
        sequence = entry.sequence
        recorded = entry.recorded
        heads[Exact(entry.stream)] = StreamHead(stream: entry.stream, position: entry.position, hash: entry.hash)
        return kind.map { JournalFault(kind: $0, stream: entry.stream, position: entry.position) }
    }

    /// Compares where the chains ended with where the journal says they end.
    func fault(atEnd told: [StreamHead]) -> JournalFault? {
        for head in told where heads[Exact(head.stream)] != head {
            return JournalFault(kind: .cutShort, stream: head.stream, position: head.position)
        }
        let known = Set(told.map { Exact($0.stream) })
        let unknown = heads.filter { !known.contains($0.key) }.min { $0.key < $1.key }
        return unknown.map { JournalFault(kind: .cutShort, stream: $0.value.stream, position: 0) }
    }
}
