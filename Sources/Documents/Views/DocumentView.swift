/// A part of what a document shows. Its stored properties are the names that a template may use, in snake case: `isDraft` is
/// `{{is_draft}}`.
public protocol ViewPart: Codable, Hashable, Sendable {
    /// The values as a template is given them; each stored property is there, an absent one as `none`.
    var viewValue: ViewValue { get }
}

/// All that one kind of document shows: the contract between who fills it and the template.
///
/// Fill it and hand it to `TemplateLibrary`: `try library.render(view, as: .html)`.
public protocol DocumentView: ViewPart {
    /// The name of the template that shows it.
    static var document: String { get }
    /// An instance in which every value is present and every list holds something: by it templates are checked.
    static var sample: Self { get }
}

extension ViewPart {
    public var viewValue: ViewValue {
        var values: [String: ViewValue] = [:]
        for (label, value) in Mirror(reflecting: self).children {
            guard let label else { continue }
            values[snakeCased(label)] = ViewValue(reflecting: value)
        }
        return .map(values)
    }
}

extension ViewValue {
    /// The value of a view's property. A type that views do not use would be a mistake in this room, and is caught by its tests.
    fileprivate init(reflecting value: Any) {
        switch value {
        case let text as String: self = .text(text)
        case let flag as Bool: self = .flag(flag)
        case let number as Int: self = .number(number)
        case let part as any ViewPart: self = part.viewValue
        case let markdown as Markdown: self = .markdown(markdown.text)
        case let link as Link: self = .link(link.address)
        default:
            let mirror = Mirror(reflecting: value)
            switch mirror.displayStyle {
            case .optional: self = mirror.children.first.map { ViewValue(reflecting: $0.value) } ?? .none
            case .collection: self = .list(mirror.children.map { ViewValue(reflecting: $0.value) })
            default: preconditionFailure("A view holds a \(type(of: value)), which no template can show")
            }
        }
    }
}

/// The name by which templates know a property: `isDraft` is `is_draft`.
func snakeCased(_ name: String) -> String {
    var result = ""
    for character in name {
        if character.isUppercase { result += "_" }
        result += character.lowercased()
    }
    return result
}
