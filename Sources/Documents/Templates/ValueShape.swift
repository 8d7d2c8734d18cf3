/// What the values of a document are, where only their names and kinds are known: by it a template is checked before there is
/// anything to show.
public indirect enum ValueShape: Hashable, Sendable {
    /// A text, a number, a date: shown by itself.
    case shown
    case flag
    case list(ValueShape)
    case map([String: ValueShape])
    /// Values whose names are not laid down. `names` are those that they may have; nil where nobody can say.
    case open(names: Set<String>?)

    /// The shape of a sample in which no value is left out; what is absent in it is open.
    public init(_ sample: ViewValue) {
        switch sample {
        case .text, .number, .markdown, .link: self = .shown
        case .flag: self = .flag
        case .list(let list): self = .list(list.first.map { ValueShape($0) } ?? .open(names: nil))
        case .map(let values): self = .map(values.mapValues { ValueShape($0) })
        case .none: self = .open(names: nil)
        }
    }

    /// The shape of a meeting, as documents show it.
    public static let meeting = ValueShape(MeetingView.sample.viewValue)
    /// The shape of what every mail carries.
    public static let letter = ValueShape(LetterView.sample.viewValue)

    /// The kind in words, for findings.
    var kindInWords: String {
        switch self {
        case .shown: "a text"
        case .flag: "a flag"
        case .list: "a list"
        case .map: "a group of values"
        case .open: "a value"
        }
    }
}
