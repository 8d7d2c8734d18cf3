import CMarkdown
import Foundation

/// A Markdown document as the tree that cmark-gfm makes of it, with tables, task lists and struck text.
///
/// The tree is made fit for people as it is read: raw HTML becomes the text that it is, an image becomes a link to it (a document
/// fetches nothing), a line ending inside a text becomes a line's end, and headings follow one another without a gap.
struct MarkdownTree: ~Copyable {
    /// cmark-gfm fills short rows of a table up; columns times rows would have no other bound.
    static let mostTableColumns = 100

    let root: OpaquePointer

    init(_ markdown: String) {
        self.init(parsing: markdown)
        showRawHTML()
        linkImages()
        breakLines()
        orderHeadings()
    }

    private init(parsing markdown: String) {
        Self.parsing.lock()
        defer { Self.parsing.unlock() }
        let parser = Self.makeParser()
        defer { cmark_parser_free(parser) }
        var text = markdown
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
        }
        guard let root = cmark_parser_finish(parser) else {
            preconditionFailure("cmark gives a document for every text, or the memory is exhausted")
        }
        cmark_consolidate_text_nodes(root)
        self.root = root
    }

    deinit { cmark_node_free(root) }

    /// The Markdown with whatever it leaves open at its end, such as a fence, closed, so that it cannot swallow what follows it.
    static func closed(_ markdown: String) -> String {
        let sentinel = "End-of-text-\(markdown.utf8.count)"
        let tree = MarkdownTree(parsing: markdown + "\n\n" + sentinel + "\n")
        if let last = cmark_node_last_child(tree.root), cmark_node_get_type(last) == CMARK_NODE_PARAGRAPH,
            tree.inlineText(of: last) == sentinel
        {
            return markdown
        }
        let whole = MarkdownTree(parsing: markdown)
        whole.showRawHTML()
        guard let rewritten = cmark_render_commonmark(whole.root, CMARK_OPT_DEFAULT, 0) else { return markdown }
        defer { Self.release(rewritten) }
        return String(cString: rewritten)
    }

    /// Whether a line that rules a table has more columns than are allowed.
    static func hasOverwideTable(_ markdown: String) -> Bool {
        markdown.utf8.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }).contains { line in
            var bars = 0
            for byte in line {
                switch byte {
                case UInt8(ascii: "|"): bars += 1
                case UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: ">"): continue
                default: return false
                }
            }
            return bars > mostTableColumns + 1
        }
    }

    static func release(_ text: UnsafeMutablePointer<CChar>) {
        cmark_get_default_mem_allocator().pointee.free(text)
    }

    private static func makeParser() -> OpaquePointer {
        guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else {
            preconditionFailure("cmark gives a parser, or the memory is exhausted")
        }
        for name in extensions {
            if let found = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, found) }
        }
        return parser
    }

    /// While it parses, cmark-gfm marks the `~` of struck text as special in a table that all parsers share, so that two at once
    /// would disturb each other.
    static let parsing = NSLock()

    /// Registering is not safe from two threads at once; a static is made once.
    private static let extensions: [String] = {
        cmark_gfm_core_extensions_ensure_registered()
        return ["table", "strikethrough", "tasklist"]
    }()
}
