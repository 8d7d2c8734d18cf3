import Foundation
import Testing

@testable import Documents

private func text(_ markdown: String) throws -> String { try shipped.render(markdown: markdown, as: .text) }
private func html(_ markdown: String) throws -> String { try shipped.render(markdown: markdown, title: "T", as: .html) }

@Suite("Plain text")
struct PlainTextTests {
    @Test("paragraphs wrap at 76 columns, and a longer word stays whole")
    func wrapping() throws {
        let lines = try text(String(repeating: "word ", count: 100)).split(separator: "\n")
        #expect(lines.count == 7)
        #expect(lines.allSatisfy { $0.count <= 76 })
        let long = String(repeating: "x", count: 300)
        #expect(try text("a \(long) b") == "a\n\(long)\nb\n")
    }

    @Test("headings are underlined, lists hang, tasks have boxes, quotations have marks")
    func blocks() throws {
        let markdown = """
            # Title
            ## Part
            ### Point
            1. one
            2. two
               - inner
            - [ ] open
            - [x] done

            > said

                code *as is*

            ***
            """
        #expect(
            try text(markdown) == """
                Title
                =====

                Part
                ----

                Point

                1. one
                2. two
                   - inner

                [ ] open
                [x] done

                > said

                    code *as is*

                ----------------------------------------

                """)
        let task = try text("- [ ] " + String(repeating: "word ", count: 20)).split(separator: "\n")
        #expect(task.count == 2 && task[1].hasPrefix("    word"))
    }

    @Test("a table is aligned where it fits, wide letters counted as two columns")
    func alignedTable() throws {
        let table = "| Name | Sits for |\n|---|---|\n| Asha | Carers |\n| 日本 | x |\n| a \\| b | |\n"
        #expect(
            try text(table) == """
                Name   Sits for
                -----  --------
                Asha   Carers
                日本   x
                a | b

                """)
    }

    @Test("a table that does not fit is a list that names the columns")
    func listedTable() throws {
        let long = String(repeating: "long ", count: 20).trimmingCharacters(in: .whitespaces)
        let shown = try text("| Name | Note |\n|---|---|\n| Asha | \(long) |\n| Ben | |\n")
        #expect(shown.hasPrefix("- Name: Asha\n  Note: long long"))
        #expect(shown.hasSuffix("\n\n- Name: Ben\n"))
        #expect(shown.split(separator: "\n").allSatisfy { $0.count <= 76 })
    }

    @Test("a link tells its address once")
    func links() throws {
        #expect(
            try text("[the plan](https://x.org/p) <https://x.org> <a@x.org>")
                == "the plan <https://x.org/p> https://x.org a@x.org\n")
    }

    @Test("documents laid out at the same time do not disturb one another")
    func concurrent() async throws {
        let expected = try html("~~struck~~ a~b | *c*")
        #expect(expected.contains("<del>struck</del>"))
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask { try (0..<300).count { _ in try html("~~struck~~ a~b | *c*") == expected } }
            }
            for try await same in group { #expect(same == 300) }
        }
    }

    @Test("very deep quotations and lists are flattened, not followed")
    func deep() throws {
        #expect(try text(String(repeating: "> ", count: 3_000) + "end").hasSuffix("end\n"))
        #expect(try html(String(repeating: "- ", count: 3_000) + "end").contains("end"))
    }
}

@Suite("HTML pages")
struct PageTests {
    @Test("the page is complete, in its language, and fetches nothing")
    func complete() throws {
        let page = try html("# A & B")
        for part in [
            "<!doctype html>", "<html lang=\"en-GB\">", "<meta charset=\"utf-8\">", "name=\"viewport\"", "<title>T</title>",
            "@media print",
            "<main>", "<h1>A &amp; B</h1>",
        ] {
            #expect(page.contains(part))
        }
        for part in ["http:", "https:", "<script", "<link", "<img", "url(", "@import"] { #expect(!page.contains(part)) }
        #expect(TemplateLibrary(folders: [shippedTemplates], language: "cy").language == "cy")
        #expect(
            try TemplateLibrary(folders: [shippedTemplates], language: "cy").render(markdown: "x", as: .html).contains(
                "lang=\"cy\""))
    }

    @Test("the title is escaped, and is the subject, else the first heading, else the name")
    func titles() throws {
        let library = TemplateLibrary(texts: [
            "layout": "<title>{{title}}</title>", "a": "Subject: *S* {{v}}\n# H", "b": "# H *x* {{v}}\n", "c": "text {{v}}",
        ])
        let view = ViewValue.map(["v": .text("</title><b>&\n*")])
        #expect(try library.render("a", view, as: .html) == "<title>S &lt;/title&gt;&lt;b&gt;&amp; *</title>\n")
        #expect(try library.render("b", view, as: .html) == "<title>H x &lt;/title&gt;&lt;b&gt;&amp; *</title>\n")
        #expect(try library.render("c", view, as: .html) == "<title>c</title>\n")
    }

