/// What was said between us and a mail server about one message, and what follows from it.
///
/// Everything turns on one point: up to the end of the text the server cannot have taken the message, after it only the server's
/// last reply says whether it has (RFC 5321, section 4.2.5).
struct Exchange {
    /// What the server was asked last.
    enum Stage: Int, Comparable {
        case greeting, hello, security, identity, sender, recipient, text, end

        static func < (one: Stage, other: Stage) -> Bool { one.rawValue < other.rawValue }
    }

    private(set) var stage = Stage.greeting
    /// The server's reply to what it was asked last, once it is whole.
    private(set) var reply: Reply?
    private var message: ArraySlice<UInt8>
    private var lines = ""
    /// We have taken our leave.
    private var isOver = false

    struct Reply: Equatable {
        var code: Int
        /// The code and the server's words, on one line.
        var words: String
    }

    /// The longest reply that is kept.
    private static let longestReply = 400

    init(of message: [UInt8]) { self.message = message[...] }

    /// We sent a command, or a line of an answer to a question of the server.
    mutating func asked(_ line: String) {
        let command = line.prefix { !$0.isWhitespace }.uppercased()
        // Said after a refusal too: the reply that counts is the one before.
        if command == "QUIT" { isOver = true }
        guard !isOver else { return }
        reply = nil
        lines = ""
        switch command {
        case "EHLO", "HELO": stage = .hello
        case "STARTTLS": stage = .security
        case "AUTH": stage = .identity
        case "MAIL": stage = .sender
        case "RCPT": stage = .recipient
        case "DATA": stage = .text
        default: break
        }
    }

    /// The server sent a line of a reply: `250-SIZE` where more lines follow, `250 OK` where none does.
    mutating func heard(_ line: String) {
        let words = line.split { $0.isWhitespace || $0 == "\0" }.joined(separator: " ")
        guard !isOver, let code = Int(words.prefix(3)), words.utf8.prefix(3).count == 3 else { return }
        if lines.utf8.count < Self.longestReply { lines += (lines.isEmpty ? "" : " / ") + words }
        if words.dropFirst(3).first != "-" {
            reply = Reply(code: code, words: String(lines.prefix(Self.longestReply)))
            lines = ""
        }
    }

    /// Hands out the next bytes of the text; after the last the server may take the message.
    mutating func read(atMost count: Int) -> ArraySlice<UInt8> {
        let piece = message.prefix(count)
        message = message.dropFirst(piece.count)
        if piece.isEmpty {
            stage = .end
            reply = nil
            lines = ""
        }
        return piece
    }

    /// What became of the message.
    ///
    /// - Parameter failure: why the talk ended before its time; nil where it came to its end.
    func result(_ failure: String?) -> DeliveryResult {
        guard let failure else { return .accepted }
        if let reply, reply.code >= 400 {
            return isAgainstMessage(reply) ? .refused(reason: reply.words) : .deferred(reason: reply.words)
        }
        guard stage == .end else { return .deferred(reason: failure) }
        if let reply, (200..<300).contains(reply.code) { return .accepted }
        return .unknown(reason: "cut off before the server's last reply: \(failure)")
    }

    /// Whether the server refuses this message for good. What it has against us (before the sender is named, or that we did not say who we
    /// are) is ours to mend and says nothing of the message.
    private func isAgainstMessage(_ reply: Reply) -> Bool {
        reply.code >= 500 && stage >= .sender && ![530, 534, 535, 538].contains(reply.code)
    }

    /// Whether the server was there and heard of this message.
    var cameToTheMessage: Bool { stage >= .sender }
}
