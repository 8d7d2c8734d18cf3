import Diagnostics
import Foundation
import Testing

@testable import Documents

/// A folder that is there for one test.
private struct Folder: ~Copyable {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "documents-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path(percentEncoded: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, as name: String) throws {
        try text.write(toFile: path + "/" + name, atomically: false, encoding: .utf8)
    }
}

private func failure(_ work: () throws -> Void) -> TemplateFailure? {
    do {
        try work()
        return nil
    } catch {
        return error as? TemplateFailure
    }
}

private func findings(_ texts: [String: String], _ name: String = "doc", _ values: [String: ViewValue] = [:]) -> [Finding] {
    failure { _ = try TemplateLibrary(texts: texts).render(name, .map(values), as: .markdown) }?.findings ?? []
}

@Suite("Finding templates")
struct TemplateFolderTests {
    @Test("the first folder's file wins, and says so")
    func overriding() throws {
        let own = try Folder()
        let shipped = try Folder()
        try own.write("own", as: "agenda.mustache")
        try shipped.write("shipped", as: "agenda.mustache")
        try shipped.write("report", as: "feedback-report.mustache")
        let library = TemplateLibrary(folders: [own.path, "/nowhere/at/all", shipped.path])
        #expect(library.findings.isEmpty)
        #expect(library.names == ["agenda", "feedback-report"])
        #expect(library.path(of: "agenda") == own.path + "/agenda.mustache")
        #expect(library.path(of: "feedback_report") == shipped.path + "/feedback-report.mustache")
        #expect(library.path(of: "minutes") == nil)
        #expect(try library.render("agenda", .map([:]), as: .markdown) == "own\n")
        #expect(try library.render("feedback_report", .map([:]), as: .markdown) == "report\n")
    }

    @Test("a faulty file of the workspace is not passed over for the shipped one")
    func faultyOverride() throws {
        let own = try Folder()
        let shipped = try Folder()
        try own.write("{{#a}}", as: "agenda.mustache")
        try shipped.write("shipped", as: "agenda.mustache")
        let library = TemplateLibrary(folders: [own.path, shipped.path])
        #expect(library.findings.map(\.file) == [own.path + "/agenda.mustache"])
        #expect(failure { _ = try library.render("agenda", .map([:]), as: .text) }?.findings.map(\.code) == ["MT004"])
    }

    @Test("links, folders, pipes, large files and broken bytes are refused and named")
    func refusedFiles() throws {
        let folder = try Folder()
        try folder.write("secret", as: "elsewhere")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/linked.mustache", withDestinationPath: folder.path + "/elsewhere")
        try FileManager.default.createDirectory(atPath: folder.path + "/folder.mustache", withIntermediateDirectories: false)
        #expect(mkfifo(folder.path + "/pipe.mustache", 0o600) == 0)
        try folder.write(String(repeating: "x", count: 256 * 1024), as: "fits.mustache")
        try folder.write(String(repeating: "x", count: 256 * 1024 + 1), as: "large.mustache")
        try Data([0xFF, 0xFE]).write(to: URL(filePath: folder.path + "/bytes.mustache"))
        try folder.write("x", as: "Bad_Name.mustache")
        let library = TemplateLibrary(folders: [folder.path])
        let told = library.findings.map { ($0.file.split(separator: "/").last.map(String.init) ?? "") + " " + $0.code }
        #expect(
            told == [
                "Bad_Name.mustache MT001", "bytes.mustache MT002", "folder.mustache MT002", "large.mustache MT002",
                "linked.mustache MT002", "pipe.mustache MT002",
            ])
        #expect(library.findings.first { $0.file.hasSuffix("large.mustache") }?.message.contains("256 KiB") == true)
        #expect(failure { _ = try library.render("linked", .map([:]), as: .markdown) }?.findings.map(\.code) == ["MT002"])
        #expect(failure { _ = try library.render("fits", .map([:]), as: .markdown) } == nil)
    }

    @Test(
        "a template that does not exist is refused with the nearest name", arguments: ["agend", "minuets", "feedback_reprot"])
    func notFound(name: String) throws {
        let failure = failure { _ = try shipped.render(name, .map([:]), as: .text) }
        #expect(failure?.findings.first?.code == "MT008")
        #expect(["agenda", "minutes", "feedback-report"].contains(failure?.findings.first?.nearest))
    }

    @Test(
        "a name that is not one is refused",
        arguments: ["", "../etc/passwd", "a/b", "Agenda", "a b", String(repeating: "a", count: 65)])
    func badNames(name: String) {
        #expect(failure { _ = try shipped.render(name, .map([:]), as: .text) }?.findings.first?.code == "MT001")
    }

    @Test("line endings of Windows and a byte order mark change nothing")
    func lineEndings() throws {
        let folder = try Folder()
        try folder.write("\u{FEFF}Subject: S\r\n{{#a}}\r\n- {{.}}\r\n{{/a}}\r\n", as: "doc.mustache")
        let library = TemplateLibrary(folders: [folder.path])
        #expect(try library.render("doc", .map(["a": .list([.text("x"), .text("y")])]), as: .markdown) == "- x\n- y\n")
    }
}

