import Mustache

/// A value as the Mustache library is given it: it knows its children by name and shows itself escaped, whatever braces the
/// template puts around it.
struct ShownValue: MustacheParent, MustacheCustomRenderable {
    private let value: ViewValue

    /// What the library takes for a list or a flag it must be given as such.
    static func object(for value: ViewValue) -> Any {
        switch value {
        case .list(let list): list.map { object(for: $0) }
        case .flag(let flag): flag
        default: ShownValue(value: value)
        }
    }

    func child(named name: String) -> Any? {
        guard case .map(let values) = value, let child = values[name] else { return nil }
        return Self.object(for: child)
    }

    var isNull: Bool { value.isEmpty }

    var renderText: String {
        switch value {
        case .text(let text): escapedForMarkdown(text)
        case .number(let number): escapedForMarkdown(String(number))
        case .markdown(let text): MarkdownTree.closed(text)
        case .link(let address): linkForMarkdown(address)
        case .flag, .list, .map, .none: ""
        }
    }
}
