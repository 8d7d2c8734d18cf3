/// Which of a document's values make its table: lists within lists give the rows, names the columns.
public struct TableOutline: Sendable {
    struct Column: Sendable {
        var heading: String
        /// Looked up from the row outwards, as a template does.
        var path: [String]

        init(_ heading: String, _ path: String) {
            self.heading = heading
            self.path = path.split(separator: ".").map(String.init)
        }
    }

    /// The rows of each follow one another; a column `@list` names the list, `@outer.name` looks past the row's own values.
    var lists: [[String]]
    var columns: [Column]

    /// - Parameter lists: `present`, or `entries.interests` for those of each entry; an entry without any has one row of its own.
    init(_ lists: [String], _ columns: [(String, String)]) {
        self.lists = lists.map { $0.split(separator: ".").map(String.init) }
        self.columns = columns.map { Column($0.0, $0.1) }
    }

    /// The table of a view.
    public func table(of view: ViewValue) -> DocumentTable {
        let rows = lists.flatMap { names in stacks([view], names[...], list: names.first ?? "") }
        return DocumentTable(
            headings: columns.map(\.heading),
            rows: rows.map { stack, list in columns.map { $0.path == ["@list"] ? list : text(of: $0.path, in: stack) } })
    }

    private func stacks(_ stack: [ViewValue], _ names: ArraySlice<String>, list: String) -> [([ViewValue], String)] {
        guard let name = names.first, let inner = stack.last else { return [(stack, list)] }
        guard case .map(let values) = inner, case .list(let elements)? = values[name] else { return [] }
        if elements.isEmpty { return stack.count > 1 ? [(stack, list)] : [] }
        return elements.flatMap { stacks(stack + [$0], names.dropFirst(), list: list) }
    }

    private func text(of path: [String], in stack: [ViewValue]) -> String {
        guard let first = path.first else { return "" }
        if first == "@outer" { return text(of: Array(path.dropFirst()), in: Array(stack.dropLast())) }
        for scope in stack.reversed() {
            guard case .map(let values) = scope, var value = values[first] else { continue }
            for part in path.dropFirst() {
                guard case .map(let inner) = value else { return "" }
                value = inner[part] ?? .none
            }
            return Self.words(value)
        }
        return ""
    }

    static func words(_ value: ViewValue) -> String {
        switch value {
        case .text(let text), .markdown(let text), .link(let text): text
        case .number(let number): String(number)
        case .flag(let flag): flag ? "yes" : "no"
        case .list(let list): list.map { Self.words($0) }.joined(separator: "; ")
        case .map, .none: ""
        }
    }
}
