extension Entry {
    /// What stands before the first entry of a stream: 64 zeros.
    public static let origin = String(repeating: "0", count: 64)

    /// All fields but the hash itself, each with its length before it (`5:words`, `-` for an absent one), so that no two entries
    /// share a form.
    public var canonicalForm: String {
        let fields: [String?] = [
            String(sequence), stream, String(position), String(recorded), String(effective), actor, behalf, commandID, kind,
            payload,
            previousHash,
        ]
        return "mandate entry 1\n" + canonical(fields)
    }

    /// The hash that the fields ask for; an entry whose `hash` differs was altered.
    public var expectedHash: String { sha256(canonicalForm) }

    init(_ new: NewEntry, sequence: Int64, after head: StreamHead, recorded: Int64) {
        self.init(
            sequence: sequence, stream: head.stream, position: head.position + 1, recorded: recorded, effective: new.effective,
            actor: new.actor, behalf: new.behalf, commandID: new.commandID, kind: new.kind, payload: new.payload,
            previousHash: head.hash, hash: "")
        hash = expectedHash
    }
}

extension StreamHead {
    /// The head of a stream that holds nothing yet.
    static func empty(_ stream: String) -> StreamHead { StreamHead(stream: stream, position: 0, hash: Entry.origin) }
}
