import Foundation
import Testing

@testable import Documents

let hostileValues = [
    "O'Brien & Sons", "*stars*", "**", "# x", "C #", "C#", "##", "1. x", "12) x", "1.", "<b>", "<b>bold</b>", "a < b", "<", "|",
    "a|b",
    "a\\|b", "\\", "\\\\", "ends in \\", "_a_b_", "__init__", "first_last@example.org", "`code`", "``", "```", "~~struck~~",
    "~",
    "one\ntwo", "one\n\ntwo", "\nlead", "trail\n", "one\n- two", "one\n---", "one\n===", "one\n    two", "- dash", "-- dash",
    "---",
    "- - -", "* * *", "+ plus", "> quote", "=", "===", ":--", "-:", "--- | ---", "[x]", "[ ] task", "[x]: /url", "[a](b)",
    "![a](b)",
    "!", "wow!", "&", "&amp;", "&#10;", "&amp", "R&D", "AT&T;", "&copy;", "&&copy;", "http://example.org/a_b_c",
    "<http://x.org>",
    "javascript:alert(1)", "שלום עולם", "مرحبا (1)", "עברית *and* English", "e\u{301}", "日本語の名前", "👩‍👩‍👧", " lead", "trail ",
    "   ", "    code", "a  b", "\ttab", "a\tb", "\u{A0}nbsp\u{A0}", "\u{3000}wide\u{3000}", "{{name}}", "{{{name}}}", "{{#x}}",
    "%s",
    "$(rm)", "\"quoted\"", "'", "(", ")", "...", ".5", "1.5 million", "2026", "-5", "0", "<!-- c -->", "<?php ?>", "</main>",
    "<script>",
    "a\u{2028}b", "\u{FEFF}x", String(repeating: "n", count: 4_000), String(repeating: "*_ <", count: 1_000),
]

/// Places in a template where a value may stand.
private let places = [
    "{{v}}", "# {{v}}", "- {{v}}", "1. {{v}}", "- [ ] {{v}}", "> {{v}}", "before {{v}} after", "**{{v}}** x", "*{{v}}*",
    "({{v}})",
    "\"{{v}}\"", "para\n{{v}}", "| a | b |\n|---|---|\n| {{v}} | {{v}} |", "|a|b|\n|-|-|\n|{{v}}|{{v}}|", "- x\n  - {{v}}",
    "a\\\n{{v}}",
    "{{v}}: x", "### {{v}} #", "{{{v}}}", "{{&v}}", "{{#v}}{{.}}{{/v}}",
]

private func library(_ template: String) -> TemplateLibrary {
    TemplateLibrary(texts: ["doc": template, "layout": "<main>{{{content}}}</main>"])
}

@Suite("Values are shown as they are")
struct EscapingTests {
    @Test("Markdown parsed again is one text, equal to the value", arguments: hostileValues)
    func singleText(value: String) {
        #expect(onlyText(inMarkdown: escapedForMarkdown(value)) == value)
    }

    @Test("the test above sees a value that is not escaped")
    func plantedFault() {
        #expect(onlyText(inMarkdown: "*stars*") != "*stars*")
        #expect(onlyText(inMarkdown: "1. x") != "1. x")
        #expect(onlyText(inMarkdown: "&amp;") != "&amp;")
    }

    @Test("a value is the same in every place of a template, in all formats", arguments: places)
    func everyPlace(place: String) throws {
        for value in hostileValues {
            let library = library(place)
            let view = ViewValue.map(["v": .text(value)])
            let probe = ViewValue.map(["v": .text("XYZ")])
            let html = shownText(ofHTML: try library.render("doc", view, as: .html))
            let expected = shownText(ofHTML: try library.render("doc", probe, as: .html)).replacing("XYZ", with: value)
            #expect(squeezed(html) == squeezed(expected), "\(value) at \(place)")
            let text = try library.render("doc", view, as: .text)
            // In plain text each line of a quotation begins with a mark of its own.
            let (all, wanted) = (squeezed(text).replacing(">", with: ""), squeezed(value).replacing(">", with: ""))
            #expect(wanted.isEmpty || all.contains(wanted), "\(value) at \(place)")
        }
    }

    @Test(
        "a line ending in a value ends a line for the reader, wherever it stands", arguments: ["{{v}}", "# {{v}}", "- {{v}}"])
    func lineEndings(place: String) throws {
        let view = ViewValue.map(["v": .text("one\ntwo\r\nthree")])
        #expect(try library(place).render("doc", view, as: .html).components(separatedBy: "<br />").count == 3)
        let lines = try library(place).render("doc", view, as: .text).split(separator: "\n").map {
            $0.drop { " -".contains($0) }
        }
        #expect(lines.prefix(3) == ["one", "two", "three"])
    }

