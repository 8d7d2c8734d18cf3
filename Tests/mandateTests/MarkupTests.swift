import Foundation
import Testing

/// Names and titles that mean something in Markdown or HTML come out as they were written.
@Suite struct MarkupTests {
    static let title = "O'Brien & Sons: *stars* <b>_x_</b> [a](b) #1 `c` ~d~ | e"
    let clerk = Clerk(at: "2026-09-24 09:00", as: "sid@town.example")

    private func begin() throws {
        var cast = Cast()
        cast.ada = "Ada *O'Hara* & <Co>"
        cast.board = "Board of O'Brien & Sons, *east*"
        #expect(try Program.run(["init", clerk.folder, "--society", "*We* & <Us>"]).code == 0)
        try clerk.gives("import", try clerk.write("roster.csv", cast.roster))
        try clerk.gives("meeting", "plan", "--body", "board", "--start", "2026-10-14 14:00", "--place", "Room *4* & <5>")
        try clerk.gives("meeting", "item", "m1", Self.title)
        try clerk.gives("meeting", "paper", "m1", "1. " + Self.title, "--item", "1")
        try clerk.gives("meeting", "circulate", "m1")
    }

    /// HTML as a reader sees it: without tags, with characters for their names.
    private func seen(_ html: String) -> String {
        html.replacing(/(?s)<style>.*?<\/style>/, with: "").replacing(/<[^>]*>/, with: "")
            .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing(
                "&#39;", with: "'"
            )
            .replacing("&amp;", with: "&")
    }

    private func oneLine(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

    @Test(
        "in text, Markdown and HTML of agenda, minutes and checklist",
        arguments: [
            ["agenda", "m1"], ["minutes", "m1"], ["checklist", "--for", "ada@town.example"],
        ])
    func documents(_ words: [String]) throws {
        try begin()
        let isChecklist = words[0] == "checklist"
        let wanted = [Self.title, isChecklist ? "Ada *O'Hara* & <Co>" : "Board of O'Brien & Sons, *east*"]
        let text = oneLine(try clerk.run(words + ["--format", "text"]).out)
        let html = try clerk.run(words + ["--format", "html"]).out
        let markdown = try clerk.run(words + ["--format", "md"]).out
        for name in wanted {
            #expect(text.contains(name), "\(text)")
            #expect(oneLine(seen(html)).contains(name), "\(html)")
            #expect(!markdown.contains(name), "what has a meaning in Markdown is escaped there: \(markdown)")
            #expect(oneLine(markdown.replacing(/\\([!-\/:-@\[-`{-~])/) { String($0.output.1) }).contains(name), "\(markdown)")
        }
        for tag in ["<b>", "<Co>", "<em>stars", "<em>x", "<em>east", "<del>", "<code>", "<a href=\"b"] {
            #expect(!html.contains(tag), "\(html)")
        }
    }
}
