/// Where every stream of a journal ends. Exported and kept elsewhere, it proves later that nothing was taken away or rewritten.
public struct JournalHead: Hashable, Sendable {
    /// How many entries there are.
    public var entries: Int64
    /// When the newest was recorded, in seconds since 1970; 0 where there is none.
    public var recorded: Int64
    /// By stream.
    public var streams: [StreamHead]

    init(entries: Int64, recorded: Int64, streams: [StreamHead]) {
        self.entries = entries
        self.recorded = recorded
        self.streams = streams
    }

    /// SHA-256 over the heads of all streams: one line that stands for the whole journal.
    public var digest: String {
        sha256("mandate head 1\n" + canonical(streams.flatMap { [$0.stream, String($0.position), $0.hash] }))
    }
}

// As a text that is kept or mailed.
extension JournalHead {
    private static let title = "mandate head 1"

    public var text: String {
        var lines = [Self.title, "entries \(entries)", "recorded \(recorded)", "head \(digest)"]
        lines += streams.map { "\($0.position) \($0.hash) \($0.stream)" }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Reads an exported head; nil for any other text, and for one that was altered.
    public init?(parsing text: String) {
        let lines = text.split(whereSeparator: \.isNewline).map(String.init)
        guard lines.count >= 4, lines[0] == Self.title, let entries = Self.number(lines[1], after: "entries "),
            let recorded = Self.number(lines[2], after: "recorded "), lines[3].hasPrefix("head ")
        else { return nil }
        var streams: [StreamHead] = []
        for line in lines.dropFirst(4) {
            let parts = line.split(separator: " ", maxSplits: 2).map(String.init)
            guard parts.count == 3, let position = Int64(parts[0]), position > 0 else { return nil }
            streams.append(StreamHead(stream: parts[2], position: position, hash: parts[1]))
        }
        self.init(entries: entries, recorded: recorded, streams: streams)
        guard lines[3].dropFirst("head ".count) == digest, streams.reduce(0, { $0 &+ $1.position }) == entries else {
            return nil
        }
    }

    private static func number(_ line: String, after word: String) -> Int64? {
        line.hasPrefix(word) ? Int64(line.dropFirst(word.count)) : nil
    }
}

extension Reading {
    /// Where every stream ends now.
    public func exportedHead() throws -> JournalHead {
        let newest = try newestEntry()
        return JournalHead(entries: newest?.sequence ?? 0, recorded: newest?.recorded ?? 0, streams: try shelf().heads())
    }

    /// Whether the journal goes on from the head: every entry that it names stands where it stood. Answers the first that does not. To be
    /// asked of a journal in which `verify` finds no fault.
    public func verify(against head: JournalHead) throws -> JournalFault? {
        for known in head.streams {
            guard let entry = try entries(of: known.stream, after: known.position - 1).first else {
                return JournalFault(kind: .cutShort, stream: known.stream, position: known.position)
            }
            guard entry.hash == known.hash else {
                return JournalFault(kind: .rewritten, stream: known.stream, position: known.position)
            }
        }
        return nil
    }
}
