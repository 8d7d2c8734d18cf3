import Diagnostics

/// Looks up each name of a template among the names and kinds that a document of a case will have, before there is any such case.
///
/// It finds what `NameCheck` would find in one document or another, at the same places.
struct ShapeCheck {
    private enum Answer {
        case found(ValueShape)
        case unknown(part: String, among: [String])
    }

    /// As many names as a finding lists.
    private static let mostListed = 12

    let templates: [String: TemplateLibrary.Template]
    private(set) var findings: Set<Finding> = []

    init(_ templates: [String: TemplateLibrary.Template]) { self.templates = templates }

    mutating func check(_ outline: TemplateOutline, given shape: ValueShape) {
        check(outline.pieces, of: outline, [shape])
    }

    private mutating func check(_ pieces: [TemplateOutline.Piece], of outline: TemplateOutline, _ stack: [ValueShape]) {
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
                guard let shape = find(name, range, of: outline, stack) else { continue }
                check(inner, of: outline, isInverted ? stack : opened(shape, stack))
            }
        }
    }

    private func opened(_ shape: ValueShape, _ stack: [ValueShape]) -> [ValueShape] {
        switch shape {
        case .flag: stack
        case .list(let element): stack + [element]
        case .shown, .map, .open: stack + [shape]
        }
    }

    private mutating func checkShown(
        _ name: TemplateOutline.Name, _ range: SourceRange, of outline: TemplateOutline, _ stack: [ValueShape]
    ) {
        guard let shape = find(name, range, of: outline, stack) else { return }
        switch shape {
        case .list, .map, .flag:
            findings.insert(
                outline.finding(
                    .wrongKind, range, "`\(name.written)` is \(shape.kindInWords) and cannot be shown by itself",
                    expected: "a section, {{#\(name.written)}}...{{/\(name.written)}}"))
        case .shown, .open: break
        }
    }

    private mutating func find(
        _ name: TemplateOutline.Name, _ range: SourceRange, of outline: TemplateOutline, _ stack: [ValueShape]
    ) -> ValueShape? {
        switch answer(name, stack) {
        case .found(let shape): return shape
        case .unknown(let part, let names):
            let known = names.count > Self.mostListed ? nil : names.joined(separator: ", ")
            findings.insert(
                outline.finding(
                    .unknownValue, range, "`\(part)` is not among the values here",
                    expected: known.map { $0.isEmpty ? "no name at all" : "one of " + $0 },
                    nearest: nearestName(to: part, among: names)))
            return nil
        }
    }

    private func answer(_ name: TemplateOutline.Name, _ stack: [ValueShape]) -> Answer {
        guard let current = stack.last, let first = name.parts.first else { return .found(stack.last ?? .shown) }
        let scopes = name.isOwn ? [current] : stack.reversed()
        guard var shape = scopes.lazy.compactMap({ $0.part(first) }).first else {
            return .unknown(part: first, among: Set(scopes.flatMap(\.names)).sorted())
        }
        for part in name.parts.dropFirst() {
            guard let found = shape.part(part) else { return .unknown(part: part, among: shape.names.sorted()) }
            shape = found
        }
        return .found(shape)
    }
}

extension ValueShape {
    /// What stands under the name; nil where nothing does.
    fileprivate func part(_ name: String) -> ValueShape? {
        switch self {
        case .map(let values): values[name]
        case .open(let names): names?.contains(name) ?? true ? .open(names: names) : nil
        case .shown, .flag, .list: nil
        }
    }

    fileprivate var names: [String] {
        switch self {
        case .map(let values): Array(values.keys)
        case .open(let names): Array(names ?? [])
        case .shown, .flag, .list: []
        }
    }
}
