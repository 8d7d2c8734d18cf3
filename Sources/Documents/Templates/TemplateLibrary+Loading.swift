import Diagnostics
import Mustache

extension TemplateLibrary {
    static func template(_ name: String, path: String, text: Result<String, TemplateFile.Refusal>) -> Template {
        switch text {
        case .failure(let refusal):
            let outline = TemplateOutline(SourceText(name: path, text: ""))
            return Template(path: path, outline: outline, findings: [outline.finding(.unreadable, .start, refusal.message)])
        case .success(let text):
            let outline = TemplateOutline(SourceText(name: path, text: text))
            var template = Template(path: path, outline: outline, findings: outline.findings)
            // A faulty template is never handed to the library: its parser recurses, and the outline has bounded that.
            if outline.findings.isEmpty { compile(&template, isPage: name == layout) }
            return template
        }
    }

    static func badName(_ path: String) -> Finding {
        Finding(
            .warning, code: TemplateFindingCode.badName.rawValue, file: path, range: .start,
            message: "this file is not taken for a template, because of its name",
            expected: "1 to 64 small letters, digits and hyphens before \(TemplateFile.ending)")
    }

    private static func compile(_ template: inout Template, isPage: Bool) {
        // The pragma keeps the library from escaping for HTML: values escape themselves for Markdown.
        let pragma = isPage ? "" : "{{% CONTENT_TYPE: TEXT}}\n"
        // It also takes a last `{` for half a tag, unless something follows it.
        let ending = template.outline.source.text.hasSuffix("\n") ? "" : "\n"
        do {
            template.compiled = try MustacheTemplate(string: pragma + template.outline.source.text + ending)
        } catch let error as MustacheTemplate.ParserError {
            let line = max(1, error.context.lineNumber - (isPage ? 0 : 1))
            let place = Position(offset: 0, line: line, column: max(1, error.context.columnNumber))
            template.findings = [
                template.outline.finding(.badTag, SourceRange(place, place), "the tag cannot be read (\(error.error))")
            ]
        } catch {
            template.findings = [template.outline.finding(.badTag, .start, "the template cannot be read (\(error))")]
        }
    }

    /// The partials of a template that do not exist, include themselves, or go too deep, each at the tag in this template.
    static func partialFindings(of name: String, in templates: [String: Template]) -> [Finding] {
        guard let outline = templates[name]?.outline else { return [] }
        return outline.partials.compactMap { partial, range in
            guard templates[partial] != nil else {
                return outline.finding(
                    .badPartial, range, "there is no template `\(partial)`",
                    nearest: nearestName(to: partial, among: templates.keys))
            }
            switch extent(of: partial, in: templates) {
            case .within: return nil
            case .tooDeep:
                return outline.finding(
                    .badPartial, range, "`\(partial)` includes itself, or goes deeper than \(deepestPartial) partials")
            case .tooMany:
                return outline.finding(.badPartial, range, "`\(partial)` includes more than \(mostPartials) partials")
            }
        }
    }

    private enum PartialExtent { case within, tooDeep, tooMany }

    /// How far a partial goes, counted level by level, so that the work is bounded by the limits.
    private static func extent(of name: String, in templates: [String: Template]) -> PartialExtent {
        var level = [name: 1]
        var total = 1
        for _ in 0..<deepestPartial {
            var next: [String: Int] = [:]
            for (name, times) in level {
                for partial in templates[name]?.outline.partials ?? [] {
                    total += times
                    guard total <= mostPartials else { return .tooMany }
                    next[partial.name, default: 0] += times
                }
            }
            if next.isEmpty { return .within }
            level = next
        }
        return .tooDeep
    }

    /// The template and all that it includes, each once.
    static func reachable(from name: String, in templates: [String: Template]) -> [Template] {
        var seen: Set<String> = []
        var waiting = [name]
        var result: [Template] = []
        while let next = waiting.popLast() {
            guard seen.insert(next).inserted, let template = templates[next] else { continue }
            result.append(template)
            waiting += template.outline.partials.map(\.name)
        }
        return result
    }
}

extension TemplateOutline {
    /// The partials named anywhere in the template.
    var partials: [(name: String, range: SourceRange)] { Self.partials(in: pieces) }

    private static func partials(in pieces: [Piece]) -> [(name: String, range: SourceRange)] {
        pieces.flatMap { piece -> [(name: String, range: SourceRange)] in
            switch piece {
            case .value: []
            case .partial(let name, let range): [(name: name, range: range)]
            case .section(_, _, _, let inner): partials(in: inner)
            }
        }
    }
}
