import Foundation
import Testing

@testable import Documents

/// A JSON tree changed leaf by leaf, which makes empty and hostile views out of a sample without naming a field.
enum Tree {
    static func of(_ view: some DocumentView) throws -> Any {
        try JSONSerialization.jsonObject(with: JSONEncoder().encode(view))
    }

    static func view<View: DocumentView>(_ type: View.Type, _ tree: Any) throws -> View {
        try JSONDecoder().decode(View.self, from: JSONSerialization.data(withJSONObject: tree))
    }

    static func mapping(_ tree: Any, strings: (String, String) -> String, flags: Bool, key: String = "") -> Any {
        switch tree {
        case let map as [String: Any]:
            return map.filter { $0.key != "edited" }.reduce(into: [String: Any]()) { result, entry in
                result[entry.key] = mapping(entry.value, strings: strings, flags: flags, key: key + "." + entry.key)
            }
        case let list as [Any]: return list.map { mapping($0, strings: strings, flags: flags, key: key) }
        case let text as String: return strings(text, key)
        case let number as NSNumber where isFlag(number): return flags
        default: return tree
        }
    }

    private static func isFlag(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }

    /// Lists emptied, texts blank, and everything left out that may be.
    static func emptied<View: DocumentView>(_ type: View.Type) throws -> View {
        func emptied(_ tree: Any) -> Any {
            switch tree {
            case let map as [String: Any]: map.mapValues(emptied)
            case is [Any]: [Any]()
            case is String: ""
            default: tree
            }
        }
        var tree = mapping(emptied(try of(View.sample)), strings: { text, _ in text }, flags: false)
        func prune(_ path: [String]) {
            guard let map = value(tree, path) as? [String: Any] else { return }
            for key in map.keys {
                let pruned = setting(tree, path + [key], nil)
                if (try? view(type, pruned)) != nil { tree = pruned } else { prune(path + [key]) }
            }
        }
        prune([])
        return try view(type, tree)
    }

    private static func value(_ tree: Any, _ path: [String]) -> Any? {
        path.reduce(Optional(tree)) { ($0 as? [String: Any])?[$1] }
    }

    private static func setting(_ tree: Any, _ path: [String], _ value: Any?) -> Any {
        guard var map = tree as? [String: Any], let first = path.first else { return tree }
        if path.count == 1 {
            map[first] = value
        } else if let inner = map[first] {
            map[first] = setting(inner, Array(path.dropFirst()), value)
        }
        return map
    }
}

private let beginnings = [
    "", "# ", "1. ", "- ", "> ", "| ", "``` ", "--- ", "=== ", "[x] ", "[a]: ", "<b>", "&amp; ", "**", "    ", ":-- ", "~~",
    "\\", "![", "+ ",
]
private let hostileBody =
    "O'Brien & Sons *stars* _a_b_ <b>bold</b> | `tick` [l](http://x) ~~s~~ &amp; ![i](j) {{x}} line\n- two\n\n# three שלום"

/// The fields that a document leaves out on purpose, as the reader has them elsewhere.
private let leftOut: [String: Set<String>] = [
    "minutes": [".next.body", ".next.title", ".next.joining", ".actions.source", ".actions.status"],
    "checklist": [
        ".contact.name", ".contact.role", ".contact.email", ".contact.phone",
        ".done.due", ".done.remaining", ".done.owner", ".done.note", ".done.basis", ".done.step", ".done.checklist.text",
    ],
    "escalation": [".duty.owner"],
    "attendance": Set(
        ["substitute", "status", "seat", "times", "person.organisation", "substituteFor", "expected"].map { ".others." + $0 }),
    "directory": Set(["body", "title", "end", "joining", "zone"].map { ".bodies.next." + $0 }),
    "accountability": [".bodies.seats.person.role"],
]

/// Of what to type and what to answer by mail, a document shows the one that its reader has: never both, and on a duty done neither.
private func isOtherWay(_ key: String) -> Bool { key.hasSuffix(".step") || key.contains(".answers.") }

@Suite("Each view and its shipped template")
struct ViewTests {
    @Test("the templates that are shipped have no findings")
    func noFindings() {
        #expect(shipped.check().isEmpty, "\(shipped.check())")
        #expect(Set(ShippedDocuments.names).isSubset(of: Set(shipped.names)))
    }

