import Diagnostics

extension TemplateLibrary {
    /// A name that a template shows or asks for.
    public struct ValueName: Hashable, Sendable {
        /// As written: `meeting.date`, `.`, `number`.
        public var name: String
        /// The sections around it, outermost first: within `items`, `number` is an item's.
        public var sections: [String]
        public var file: String
        public var range: SourceRange
    }

    /// All names that the template of a document uses, with those of its partials, in the order of the text.
    public func valueNames(of document: String) throws(TemplateFailure) -> [ValueName] {
        let template = try template(of: document)
        var names: [ValueName] = []
        collect(template.outline.pieces, of: template.outline, within: [], into: &names)
        return names
    }

    /// The names in the template of a document that are not among these values, each at its line. Sections are looked into
    /// whether or not the values would show them, so the values should be a sample with nothing left out.
    public func check(_ document: String, against values: ViewValue) throws(TemplateFailure) -> [Finding] {
        let template = try template(of: document)
        var check = NameCheck(templates, extent: .everything)
        check.check(template.outline, given: values)
        return check.findings.sorted()
    }

    /// The names in the template of a document that values of this shape do not have, each at its line. A template that cannot be used at
    /// all has its findings elsewhere.
    public func check(_ document: String, against shape: ValueShape) -> [Finding] {
        guard let template = try? template(of: document) else { return [] }
        var check = ShapeCheck(templates)
        check.check(template.outline, given: shape)
        return check.findings.sorted()
    }

    /// All that is wrong with the templates: the files, and the names of values that their documents do not have. A template of
    /// the workspace's own, for which there is no view, is checked as a file only.
    public func check() -> [Finding] {
        var found = Set(findings)
        for view in ShippedDocuments.views where templates[view.document] != nil {
            found.formUnion((try? check(view.document, against: view.sample.viewValue)) ?? [])
        }
        if templates[Self.layout] != nil {
            found.formUnion((try? check(Self.layout, against: .map(Self.pageValues(language: "", title: "")))) ?? [])
        }
        return found.sorted()
    }

    /// The text of a template's file, for printing findings on it.
    public func source(of document: String) -> SourceText? {
        templates[Self.templateName(of: document)]?.outline.source
    }

    static func pageValues(language: String, title: String, isPart: Bool = true) -> [String: ViewValue] {
        ["language": .text(language), "title": .text(title), "content": .text(""), "is_part": .flag(isPart)]
    }

    private func collect(
        _ pieces: [TemplateOutline.Piece], of outline: TemplateOutline, within sections: [String], into names: inout [ValueName]
    ) {
        for piece in pieces {
            switch piece {
            case .value(let name, let range):
                names.append(ValueName(name: name.written, sections: sections, file: outline.source.name, range: range))
            case .partial(let partial, _):
                guard let inner = templates[partial]?.outline else { continue }
                collect(inner.pieces, of: inner, within: sections, into: &names)
            case .section(let name, let range, let isInverted, let inner):
                if !name.asksPlace {
                    names.append(ValueName(name: name.written, sections: sections, file: outline.source.name, range: range))
                }
                let opens = !isInverted && !name.asksPlace
                collect(inner, of: outline, within: opens ? sections + [name.written] : sections, into: &names)
            }
        }
    }
}