@Suite("Mistakes in templates")
struct TemplateMistakeTests {
    @Test(
        "a mistake is told at its place",
        arguments: [
            ("a\n{{#x}}b", "MT004", 2, 1), ("a\nb {{/x}}", "MT004", 2, 3), ("{{#x}}\n{{/y}}", "MT004", 2, 1),
            ("a {{x", "MT003", 1, 3),
            ("é {{{x}} y", "MT003", 1, 3), ("{{}}", "MT003", 1, 1), ("{{X}}", "MT003", 1, 1), ("{{a b}}", "MT003", 1, 1),
            ("{{a..b}}", "MT003", 1, 1), ("{{=<% %>=}}", "MT003", 1, 1), ("{{<p}}{{/p}}", "MT003", 1, 1),
            ("{{$p}}", "MT003", 1, 1),
            ("{{% CONTENT_TYPE: HTML}}", "MT003", 1, 1), ("{{> ../x}}", "MT003", 1, 1), ("{{>*dyn}}", "MT003", 1, 1),
            ("{{uppercased(x)}}", "MT003", 1, 1), ("{{#reversed(x)}}{{/reversed(x)}}", "MT003", 1, 1),
            ("\n\n{{> gone}}", "MT005", 3, 1),
        ])
    func places(template: String, code: String, line: Int, column: Int) {
        let found = findings(["doc": template])
        #expect(found.first?.code == code)
        #expect(found.first?.range.start.line == line)
        #expect(found.first?.range.start.column == column)
    }

    @Test("a name that is not among the values is told with its line, its nearest name and its line's text")
    func unknownValue() throws {
        let library = TemplateLibrary(texts: ["doc": "# {{title}}\n\n{{#items}}\n- {{titel}} {{title}}\n{{/items}}\n"])
        let values = ViewValue.map(["title": .text("T"), "items": .list([.map(["number": .text("1")])])])
        let failure = failure { _ = try library.render("doc", values, as: .html) }
        let finding = try #require(failure?.findings.first)
        #expect(failure?.findings.count == 1)
        #expect((finding.code, finding.range.start.line, finding.range.start.column) == ("MT006", 4, 3))
        #expect(finding.nearest == "title")
        #expect(failure?.description.contains("- {{titel}} {{title}}\n") == true)
    }

    @Test("names are looked up as Mustache does: outwards, but not past the first part, and not outwards after a dot")
    func scopes() {
        let values: [String: ViewValue] = [
            "a": .map(["b": .text("x"), "c": .none]), "d": .text("y"), "l": .list([.map(["e": .text("z")])]), "n": .none,
        ]
        for fine in [
            "{{a.b}}", "{{#a}}{{b}}{{d}}{{a.b}}{{/a}}", "{{a.c}}", "{{a.c.any}}", "{{n.any}}", "{{#l}}{{e}}{{d}}{{.e}}{{/l}}",
            "{{#n}}{{whatever}}{{/n}}", "{{^d}}{{whatever}}{{/d}}", "{{#d}}{{.}}{{/d}}",
            "{{#l}}{{#first()}}{{e}}{{/first()}}{{/l}}",
        ] {
            #expect(findings(["doc": fine], "doc", values).isEmpty, "\(fine)")
        }
        for wrong in [
            "{{b}}", "{{a.d}}", "{{e}}", "{{#l}}{{.d}}{{/l}}", "{{d.b}}", "{{^n}}{{whatever}}{{/n}}", "{{#gone}}{{/gone}}",
        ] {
            #expect(findings(["doc": wrong], "doc", values).map(\.code) == ["MT006"], "\(wrong)")
        }
    }

