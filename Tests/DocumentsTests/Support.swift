import CMarkdown
import Foundation

@testable import Documents

/// The shipped templates, found from this file.
let shippedTemplates =
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Templates").path(percentEncoded: false)

let shipped = TemplateLibrary(folders: [shippedTemplates])

/// What an HTML page shows: without its head and tags, references resolved.
func shownText(ofHTML html: String) -> String {
    var text = html
    if let start = text.range(of: "<main>"), let end = text.range(of: "</main>", options: .backwards) {
        text = String(text[start.upperBound..<end.lowerBound])
    }
    return unescaped(text.replacing("<br />", with: "\n").replacing(#/<[^>]*>/#, with: ""))
}

func unescaped(_ html: String) -> String {
    html.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing("&#39;", with: "'")
        .replacing("&amp;", with: "&")
}

/// Without any white space: what must be the same however lines are broken.
func squeezed(_ text: some StringProtocol) -> String {
    String(text.unicodeScalars.filter { !$0.properties.isWhitespace }.map(Character.init))
}

/// The literal of the only node in the only paragraph, or a description of what is there instead.
func onlyText(inMarkdown markdown: String) -> String {
    MarkdownTree.parsing.lock()
    defer { MarkdownTree.parsing.unlock() }
    cmark_gfm_core_extensions_ensure_registered()
    let parser = cmark_parser_new(CMARK_OPT_DEFAULT)
    defer { cmark_parser_free(parser) }
    for name in ["table", "strikethrough", "tasklist"] {
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name))
    }
    cmark_parser_feed(parser, markdown, markdown.utf8.count)
    guard let root = cmark_parser_finish(parser) else { return "no document" }
    defer { cmark_node_free(root) }
    cmark_consolidate_text_nodes(root)
    guard let paragraph = cmark_node_first_child(root), cmark_node_next(paragraph) == nil,
        cmark_node_get_type(paragraph) == CMARK_NODE_PARAGRAPH
    else { return "not one paragraph: \(tree(root))" }
    guard let text = cmark_node_first_child(paragraph), cmark_node_next(text) == nil,
        cmark_node_get_type(text) == CMARK_NODE_TEXT, let literal = cmark_node_get_literal(text)
    else { return "not one text: \(tree(root))" }
    return String(cString: literal)
}

private func tree(_ root: OpaquePointer) -> String {
    guard let xml = cmark_render_xml(root, CMARK_OPT_DEFAULT) else { return "" }
    defer { free(xml) }
    return String(cString: xml)
}

/// A generator that gives the same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
