import CMarkdown

extension MarkdownTree {
    /// The document as the inside of an HTML page. Raw HTML and unsafe addresses do not pass; a table's headings say what they
    /// head, a wide table scrolls by itself and has a name, and a task's box is read out.
    func html() -> String {
        markFacts()
        let options = CMARK_OPT_DEFAULT | CMARK_OPT_TABLE_PREFER_STYLE_ATTRIBUTES
        guard let rendered = cmark_render_html(root, options, nil) else { return "" }
        defer { Self.release(rendered) }
        return withReplacements(String(cString: rendered))
    }

    /// A list in which each entry begins with a name in bold and a colon is laid out as facts under names; one of tasks has boxes alone.
    private func markFacts() {
        for list in nodes(where: { $0 == CMARK_NODE_LIST }) {
            guard let sort = isFacts(list) ? "facts" : isTasks(list) ? "tasks" : nil,
                let frame = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK)
            else { continue }
            cmark_node_set_on_enter(frame, "<div class=\"\(sort)\">")
            cmark_node_set_on_exit(frame, "</div>")
            guard cmark_node_insert_before(list, frame) != 0 else {
                cmark_node_free(frame)
                continue
            }
            cmark_node_append_child(frame, list)
        }
    }

    private func isTasks(_ list: OpaquePointer) -> Bool {
        var child = cmark_node_first_child(list)
        while let item = child {
            guard kind(of: item) == "tasklist" else { return false }
            child = cmark_node_next(item)
        }
        return true
    }

    private func isFacts(_ list: OpaquePointer) -> Bool {
        guard cmark_node_get_list_type(list) == CMARK_BULLET_LIST else { return false }
        var child = cmark_node_first_child(list)
        while let item = child {
            guard let first = cmark_node_first_child(item).flatMap({ cmark_node_first_child($0) }),
                cmark_node_get_type(first) == CMARK_NODE_STRONG, inlineText(of: first).hasSuffix(":")
            else { return false }
            child = cmark_node_next(item)
        }
        return true
    }
}

// All text and every attribute that cmark writes has its `<` escaped, so these can only be tags of its own making.
private let replacements: [(tag: String, by: String)] = [
    ("<th>", "<th scope=\"col\">"),
    ("<th style", "<th scope=\"col\" style"),
    ("<table>", "<div class=\"table\" role=\"region\" aria-label=\"Table #\" tabindex=\"0\">\n<table>"),
    ("</table>", "</table>\n</div>"),
    ("<input type=\"checkbox\" checked=\"\" disabled=\"\" />", "<span role=\"img\" aria-label=\"Done:\">\u{2611}</span>"),
    ("<input type=\"checkbox\" disabled=\"\" />", "<span role=\"img\" aria-label=\"To do:\">\u{2610}</span>"),
]

/// Letters in a row, without a space, after which a line may break all the same: a name of 4,000 letters widens no table.
private let longestRun = 40

private func withReplacements(_ html: String) -> String {
    let bytes = Array(html.utf8)
    let tags = replacements.map { (tag: Array($0.tag.utf8), by: Array($0.by.utf8)) }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 16)
    var index = 0
    var count = 0
    var isInTag = false
    var isInReference = false
    var run = 0
    while index < bytes.count {
        let byte = bytes[index]
        if byte == UInt8(ascii: "<") {
            run = 0
            if let found = tags.first(where: { starts(bytes, at: index, with: $0.tag) }) {
                if found.by.contains(UInt8(ascii: "#")) { count += 1 }
                // Tables are told apart by number.
                for byte in found.by { result += byte == UInt8(ascii: "#") ? Array(String(count).utf8) : [byte] }
                // A tag replaced in part goes on.
                isInTag = found.tag.last != UInt8(ascii: ">")
                index += found.tag.count
                continue
            }
            isInTag = true
        } else if isInTag {
            isInTag = byte != UInt8(ascii: ">")
        } else if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") {
            run = 0
        } else {
            if run >= longestRun, !isInReference, byte & 0xC0 != 0x80 {
                result += Array("<wbr>".utf8)
                run = 0
            }
            if byte == UInt8(ascii: "&") { isInReference = true }
            if byte == UInt8(ascii: ";") { isInReference = false }
            if byte & 0xC0 != 0x80 { run += 1 }
        }
        result.append(byte)
        index += 1
    }
    return String(decoding: result, as: UTF8.self)
}

private func starts(_ bytes: [UInt8], at index: Int, with tag: [UInt8]) -> Bool {
    guard index + tag.count <= bytes.count else { return false }
    for offset in tag.indices where bytes[index + offset] != tag[offset] { return false }
    return true
}
