import Diagnostics

/// Looks up each name of a template among the values that it is given, as rendering will, and finds those that are not there.
///
/// Mustache shows nothing for a name that does not exist, so that a slip of the pen leaves a hole in somebody's minutes; here it
/// is a finding at its line.
struct NameCheck {
    enum Extent {
        /// What this view makes the template show.
        case shown
        /// All sections, also those that this view leaves empty: for a sample.
        case everything
    }

    private enum Answer {
        case found(ViewValue)
        case unknown(part: String, among: [String])
    }

    /// The largest Markdown text that a person may have written: 256 KiB.
    static let largestText = 256 * 1024

    let templates: [String: TemplateLibrary.Template]
    let extent: Extent
    private(set) var findings: Set<Finding> = []

    init(_ templates: [String: TemplateLibrary.Template], extent: Extent) {
        self.templates = templates
        self.extent = extent
    }

    mutating func check(_ outline: TemplateOutline, given view: ViewValue) {
        check(outline.pieces, of: outline, [view])
    }

    private mutating func check(_ pieces: [TemplateOutline.Piece], of outline: TemplateOutline, _ stack: [ViewValue]) {
        for piece in pieces {
            switch piece {
            case .value(let name, let range): checkShown(name, range, of: outline, stack)
            case .partial(let name, _):
                if let partial = templates[name]?.outline { check(partial.pieces, of: partial, stack) }
            case .section(let name, let range, let isInverted, let inner):
                guard !name.asksPlace else {
                    check(inner, of: outline, stack)
                    continue
                }
                guard let value = find(name, range, of: outline, stack) else { continue }
                checkSection(value, isInverted: isInverted, inner, of: outline, stack)
            }
        }
    }

    private mutating func checkSection(
        _ value: ViewValue, isInverted: Bool, _ inner: [TemplateOutline.Piece], of outline: TemplateOutline,
        _ stack: [ViewValue]
    ) {
        if isInverted {
            if value.isEmpty || extent == .everything { check(inner, of: outline, stack) }
            return
        }
        switch value {
        case .list(let elements): for element in elements { check(inner, of: outline, stack + [element]) }
        case .flag(let flag): if flag || extent == .everything { check(inner, of: outline, stack) }
        default: if !value.isEmpty { check(inner, of: outline, stack + [value]) }
        }
    }

    private mutating func checkShown(
        _ name: TemplateOutline.Name, _ range: SourceRange, of outline: TemplateOutline, _ stack: [ViewValue]
    ) {
        guard let value = find(name, range, of: outline, stack) else { return }
        switch value {
        case .list, .map, .flag:
            findings.insert(
                outline.finding(
                    .wrongKind, range, "`\(name.written)` is \(value.kindInWords) and cannot be shown by itself",
                    expected: "a section, {{#\(name.written)}}...{{/\(name.written)}}"))
        case .markdown(let text) where text.utf8.count > Self.largestText:
            findings.insert(
                outline.finding(
                    .tooLarge, range, "`\(name.written)` has more than \(Self.largestText / 1024) KiB of Markdown"))
        case .markdown(let text) where MarkdownTree.hasOverwideTable(text):
            findings.insert(
                outline.finding(
                    .tooLarge, range,
                    "`\(name.written)` has a table of more than \(MarkdownTree.mostTableColumns) columns"))
        default: break
        }
    }

    private mutating func find(
        _ name: TemplateOutline.Name, _ range: SourceRange, of outline: TemplateOutline, _ stack: [ViewValue]
    ) -> ViewValue? {
        switch answer(name, stack) {
        case .found(let value): return value
        case .unknown(let part, let names):
            let known = names.count > 12 ? nil : names.joined(separator: ", ")
            findings.insert(
                outline.finding(
                    .unknownValue, range, "`\(part)` is not among the values here",
                    expected: known.map { $0.isEmpty ? "no name at all" : "one of " + $0 },
                    nearest: nearestName(to: part, among: names)))
            return nil
        }
    }

    private func answer(_ name: TemplateOutline.Name, _ stack: [ViewValue]) -> Answer {
        guard let current = stack.last, let first = name.parts.first else { return .found(stack.last ?? .none) }
        var value: ViewValue?
        for scope in name.isOwn ? [current] : stack.reversed() {
            if case .map(let values) = scope, let found = values[first] {
                value = found
                break
            }
        }
        guard var value else { return .unknown(part: first, among: names(in: name.isOwn ? [current] : stack)) }
        for part in name.parts.dropFirst() {
            guard case .map(let values) = value else {
                // What is absent has absent parts; a text has none.
                if case .none = value { return .found(.none) }
                return .unknown(part: part, among: [])
            }
            guard let found = values[part] else { return .unknown(part: part, among: values.keys.sorted()) }
            value = found
        }
        return .found(value)
    }

    private func names(in stack: [ViewValue]) -> [String] {
        let names = stack.flatMap { scope -> [String] in
            if case .map(let values) = scope { Array(values.keys) } else { [] }
        }
        return Set(names).sorted()
    }
}
