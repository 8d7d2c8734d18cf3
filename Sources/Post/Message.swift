/// A mail as it is meant, before it is composed. It knows no clock and draws no random number: the same message gives the same bytes.
public struct Message: Hashable, Sendable {
    public var from: Mailbox
    public var to: [Mailbox]
    public var replyTo: Mailbox?
    public var subject: String
    /// Seconds since 1970.
    public var date: Int64
    /// The zone in which the date is printed, as `+0100`.
    public var zoneOffset: String
    /// With its angle brackets: `<left@right>`.
    public var messageID: String
    /// The messages of the thread so far, oldest first, with their angle brackets.
    public var references: [String]
    /// Further header fields, such as `List-Id`.
    public var headers: [Header]
    public var text: String
    public var html: String?
    /// An invitation or its like, for the reader's calendar.
    public var calendar: CalendarObject?
    public var attachments: [Attachment]

    public init(
        from: Mailbox, to: [Mailbox], replyTo: Mailbox? = nil, subject: String, date: Int64, zoneOffset: String = "+0000",
        messageID: String, references: [String] = [], headers: [Header] = [], text: String, html: String? = nil,
        calendar: CalendarObject? = nil, attachments: [Attachment] = []
    ) {
        self.from = from
        self.to = to
        self.replyTo = replyTo
        self.subject = subject
        self.date = date
        self.zoneOffset = zoneOffset
        self.messageID = messageID
        self.references = references
        self.headers = headers
        self.text = text
        self.html = html
        self.calendar = calendar
        self.attachments = attachments
    }
}

/// A header field that the message does not know by itself.
public struct Header: Hashable, Sendable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// An iCalendar object that stands beside the text as another form of it (iMIP, RFC 6047).
public struct CalendarObject: Hashable, Sendable {
    /// As the object's own METHOD has it: `REQUEST`, `CANCEL`, `REPLY`.
    public var method: String
    /// The whole object, from `BEGIN:VCALENDAR`.
    public var text: String

    public init(method: String, text: String) {
        self.method = method
        self.text = text
    }
}

/// A file that goes with a message.
public struct Attachment: Hashable, Sendable {
    public var name: String
    /// `type/subtype`, such as `application/pdf`.
    public var mediaType: String
    /// Parameters of the media type, such as `method=REQUEST` for `text/calendar`.
    public var parameters: [Header]
    public var bytes: [UInt8]

    public init(name: String, mediaType: String, parameters: [Header] = [], bytes: [UInt8]) {
        self.name = name
        self.mediaType = mediaType
        self.parameters = parameters
        self.bytes = bytes
    }
}

/// Why a message cannot be composed.
public enum CompositionError: Error, Hashable, Sendable {
    /// CR, LF or NUL in a header value, which would let a text write headers of its own.
    case forbiddenCharacter(field: String)
    case address(String)
    case noRecipient
    /// Not of the form `<left@right>`.
    case messageID(String)
    /// Not the name of a header field, or one that the message writes itself.
    case headerName(String)
    /// Not of the form `+0100`.
    case zoneOffset(String)
    /// Not of the form `type/subtype`.
    case mediaType(String)
    case tooLong(field: String)
}

extension CompositionError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .forbiddenCharacter(let field): return "\(field) holds a line break or a NUL character"
        case .address(let text): return "not a mail address: \(text.debugDescription)"
        case .noRecipient: return "the message is to nobody"
        case .messageID(let text): return "not a message id of the form <left@right>: \(text.debugDescription)"
        case .headerName(let name): return "not a header field that may be added: \(name.debugDescription)"
        case .zoneOffset(let text): return "not a zone of the form +0100: \(text.debugDescription)"
        case .mediaType(let text): return "not a media type of the form type/subtype: \(text.debugDescription)"
        case .tooLong(let field): return "\(field) is too long"
        }
    }
}