    @Test("every stored property is among the values, under its name in snake case", arguments: ShippedDocuments.names)
    func everyProperty(name: String) throws {
        let type = try #require(ShippedDocuments.views.first { $0.document == name })
        guard case .map(let values) = type.sample.viewValue else {
            Issue.record("a view is a map")
            return
        }
        #expect(Set(values.keys) == Set(Mirror(reflecting: type.sample).children.compactMap { $0.label.map(snakeCased) }))
        #expect(values.values.allSatisfy { !$0.isEmpty }, "a sample leaves nothing empty")
    }

    @Test("an empty, an ordinary and a hostile instance are rendered", arguments: ShippedDocuments.names)
    func allInstances(name: String) throws {
        let type = try #require(ShippedDocuments.views.first { $0.document == name })
        try checkEmpty(type)
        try checkOrdinary(type)
        try checkHostile(type)
    }

    private func checkEmpty<View: DocumentView>(_ type: View.Type) throws {
        let empty = try Tree.emptied(type)
        for format in DocumentFormat.allCases {
            let shown = try shipped.render(empty, as: format)
            #expect(!shown.contains("{{"), "\(shown)")
            #expect(!squeezed(format == .html ? shownText(ofHTML: shown) : shown).contains("**" + "**"), "\(shown)")
        }
        #expect(!(try shipped.render(empty, as: .text)).contains("*"))
        #expect(!(try shipped.mail(empty)).subject.isEmpty)
    }

    private func checkOrdinary<View: DocumentView>(_ type: View.Type) throws {
        let markdown = try shipped.render(View.sample, as: .markdown)
        #expect(!markdown.contains("\n\n\n"))
        #expect(!markdown.hasPrefix("Subject"))
        let html = try shipped.render(View.sample, as: .html)
        #expect(html.hasPrefix("<!doctype html>\n<html lang=\"en-GB\">"))
        #expect(!html.contains("<th>") && !html.contains("<input") && !html.contains("src="))
        let text = try shipped.render(View.sample, as: .text)
        for line in text.split(separator: "\n") { #expect(line.count <= 76, "\(line)") }
        let mail = try shipped.mail(View.sample)
        #expect(mail.text == text)
        #expect(mail.html == html)
        #expect(!mail.subject.contains("\n") && html.contains("<title>"))
    }

    /// Each text of the view is hostile and numbered; whichever way the flags point, it is seen exactly, once at least.
    private func checkHostile<View: DocumentView>(_ type: View.Type) throws {
        var unseen: [String: [DocumentFormat]] = [:]
        var seen: Set<String> = []
        for flags in [true, false] {
            var leaves: [(key: String, text: String)] = []
            let tree = Tree.mapping(
                try Tree.of(View.sample),
                strings: { _, key in
                    let text =
                        beginnings[leaves.count % beginnings.count] + "(\(leaves.count)) " + hostileBody + " (\(leaves.count))"
                    leaves.append((key, text))
                    return text
                }, flags: flags)
            let view = try Tree.view(type, tree)
            let mail = try shipped.mail(view)
            for (format, shown) in [(DocumentFormat.html, shownText(ofHTML: mail.html)), (.text, mail.text)] {
                let all = squeezed(shown) + "\u{0}" + squeezed(mail.subject)
                for leaf in leaves {
                    if all.contains(squeezed(leaf.text)) {
                        seen.insert(leaf.key + format.rawValue)
                    } else if !leftOut[View.document, default: []].contains(leaf.key), !isOtherWay(leaf.key) {
                        unseen[leaf.key, default: []].append(format)
                    }
                }
            }
            #expect(!mail.html.contains("<b>"))
        }
        let missing = unseen.flatMap { key, formats in
            formats.filter { !seen.contains(key + $0.rawValue) }.map { "\(key) as \($0)" }
        }
        #expect(Set(missing).isEmpty, "not shown exactly in \(View.document)")
    }

    @Test("a view comes back from JSON as it was", arguments: ShippedDocuments.names)
    func codable(name: String) throws {
        let type = try #require(ShippedDocuments.views.first { $0.document == name })
        func check<View: DocumentView>(_ type: View.Type) throws {
            #expect(try JSONDecoder().decode(View.self, from: JSONEncoder().encode(View.sample)) == View.sample)
        }
        try check(type)
    }
}
