import Post

/// A mail of the inbox, for a person to read.
public struct InboxMail: Sendable, Hashable {
    /// The file's path.
    public var path: String
    /// Its one sender's address; nil where it names none, or several.
    public var sender: String?
    public var date: String?
    public var subject: String
    /// The text, quoted words too.
    public var text: String
    /// The kinds of what was sent beside the text.
    public var attachments: [String]

    init(_ mail: ReceivedMail, path: String) {
        self.path = path
        sender = mail.sender
        date = mail.header("date").map(Self.shown)
        subject = Self.shown(mail.subject)
        text = mail.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { Self.shown(String($0)) }
            .joined(separator: "\n")
        attachments = mail.pieces.filter(\.isAttachment).map { Self.shown($0.mediaType) }
    }

    /// Without signs that would steer a terminal.
    private static func shown(_ line: String) -> String {
        String(
            line.unicodeScalars.filter { scalar in
                scalar == "\t"
                    || ![.control, .format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
            })
    }
}
