import Foundation
import Testing

@testable import Documents

private let press = Press.find()

@Suite("Binding a pack", .enabled(if: press.has(.qpdf) && press.has(.weasyprint) && Witness.has("pikepdf")))
struct BinderTests {
    private func part(_ markdown: String) throws -> BoundPart {
        try press.part(ofPDF: try press.pdf(fromHTML: try shipped.render(markdown: markdown, as: .html, isPart: true)))
    }

    /// What another's reader finds in a PDF: a line for each page, each bookmark, and the tags.
    private func told(of bytes: [UInt8]) throws -> [String] {
        try withFolder { folder in
            try Data(bytes).write(to: URL(fileURLWithPath: folder + "/pack.pdf"))
            return try Witness.ask(
                """
                import pikepdf, sys
                pdf = pikepdf.open(sys.argv[1])
                print("problems", *pdf.check_pdf_syntax() if hasattr(pdf, "check_pdf_syntax") else pdf.check())
                print("title", pdf.docinfo["/Title"], pdf.Root.Lang, bool(pdf.Root.MarkInfo.Marked))
                for page in pdf.pages:
                    tree = pdf.Root.StructTreeRoot.ParentTree.Nums
                    keys = [int(tree[i]) for i in range(0, len(tree), 2)]
                    key = page.obj.get("/StructParents")
                    stamps = [s for s in page.obj.Contents if b"/MandateStamp" in s.read_bytes()]
                    stamp = stamps[-1].read_bytes().decode("latin-1").split("Tf (")[1].split(") Tj")[0]
                    print("page", page.label, "stamp", stamp, "tagged" if key is not None and int(key) in keys else "plain", len(stamps))
                with pdf.open_outline() as outline:
                    for item in outline.root:
                        target = [i for i, p in enumerate(pdf.pages) if p.obj == item.destination[0]]
                        print("bookmark", item.title, target[0], len(item.children))
                def kinds(node):
                    kid = node.get("/K")
                    for one in (kid if isinstance(kid, pikepdf.Array) else [kid]):
                        if isinstance(one, pikepdf.Dictionary) and "/S" in one:
                            assert one.P.objgen == node.objgen, "a tag's parent is another"
                            yield str(one.S)
                            yield from kinds(one)
                found = list(kinds(pdf.Root.StructTreeRoot))
                print("tags", found[0], found.count("/Part"), found.count("/H1"))
                """, [folder + "/pack.pdf"]
            ).split(separator: "\n").map(String.init)
        }
    }

    @Test("pages keep the numbers that they are given, with labels, stamps, bookmarks and tags")
    func binding() throws {
        let front = try part("# Papers")
        let first = try part("# One\n\n## Inside\n\n" + String(repeating: "words and words\n\n", count: 120))
        let second = try part("# Two")
        #expect(first.pages >= 2)
        let bytes = try press.bound(
            [
                PackPart(title: "Papers in this pack", part: front, first: 1, isFront: true),
                PackPart(title: "Paper 1: One (a)", part: first, first: 1, mark: "Paper 1"),
                // What is between is kept from this reader.
                PackPart(title: "Paper 7: Two", part: second, first: 12, mark: "Paper 7"),
            ], title: "Pack", language: "en-GB")
        let told = try told(of: bytes)
        let pages = told.filter { $0.hasPrefix("page") }
        #expect(told.contains("title Pack en-GB True"), "\(told)")
        #expect(pages.first == "page i stamp i tagged 1")
        #expect(pages.dropFirst().first == "page 1 stamp Paper 1 \u{B7} page 1 tagged 1")
        #expect(pages.last == "page 12 stamp Paper 7 \u{B7} page 12 tagged 1")
        #expect(pages.count == first.pages + 2)
        #expect(told.contains("bookmark Papers in this pack 0 1"))
        #expect(told.contains("bookmark Paper 1: One (a) 1 1"))
        #expect(told.contains("bookmark Paper 7: Two \(first.pages + 1) 1"))
        #expect(told.contains("tags /Document 3 3"), "\(told)")
    }

    @Test("a pack can be bound into another one, and what is no PDF is refused")
    func again() throws {
        let inner = try press.bound(
            [PackPart(title: "A", part: try part("# A"), first: 1)], title: "Inner", language: "en")
        let bytes = try press.bound(
            [PackPart(title: "B", part: try press.part(ofPDF: inner), first: 5, mark: "Paper 2")], title: "Outer",
            language: "en")
        #expect(try told(of: bytes).contains("page 5 stamp Paper 2 \u{B7} page 5 tagged 2"))
        for broken in [Array("%PDF-1.7 nothing".utf8), Array("no PDF".utf8), []] {
            #expect(throws: PressFailure.self) { try press.part(ofPDF: broken) }
        }
    }

    @Test("a page that lies on its side has its number at the foot as it is read", arguments: [0, 90, 180, 270])
    func turned(by degrees: Int) {
        let stamp = PageStamp(words: "page 9", corners: [10, 20, 610, 820], turned: degrees)
        let lines = String(decoding: stamp.content, as: UTF8.self).split(separator: "\n")
        let matrix = lines.first { $0.hasSuffix(" cm") }?.split(separator: " ").prefix(6).compactMap { Double($0) } ?? []
        #expect(matrix.count == 6)
        // Where the words begin, as the reader sees the page: turned clockwise about its middle.
        let (x, y) = (matrix[4] - 310, matrix[5] - 420)
        let seen =
            switch degrees {
            case 90: (x: y, y: -x)
            case 180: (x: -x, y: -y)
            case 270: (x: -y, y: x)
            default: (x: x, y: y)
            }
        let half = degrees % 180 == 0 ? (width: 300.0, height: 400.0) : (width: 400.0, height: 300.0)
        #expect(seen.y < -half.height + 30 && seen.y > -half.height)
        #expect(seen.x > half.width - 80 && seen.x < half.width - 20)
    }

    @Test(
        "a paper's kind is told by what is in it, then by its name",
        arguments: [
            ("%PDF-1.4\n", "x.txt", Press.PaperKind.pdf), ("# A", "", .markdown), ("# A", "a.md", .markdown),
            ("a *b*", "a.txt", .text), ("PK\u{3}\u{4} word/document.xml", "", .word), ("x", "a.docx", .word),
            ("a,b", "a.csv", nil), ("\u{0}", "", nil),
        ] as [(String, String, Press.PaperKind?)])
    func kinds(content: String, name: String, kind: Press.PaperKind?) {
        #expect(Press.kind(of: Array(content.utf8), named: name) == kind)
    }

    @Test("a text paper shows its lines as they are, and nothing in it is markup")
    func text() throws {
        let bytes = Array("Dear all,\n  # no *heading*\n\n<b>x</b>\n".utf8)
        let pdf = try #require(try press.pdf(ofPaper: bytes, named: "a.txt", title: "A", by: shipped))
        let shown = try withFolder { folder in
            try Data(pdf).write(to: URL(fileURLWithPath: folder + "/a.pdf"))
            return try Witness.ask(
                """
                import pikepdf, sys
                pdf = pikepdf.open(sys.argv[1])
                def kinds(node):
                    kid = node.get("/K")
                    for one in (kid if isinstance(kid, pikepdf.Array) else [kid]):
                        if isinstance(one, pikepdf.Dictionary) and "/S" in one:
                            yield str(one.S)
                            yield from kinds(one)
                print(sorted(k for k in kinds(pdf.Root.StructTreeRoot) if k in ("/H1", "/H2", "/Strong", "/Em")))
                """, [folder + "/a.pdf"])
        }
        #expect(shown == "['/H1']\n")
    }
}
