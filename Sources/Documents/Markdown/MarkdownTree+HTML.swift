import CMarkdown

extension MarkdownTree {
    /// The document as the inside of an HTML page. Raw HTML and unsafe addresses do not pass; a table's headings say what they
    /// head, a wide table scrolls by itself, and a task's box is read out.
    func html() -> String {
        let options = CMARK_OPT_DEFAULT | CMARK_OPT_TABLE_PREFER_STYLE_ATTRIBUTES
        guard let rendered = cmark_render_html(root, options, nil) else { return "" }
        defer { Self.release(rendered) }
        return withReplacements(String(cString: rendered))
    }
}

// All text and every attribute that cmark writes has its `<` escaped, so these can only be tags of its own making.
private let replacements: [(tag: String, by: String)] = [
    ("<th>", "<th scope=\"col\">"),
    ("<th style", "<th scope=\"col\" style"),
    ("<table>", "<div class=\"table\" role=\"region\" aria-label=\"Table\" tabindex=\"0\">\n<table>"),
    ("</table>", "</table>\n</div>"),
    ("<input type=\"checkbox\" checked=\"\" disabled=\"\" />", "<span role=\"img\" aria-label=\"Done:\">\u{2611}</span>"),
    ("<input type=\"checkbox\" disabled=\"\" />", "<span role=\"img\" aria-label=\"To do:\">\u{2610}</span>"),
]

private func withReplacements(_ html: String) -> String {
    let bytes = Array(html.utf8)
    let tags = replacements.map { (tag: Array($0.tag.utf8), by: Array($0.by.utf8)) }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 16)
    var index = 0
    while index < bytes.count {
        if bytes[index] == UInt8(ascii: "<"), let found = tags.first(where: { starts(bytes, at: index, with: $0.tag) }) {
            result += found.by
            index += found.tag.count
        } else {
            result.append(bytes[index])
            index += 1
        }
    }
    return String(decoding: result, as: UTF8.self)
}

private func starts(_ bytes: [UInt8], at index: Int, with tag: [UInt8]) -> Bool {
    guard index + tag.count <= bytes.count else { return false }
    for offset in tag.indices where bytes[index + offset] != tag[offset] { return false }
    return true
}
