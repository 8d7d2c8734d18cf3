import Foundation
import Testing

@testable import Documents

private let press = Press.find()

@Suite("The press")
struct PressTests {
    private func page() throws -> String { try shipped.render(MinutesView.sample.unedited, as: .html) }

    @Test("what is not installed is named, with what to install and what to do instead")
    func notInstalled() throws {
        let empty = Press.find(along: "/nowhere:relative")
        #expect(empty.programs.isEmpty)
        for (work, install) in [
            ({ _ = try empty.pdf(fromHTML: "x") }, "apt-get install weasyprint"),
            ({ _ = try empty.docx(fromHTML: "x", language: "en", reference: nil) }, "apt-get install pandoc"),
        ] as [(() throws -> Void, String)] {
            let failure = try #require(throws: PressFailure.self) { try work() }
            #expect(failure.description.contains(install), "\(failure)")
            #expect(failure.description.contains("--format html"), "\(failure)")
        }
    }

    @Test(
        "a program that fails, or makes nothing, says so",
        arguments: [("exit 3", "exit code 3"), ("echo broken >&2; exit 1", "broken"), ("true", "made nothing")])
    func failing(script: String, says: String) throws {
        try withFolder { folder in
            try "#!/bin/sh\n\(script)\n".write(to: folder, as: "weasyprint")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/weasyprint")
            let failure = try #require(throws: PressFailure.self) { try Press.find(along: folder).pdf(fromHTML: "x") }
            #expect(failure.description.contains(says), "\(failure)")
        }
    }

    @Test(
        "a PDF is tagged, has a language, a title, and a bookmark for each heading",
        .enabled(if: Witness.has("pikepdf")), arguments: [Press.Tool.weasyprint, .chromium])
    func pdf(tool: Press.Tool) throws {
        guard let program = press.programs[tool] else { return print("left out: \(tool.rawValue) is not installed") }
        try withFolder { folder in
            let bytes = try Press(programs: [tool: program]).pdf(fromHTML: try page())
            try Data(bytes).write(to: URL(fileURLWithPath: folder + "/page.pdf"))
            let told = try Witness.ask(
                """
                import pikepdf, sys
                pdf = pikepdf.open(sys.argv[1])
                root = pdf.Root
                print("marked", bool(root.MarkInfo.Marked), "tree", "/StructTreeRoot" in root, "lang", root.Lang)
                kinds = set()
                def walk(node):
                    for kid in node.get("/K", []) if isinstance(node.get("/K"), pikepdf.Array) else [node.get("/K")]:
                        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                            kinds.add(str(kid.S)); walk(kid)
                walk(root.StructTreeRoot)
                print("kinds", *sorted(kinds))
                with pdf.open_outline() as outline:
                    def titles(items):
                        for item in items:
                            print("bookmark", item.title); titles(item.children)
                    titles(outline.root)
                """, [folder + "/page.pdf"])
            #expect(told.contains("marked True tree True lang en-GB"), "\(told)")
            #expect(told.contains("/H1") && told.contains("/Table") && told.contains("/TH"), "\(told)")
            for heading in ["minutes", "Who was there", "2. Winter plan", "Confirmation"] {
                #expect(told.contains(#/bookmark .*/#) && told.contains(heading), "\(told)")
            }
        }
    }

    @Test(
        "a Word document has title, headings and table under our styles, and another's reader opens it",
        .enabled(if: Witness.has("docx") && press.has(.pandoc)))
    func word() throws {
        try withFolder { folder in
            let bytes = try press.docx(fromHTML: try page(), language: "en-GB", reference: shipped.wordStyles)
            try Data(bytes).write(to: URL(fileURLWithPath: folder + "/page.docx"))
            let told = try Witness.ask(
                """
                import docx, sys
                it = docx.Document(sys.argv[1])
                print("title", it.core_properties.title, "|", it.core_properties.language)
                print("styles", *sorted({p.style.name for p in it.paragraphs}), sep=" | ")
                print("colour", next(p.style for p in it.paragraphs if p.style.name == "Heading 1").font.color.rgb, "tables", len(it.tables))
                print("cells", *[c.text for c in it.tables[0].rows[0].cells], sep=" | ")
                print("footer", "PAGE" in it.sections[0].footer._element.xml, it.sections[0].page_width.mm)
                """, [folder + "/page.docx"])
            #expect(told.contains("minutes | en-GB"), "\(told)")
            #expect(told.contains("Title") && told.contains("Heading 1") && told.contains("12455C"), "\(told)")
            #expect(told.contains("cells | Name | Sits for"), "\(told)")
            #expect(told.contains("footer True 210"), "\(told)")
        }
    }

    @Test("LibreOffice opens a Word document of ours", .enabled(if: press.has(.pandoc) && press.has(.libreoffice)))
    func libreOffice() throws {
        let bytes = try press.docx(fromHTML: try page(), language: "en-GB", reference: shipped.wordStyles)
        #expect(try press.pdf(fromDOCX: bytes).starts(with: Array("%PDF-".utf8)))
        #expect(try press.markdown(fromDOCX: bytes).contains("Winter plan"))
    }

    @Test("the reference document is made again to the byte by its script", .enabled(if: press.has(.pandoc)))
    func reproducible() throws {
        try withFolder { folder in
            let script = shippedTemplates + "/../.scripts/reference-docx"
            let ran = try Witness.run("/usr/bin/python3", [script, folder + "/again.docx"])
            #expect(ran.code == 0, "\(ran.said)")
            let version = try Witness.run(try #require(press.programs[.pandoc]), ["--version"]).said
            // Another pandoc has other styles beneath ours.
            guard version.hasPrefix("pandoc 2.17.") else { return print("left out: the reference document is of pandoc 2.17") }
            let kept = try Data(contentsOf: URL(fileURLWithPath: try #require(shipped.wordStyles)))
            #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/again.docx")) == kept)
        }
    }
}

extension MinutesView {
    /// As it is generated, without the text that somebody edited.
    fileprivate var unedited: MinutesView {
        var view = self
        view.edited = nil
        view.letter = nil
        return view
    }
}