    @Test("a list, a group or a flag is not shown by itself")
    func wrongKinds() {
        let values: [String: ViewValue] = [
            "l": .list([.text("x")]), "m": .map(["a": .text("")]), "f": .flag(true), "n": .number(3),
        ]
        for name in ["l", "m", "f"] { #expect(findings(["doc": "{{\(name)}}"], "doc", values).map(\.code) == ["MT007"]) }
        #expect(findings(["doc": "{{n}}"], "doc", values).isEmpty)
    }

    @Test("partials that include themselves or go too deep are findings; sixteen deep is not")
    func partials() throws {
        #expect(findings(["doc": "x\n{{> doc}}"]).map(\.code) == ["MT005"])
        #expect(Set(findings(["doc": "{{> a}}", "a": "{{> b}}", "b": "{{> a}}"]).map(\.code)) == ["MT005"])
        func chain(_ depth: Int) -> [String: String] {
            var texts = ["doc": "{{> p1}}", "p\(depth)": "end"]
            for level in 1..<depth { texts["p\(level)"] = "{{> p\(level + 1)}}" }
            return texts
        }
        #expect(findings(chain(16)).isEmpty)
        #expect(try TemplateLibrary(texts: chain(16)).render("doc", .map([:]), as: .markdown) == "end\n")
        #expect(findings(chain(17)).map(\.code) == ["MT005"])
        var wide = ["doc": "{{> p1}}", "p5": "x"]
        for level in 1..<5 { wide["p\(level)"] = String(repeating: "{{> p\(level + 1)}}", count: 10) }
        #expect(findings(wide).contains { $0.code == "MT005" && $0.message.contains("1000") })
    }

    @Test("sections nested very deep are a finding, not a crash")
    func deepSections() {
        let deep = String(repeating: "{{#a}}", count: 40_000)
        #expect(findings(["doc": deep]).map(\.code) == ["MT004"])
        let calls = "{{#" + String(repeating: "a(", count: 80_000) + "}}"
        #expect(findings(["doc": calls]).map(\.code) == ["MT003"])
    }

    @Test("a single brace is text, also at the very end")
    func singleBraces() throws {
        #expect(try TemplateLibrary(texts: ["doc": "a { b } {"]).render("doc", .map([:]), as: .markdown) == "a { b } {\n")
    }

    @Test("random template texts give findings or documents, and never crash")
    func random() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        let parts = [
            "{{", "}}", "{{{", "}}}", "{", "}", "#", "^", "/", "a", "b.c", ".", "!", ">", "=", "%", "<", "$", "&", " ", "\n",
            "x", "*", "(", ")", "é\u{301}",
        ]
        let values: [String: ViewValue] = ["a": .list([.text("1")]), "b": .map(["c": .text("2")])]
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 1...14, using: &generator)).compactMap { _ in parts.randomElement(using: &generator)
            }.joined()
            let library = TemplateLibrary(texts: ["doc": text])
            _ = try? library.render("doc", .map(values), as: .text)
        }
    }

    @Test("a template that names what its view does not have is found when the library is checked, also in a section not shown")
    func checking() throws {
        let folder = try Folder()
        try folder.write("{{#is_short}}{{consequense}}{{/is_short}}{{^business}}{{giben}}{{/business}}", as: "notice.mustache")
        try folder.write("<main>{{{contents}}}</main>", as: "layout.mustache")
        let library = TemplateLibrary(folders: [folder.path, shippedTemplates])
        #expect(library.check().map(\.nearest) == ["content", "consequence", "given"])
        #expect(library.check().allSatisfy { $0.code == "MT006" && $0.file.hasPrefix(folder.path) })
    }

    @Test("the names that a template uses are listed with their sections")
    func valueNames() throws {
        let library = TemplateLibrary(texts: ["doc": "{{a}}{{#l}}{{b.c}}{{> p}}{{/l}}{{^n}}{{.}}{{/n}}", "p": "{{d}}"])
        let names = try library.valueNames(of: "doc").map { $0.sections.joined(separator: "/") + ":" + $0.name }
        #expect(names == [":a", ":l", "l:b.c", "l:d", ":n", ":."])
        #expect(try shipped.valueNames(of: "feedback_report").contains { $0.name == "key_messages" })
    }
}
