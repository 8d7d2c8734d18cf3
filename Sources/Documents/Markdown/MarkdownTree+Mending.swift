import CMarkdown

extension MarkdownTree {
    /// What a person wrote as HTML is shown as they wrote it.
    func showRawHTML() {
        for node in nodes(where: { $0 == CMARK_NODE_HTML_INLINE || $0 == CMARK_NODE_HTML_BLOCK }) {
            var literal = self.literal(of: node)
            guard let text = cmark_node_new(CMARK_NODE_TEXT) else { continue }
            guard cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK else {
                cmark_node_set_literal(text, literal)
                replace(node, by: text)
                continue
            }
            while literal.hasSuffix("\n") { literal.removeLast() }
            cmark_node_set_literal(text, literal)
            guard let paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH) else { continue }
            cmark_node_append_child(paragraph, text)
            replace(node, by: paragraph)
        }
    }

    func linkImages() {
        for node in nodes(where: { $0 == CMARK_NODE_IMAGE }) {
            // Within a link there cannot be another: its words are enough.
            let isInLink = isWithinLink(node)
            let type = isInLink ? CMARK_NODE_EMPH : CMARK_NODE_LINK
            guard let link = cmark_node_new(type) else { continue }
            if !isInLink { cmark_node_set_url(link, cmark_node_get_url(node)) }
            while let child = cmark_node_first_child(node) { cmark_node_append_child(link, child) }
            replace(node, by: link)
        }
    }

    /// A line ending that a value holds reaches the tree inside a text; the reader is to see it.
    func breakLines() {
        for node in nodes(where: { $0 == CMARK_NODE_TEXT }) {
            let literal = self.literal(of: node)
            guard literal.utf8.contains(UInt8(ascii: "\n")) else { continue }
            for (index, line) in literal.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                if index > 0, let end = cmark_node_new(CMARK_NODE_LINEBREAK) { cmark_node_insert_before(node, end) }
                guard !line.isEmpty, let text = cmark_node_new(CMARK_NODE_TEXT) else { continue }
                cmark_node_set_literal(text, String(line))
                cmark_node_insert_before(node, text)
            }
            cmark_node_unlink(node)
            cmark_node_free(node)
        }
    }

    /// One heading of the first level, at the top; none that skips a level (WCAG 2.2, technique H42).
    func orderHeadings() {
        var last: Int32 = 0
        for node in nodes(where: { $0 == CMARK_NODE_HEADING }) {
            let level = cmark_node_get_heading_level(node)
            let allowed = last == 0 ? 1 : max(2, min(level, last + 1))
            if allowed != level { cmark_node_set_heading_level(node, allowed) }
            last = allowed
        }
    }

    /// The words of the first heading.
    var title: String? {
        nodes(where: { $0 == CMARK_NODE_HEADING }).first.map { inlineText(of: $0) }.flatMap { $0.isEmpty ? nil : onOneLine($0) }
    }

    /// The whole document as one line of plain text.
    func line() -> String {
        var words: [String] = []
        var child = cmark_node_first_child(root)
        while let block = child {
            words.append(inlineText(of: block))
            child = cmark_node_next(block)
        }
        return onOneLine(words.joined(separator: " "))
    }

    private func onOneLine(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }

    /// The nodes of these types in the order of the text, collected before anything is changed.
    func nodes(where isWanted: (cmark_node_type) -> Bool) -> [OpaquePointer] {
        var found: [OpaquePointer] = []
        guard let iterator = cmark_iter_new(root) else { return [] }
        defer { cmark_iter_free(iterator) }
        while true {
            let event = cmark_iter_next(iterator)
            guard event != CMARK_EVENT_DONE, event != CMARK_EVENT_NONE else { return found }
            if event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator), isWanted(cmark_node_get_type(node)) {
                found.append(node)
            }
        }
    }

    func literal(of node: OpaquePointer) -> String {
        cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
    }

    private func isWithinLink(_ node: OpaquePointer) -> Bool {
        var parent = cmark_node_parent(node)
        while let ancestor = parent {
            if cmark_node_get_type(ancestor) == CMARK_NODE_LINK { return true }
            parent = cmark_node_parent(ancestor)
        }
        return false
    }

    private func replace(_ node: OpaquePointer, by other: OpaquePointer) {
        cmark_node_replace(node, other)
        cmark_node_free(node)
    }
}
