import CMarkdown

extension MarkdownTree {
    /// The width to which plain text is wrapped, so that a reply can quote it within 80.
    static let textWidth = 76
    /// Blocks nested deeper than this are told as flat text.
    static let deepestBlock = 32

    /// The document as plain text: headings underlined, lists with hanging indents, tasks as `[ ]`, tables as columns where they
    /// fit and as lists where they do not. A word longer than a line is left whole.
    func plainText() -> String {
        let lines = blocks(in: root, width: Self.textWidth, isTight: false, depth: 0)
        return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
    }

    /// The words in a node, without marks; a line's end is a line ending.
    func inlineText(of node: OpaquePointer) -> String {
        var text = ""
        guard let iterator = cmark_iter_new(node) else { return "" }
        defer { cmark_iter_free(iterator) }
        var linkStarts: [String.Index] = []
        while true {
            let event = cmark_iter_next(iterator)
            guard event != CMARK_EVENT_DONE, event != CMARK_EVENT_NONE, let inner = cmark_iter_get_node(iterator) else {
                return text
            }
            let isEntered = event == CMARK_EVENT_ENTER
            switch cmark_node_get_type(inner) {
            case CMARK_NODE_TEXT, CMARK_NODE_CODE, CMARK_NODE_HTML_INLINE: text += literal(of: inner)
            case CMARK_NODE_SOFTBREAK: text += " "
            case CMARK_NODE_LINEBREAK: text += "\n"
            case CMARK_NODE_LINK where isEntered: linkStarts.append(text.endIndex)
            case CMARK_NODE_LINK: if let start = linkStarts.popLast() { text += address(of: inner, shownAs: text[start...]) }
            default: break
            }
        }
    }

    /// The address behind a link's words, unless the words are the address.
    private func address(of link: OpaquePointer, shownAs words: Substring) -> String {
        let address = cmark_node_get_url(link).map { String(cString: $0) } ?? ""
        if address.isEmpty || address == words || address == "mailto:" + words { return "" }
        return words.isEmpty ? address : " <\(address)>"
    }

    private func blocks(in parent: OpaquePointer, width: Int, isTight: Bool, depth: Int) -> [String] {
        guard depth < Self.deepestBlock else { return wrapped(inlineText(of: parent), width: width) }
        var lines: [String] = []
        var child = cmark_node_first_child(parent)
        while let block = child {
            let inner = self.block(block, width: width, depth: depth)
            if !inner.isEmpty {
                if !lines.isEmpty && !isTight { lines.append("") }
                lines += inner
            }
            child = cmark_node_next(block)
        }
        return lines
    }

    private func block(_ node: OpaquePointer, width: Int, depth: Int) -> [String] {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_HEADING: return heading(node, width: width)
        case CMARK_NODE_LIST: return list(node, width: width, depth: depth)
        case CMARK_NODE_BLOCK_QUOTE:
            return blocks(in: node, width: max(20, width - 2), isTight: false, depth: depth + 1).map {
                $0.isEmpty ? ">" : "> " + $0
            }
        case CMARK_NODE_CODE_BLOCK, CMARK_NODE_HTML_BLOCK:
            var code = literal(of: node)
            if code.hasSuffix("\n") { code.removeLast() }
            return code.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }
        case CMARK_NODE_THEMATIC_BREAK: return [String(repeating: "-", count: min(40, width))]
        case _ where kind(of: node) == "table": return table(node, width: width)
        default: return wrapped(inlineText(of: node), width: width)
        }
    }

    private func heading(_ node: OpaquePointer, width: Int) -> [String] {
        let lines = wrapped(inlineText(of: node), width: width)
        let level = cmark_node_get_heading_level(node)
        guard level <= 2, let longest = lines.map(displayWidth).max(), longest > 0 else { return lines }
        return lines + [String(repeating: level == 1 ? "=" : "-", count: min(longest, width))]
    }

    private func list(_ node: OpaquePointer, width: Int, depth: Int) -> [String] {
        let isTight = cmark_node_get_list_tight(node) != 0
        var number = Int(cmark_node_get_list_start(node))
        let isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
        let delimiter = cmark_node_get_list_delim(node) == CMARK_PAREN_DELIM ? ")" : "."
        var lines: [String] = []
        var child = cmark_node_first_child(node)
        while let item = child {
            let marker = isOrdered ? "\(number)\(delimiter) " : mark(of: item)
            let inner = blocks(in: item, width: max(20, width - marker.count), isTight: isTight, depth: depth + 1)
            if !lines.isEmpty && !isTight { lines.append("") }
            lines += hanging(inner.isEmpty ? [""] : inner, after: marker)
            number += 1
            child = cmark_node_next(item)
        }
        return lines
    }

    private func mark(of item: OpaquePointer) -> String {
        guard kind(of: item) == "tasklist" else { return "- " }
        return cmark_gfm_extensions_get_tasklist_item_checked(item) ? "[x] " : "[ ] "
    }

    private func table(_ node: OpaquePointer, width: Int) -> [String] {
        var rows: [[String]] = []
        var child = cmark_node_first_child(node)
        while let row = child {
            var cells: [String] = []
            var cell = cmark_node_first_child(row)
            while let inner = cell {
                cells.append(inlineText(of: inner))
                cell = cmark_node_next(inner)
            }
            rows.append(cells)
            child = cmark_node_next(row)
        }
        return TextTable(headings: rows.first ?? [], rows: Array(rows.dropFirst())).lines(width: width)
    }

    func kind(of node: OpaquePointer) -> String {
        cmark_node_get_type_string(node).map { String(cString: $0) } ?? ""
    }
}
