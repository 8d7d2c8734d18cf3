/// What a template is given: a tree of values, of which each text is shown to the reader exactly as it is.
///
/// Texts are escaped when they are rendered, so that no name and no title can act as markup. A value that is absent on purpose is
/// `none`; a name that is not in the tree at all is the template's mistake.
public indirect enum ViewValue: Hashable, Sendable {
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([ViewValue])
    case map([String: ViewValue])
    /// Text that is already Markdown, such as a report that a person edited. Raw HTML in it is shown, not obeyed.
    case markdown(String)
    /// An address to follow. One that is not plainly `https:`, `http:` or `mailto:` is shown as text.
    case link(String)
    case none

    /// Whether a section on this value shows nothing: absent, empty, false or zero.
    public var isEmpty: Bool {
        switch self {
        case .text(let text), .markdown(let text), .link(let text): text.isEmpty
        case .number(let number): number == 0
        case .flag(let flag): !flag
        case .list(let list): list.isEmpty
        case .map(let map): map.isEmpty
        case .none: true
        }
    }

    /// The value's kind in words, for findings.
    var kindInWords: String {
        switch self {
        case .text: "a text"
        case .number: "a number"
        case .flag: "a flag"
        case .list: "a list"
        case .map: "a group of values"
        case .markdown: "a Markdown text"
        case .link: "a link"
        case .none: "absent"
        }
    }
}

/// Text that is Markdown already: what a person wrote, to be laid out and not escaped.
public struct Markdown: Hashable, Sendable, Codable {
    public var text: String

    public init(_ text: String) { self.text = text }

    public init(from decoder: any Decoder) throws { text = try decoder.singleValueContainer().decode(String.self) }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// An address that a reader may follow.
public struct Link: Hashable, Sendable, Codable {
    public var address: String

    public init(_ address: String) { self.address = address }

    public init(from decoder: any Decoder) throws { address = try decoder.singleValueContainer().decode(String.self) }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(address)
    }
}