    @Test("what needs no escaping is left to be read")
    func readable() {
        for plain in [
            "O'Brien & Sons", "first_last@example.org", "a < b", "R&D plan", "1.5 million", "(see below)", "Dr. Ellis: notes",
        ] {
            #expect(escapedForMarkdown(plain) == plain)
        }
    }

    @Test("two values side by side do not make markup together")
    func neighbours() throws {
        let library = library("{{a}}{{b}}")
        let pairs = [
            ("1", ". x"), ("1", ") x"), ("&", "amp;"), ("&am", "p;"), ("<", "b>"), ("!", "[a](b)"), ("-", " x"), ("*", "a*"),
            ("_", "a_"),
            ("a_", "b_"), ("\\", "*"), ("`", "`"), ("http:", "//x"), ("#", " x"), ("", "# x"), ("=", "="),
        ]
        for (left, right) in pairs {
            let view = ViewValue.map(["a": .text(left), "b": .text(right)])
            #expect(onlyText(inMarkdown: try library.render("doc", view, as: .markdown)) == left + right)
        }
    }

    @Test("control characters become visible, and marks of direction are closed")
    func invisible() {
        #expect(onlyText(inMarkdown: escapedForMarkdown("a\u{0}b\u{7}c\u{7F}")) == "a\u{FFFD}b\u{FFFD}c\u{FFFD}")
        #expect(escapedForMarkdown("x\u{202E}y").hasSuffix("\u{202C}"))
        #expect(escapedForMarkdown("x\u{2067}\u{202E}y").hasSuffix("\u{202C}\u{2069}"))
        #expect(escapedForMarkdown("x\u{202E}y\u{202C}") == "x\u{202E}y\u{202C}")
    }

    @Test("random strings of what is dangerous come through")
    func random() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array("*_`~[]()<>!#&;|\\-+=.:\"'/ 01ab\n\t{}$%^@é\u{A0}ש")
        for _ in 0..<20_000 {
            let value = String(
                (0..<Int.random(in: 1...12, using: &generator)).compactMap { _ in alphabet.randomElement(using: &generator) })
            let shown = onlyText(inMarkdown: escapedForMarkdown(value))
            if shown != value {
                Issue.record("seed \(seed): \(value.debugDescription) came out as \(shown.debugDescription)")
                return
            }
        }
    }

    @Test("random strings keep their place in a table and a list")
    func randomInPlaces() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array("*_`~[]<>!#&;|\\-+=.: 01a\n\t")
        let library = library("| h{{w}} | i |\n|---|---|\n| {{v}} |{{w}}|\n\n- {{v}}\n- **{{w}}**, {{v}}\n\n## {{v}} #")
        for _ in 0..<1_500 {
            func word() -> String {
                String(
                    (0..<Int.random(in: 1...8, using: &generator)).compactMap { _ in alphabet.randomElement(using: &generator) }
                )
            }
            let (v, w) = (word(), word())
            let view = ViewValue.map(["v": .text(v), "w": .text(w)])
            let shown = squeezed(shownText(ofHTML: try library.render("doc", view, as: .html)))
            if shown != squeezed("h\(w)i\(v)\(w)\(v)\(w),\(v)\(v)") {
                Issue.record("seed \(seed): v \(v.debugDescription), w \(w.debugDescription) came out as \(shown)")
                return
            }
        }
    }

    @Test("an address that may be followed is a link, any other is text")
    func links() throws {
        let library = library("See {{v}}.")
        func html(_ address: String) throws -> String { try library.render("doc", .map(["v": .link(address)]), as: .html) }
        let address = "https://example.org/a_b?x=1&copy;=2&y=*(3)"
        #expect(try html(address).contains("href=\"https://example.org/a_b?x=1&amp;copy;=2&amp;y=*(3)\""))
        #expect(shownText(ofHTML: try html(address)).contains(address))
        #expect(try library.render("doc", .map(["v": .link(address)]), as: .text) == "See \(address).\n")
        for bad in [
            "javascript:alert(1)", "https://", "data:text/html,x", "https://x.org/a b", "https://x.org/<b>", "https://x\n",
        ] {
            #expect(try !html(bad).contains("href"))
            #expect(squeezed(shownText(ofHTML: try html(bad))) == squeezed("See \(bad)."))
        }
    }
}