    @Test("headings begin at the first level, have one of it, and skip none")
    func headings() throws {
        let page = try html("### A\n\n#### B\n\n# C\n\n###### D\n\n## E")
        let levels = page.matches(of: #/<h([1-6])>/#).map { String($0.output.1) }
        #expect(levels == ["1", "2", "2", "3", "2"])
    }

    @Test("a table's headings have a scope, and a task's box is read out")
    func accessible() throws {
        let page = try html("| a | b |\n|---|:-:|\n| 1 | 2 |\n\n- [ ] x\n- [x] y")
        #expect(page.contains("<th scope=\"col\">a</th>"))
        #expect(page.contains("<th scope=\"col\" style=\"text-align: center\">b</th>"))
        #expect(page.contains("<span role=\"img\" aria-label=\"To do:\">\u{2610}</span> x"))
        #expect(page.contains("<span role=\"img\" aria-label=\"Done:\">\u{2611}</span> y"))
        #expect(!page.contains("<input"))
    }
}

@Suite("A person's own Markdown")
struct OwnMarkdownTests {
    private let library = TemplateLibrary(texts: [
        "layout": "<main>{{{content}}}</main>", "doc": "{{#v}}\n{{v}}\n\n{{/v}}\n## After\n",
    ])

    private func render(_ markdown: String, as format: DocumentFormat) throws -> String {
        try library.render("doc", .map(["v": .markdown(markdown)]), as: format)
    }

    @Test("it is laid out, not escaped")
    func laidOut() throws {
        #expect(try render("# Mine\n\n*so*", as: .html).contains("<em>so</em>"))
    }

    @Test(
        "raw HTML, unsafe addresses and images do not pass: what was written is shown",
        arguments: [
            "<script>alert(1)</script>", "a <b onclick=x>b</b>", "<!-- c -->", "<div>\n*x*\n</div>", "<img src=x>", "<?x ?>",
            "<![CDATA[x]]>",
        ])
    func rawHTML(markdown: String) throws {
        let page = try render(markdown, as: .html)
        #expect(!page.contains("<script") && !page.contains("<b ") && !page.contains("<!--") && !page.contains("<div>"))
        #expect(
            squeezed(shownText(ofHTML: page)).contains(squeezed(markdown.replacing("*", with: "")))
                || squeezed(shownText(ofHTML: page)).contains(squeezed(markdown)))
        #expect(!page.contains("raw HTML omitted"))
    }

    @Test("an unsafe address is taken out, an image becomes a link")
    func addresses() throws {
        let page = try render(
            "[x](javascript:alert(1)) ![pic *of*](https://x.org/p.png) [![in](https://x.org/q.png)](https://x.org)", as: .html)
        #expect(page.contains("<a href=\"\">x</a>"))
        #expect(page.contains("<a href=\"https://x.org/p.png\">pic <em>of</em></a>"))
        #expect(!page.contains("<img") && !page.contains("javascript"))
    }

    @Test(
        "what it leaves open at its end does not swallow what follows",
        arguments: [
            "```\ncode", "~~~~ x\ncode\n~~~", "<!-- open", "<script>\nopen", "- a\n  ```\n  x", "> ```\n> x", "<pre>\nx",
            "[x]: /u", "text",
        ])
    func openEnds(markdown: String) throws {
        #expect(try render(markdown, as: .html).contains("<h1>After</h1>"))
        #expect(try render(markdown, as: .text).hasSuffix("After\n=====\n"))
    }

    @Test("too much of it is refused: in length, and in columns of a table")
    func limits() throws {
        for large in [
            String(repeating: "x", count: 256 * 1024 + 1),
            String(repeating: "|a", count: 200) + "\n" + String(repeating: "|-", count: 200),
        ] {
            #expect(throws: TemplateFailure.self) { try render(large, as: .text) }
            #expect(throws: TemplateFailure.self) { try library.render(markdown: large, as: .html) }
        }
        #expect(try render("|a|b|\n|-|-|\n|1|2|", as: .html).contains("<table>"))
    }

    @Test("an edited report stands in place of the generated one")
    func edited() throws {
        var report = FeedbackReportView.sample
        #expect(try shipped.render(report, as: .text).contains("as the representative edited it"))
        #expect(try !shipped.render(report, as: .text).contains("Three key messages"))
        report.edited = nil
        #expect(try shipped.render(report, as: .text).contains("Three key messages"))
    }
}

@Suite("Speed")
struct SpeedTests {
    @Test("an agenda of 200 items is a page in less than 50 ms in release; here a generous bound guards against a blunder")
    func agenda() throws {
        var agenda = AgendaView.sample
        agenda.edited = nil
        agenda.items = (1...200).map { number in
            AgendaItemView(
                number: "\(number)", title: "Item *\(number)* & more", purpose: "for decision", lead: "O'Brien", time: "14:00",
                papers: [PaperView(title: "Paper <\(number)>", reference: "P\(number)", link: Link("https://x.org/\(number)"))])
        }
        _ = try shipped.render(agenda, as: .html)
        let clock = ContinuousClock()
        let times = try (0..<5).map { _ in try clock.measure { _ = try shipped.render(agenda, as: .html) } }
        let best = times.min() ?? .zero
        print("agenda of 200 items: \(best)")
        #expect(best < .seconds(2))
    }
}
