import Diagnostics

/// A template as its tags: what it shows, in which sections, with which partials, each with its place.
///
/// The Mustache library renders; the outline is what lets a mistake be told at its line before it does. It holds templates to
/// the part of Mustache that is wanted here: values, sections, inverted sections, partials, comments, and `first()` and `last()`
/// within a list. Changed delimiters, inheritance, pragmas and names made at run time are findings.
struct TemplateOutline: Sendable {
    /// A name as written, split at its dots; `.` alone is the value at hand.
    struct Name: Hashable, Sendable {
        var written: String
        var parts: [String]
        /// Written with a leading dot: looked up in the value at hand only.
        var isOwn: Bool { written.hasPrefix(".") }
        var isCurrent: Bool { written == "." }
        /// `first()` or `last()`: a question about the place in a list, answered without a value.
        var asksPlace: Bool { written.hasSuffix("()") }
    }

    indirect enum Piece: Sendable {
        case value(Name, SourceRange)
        case section(Name, SourceRange, isInverted: Bool, [Piece])
        case partial(String, SourceRange)
    }

    static let deepestSection = 32

    let source: SourceText
    private(set) var pieces: [Piece] = []
    private(set) var findings: [Finding] = []

    init(_ source: SourceText) {
        self.source = source
        var scanner = TagScanner(source)
        var open: [(name: Name, range: SourceRange, isInverted: Bool, outer: [Piece])] = []
        while let tag = scanner.next() {
            switch tag {
            case .value(let name, let range): pieces.append(.value(name, range))
            case .partial(let name, let range): pieces.append(.partial(name, range))
            case .opening(let name, let range, let isInverted):
                guard open.count < Self.deepestSection else {
                    findings.append(finding(.badSection, range, "sections are nested deeper than \(Self.deepestSection)"))
                    return
                }
                open.append((name, range, isInverted, pieces))
                pieces = []
            case .closing(let name, let range):
                guard let section = open.popLast() else {
                    findings.append(finding(.badSection, range, "no section `\(name.written)` is open here"))
                    return
                }
                if section.name != name { findings.append(misclosed(name, range, section.name, section.range)) }
                pieces = section.outer + [.section(section.name, section.range, isInverted: section.isInverted, pieces)]
            case .wrong(let message, let range, let expected):
                findings.append(finding(.badTag, range, message, expected: expected))
            }
        }
        for section in open {
            findings.append(finding(.badSection, section.range, "the section `\(section.name.written)` is not closed"))
        }
    }

    func finding(
        _ code: TemplateFindingCode, _ range: SourceRange, _ message: String, expected: String? = nil, nearest: String? = nil
    ) -> Finding {
        Finding(
            code: code.rawValue, file: source.name, range: range, message: message, expected: expected, nearest: nearest)
    }

    private func misclosed(_ name: Name, _ range: SourceRange, _ opened: Name, _ place: SourceRange) -> Finding {
        var finding = finding(
            .badSection, range, "`\(name.written)` is closed, but the open section is `\(opened.written)`",
            expected: "{{/\(opened.written)}}")
        finding.related = [.init(file: source.name, range: place, message: "the section was opened here")]
        return finding
    }
}
