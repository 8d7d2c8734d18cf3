@testable import Documents

/// Values for a template that no view fills: what its names ask for, so that a document of any workflow can be made without living it.
///
/// A section within which its own name stands is a text, one with `.` in it a list of texts, one whose name says so a flag; any other with
/// names in it is a list of two.
struct SupposedValues {
    private final class Node {
        var names: [String] = []
        var inner: [String: Node] = [:]
        var isText = false
        var isShown = false
        var showsItself = false

        func node(_ name: String) -> Node {
            if let known = inner[name] { return known }
            let new = Node()
            inner[name] = new
            names.append(name)
            return new
        }
    }

    private let root = Node()

    /// - Parameter library: where the template lies with its partials.
    init(of document: String, in library: TemplateLibrary) throws {
        for name in try library.valueNames(of: document) {
            var scope = root
            for (place, section) in name.sections.enumerated() {
                let node = scope.node(section)
                let isLast = place == name.sections.count - 1
                if isLast, name.name == section { node.isText = true }
                // What stands within a flag or a text is looked up outside it.
                if !Self.isFlag(section), !node.isText { scope = node }
            }
            if name.name == "." {
                scope.showsItself = true
            } else if name.sections.last != name.name {
                scope.node(name.name).isShown = true
            }
        }
    }

    static func isFlag(_ name: String) -> Bool {
        let last = name.split(separator: ".").last.map(String.init) ?? name
        return name.hasPrefix("states.") || last.hasPrefix("is_")
            || ["ended", "withdrawn", "agrees", "minority", "differs"].contains(last)
    }

    /// The values with these texts, in the order in which they are asked for; without texts every list is empty and nothing is so.
    func values(texts: () -> String, isEmpty: Bool = false) -> ViewValue {
        var values = map(of: root, texts, isEmpty)
        // What somebody wrote in its place would leave nothing of the template.
        values["edited"] = ViewValue.none
        values["withdrawn"] = .flag(false)
        return .map(values)
    }

    private func map(of node: Node, _ texts: () -> String, _ isEmpty: Bool) -> [String: ViewValue] {
        node.names.reduce(into: [:]) { values, name in
            guard let inner = node.inner[name] else { return }
            Self.set(name.split(separator: ".").map(String.init)[...], value(of: inner, name, texts, isEmpty), in: &values)
        }
    }

    private func value(of node: Node, _ name: String, _ texts: () -> String, _ isEmpty: Bool) -> ViewValue {
        if node.isText { return isEmpty ? .none : .text(texts()) }
        if node.showsItself { return .list(isEmpty ? [] : [.text(texts()), .text(texts())]) }
        if Self.isFlag(name) { return .flag(!isEmpty) }
        if !node.names.isEmpty {
            return .list(isEmpty ? [] : (0..<2).map { _ in .map(map(of: node, texts, isEmpty)) })
        }
        // A case has a title, and those in it have names, from its first moment.
        return .text(isEmpty ? "Nothing yet" : texts())
    }

    private static func set(_ path: ArraySlice<String>, _ value: ViewValue, in values: inout [String: ViewValue]) {
        guard let first = path.first else { return }
        if path.count == 1 {
            if values[first] == nil { values[first] = value }
            return
        }
        var inner: [String: ViewValue] = [:]
        if case .map(let known)? = values[first] { inner = known }
        set(path.dropFirst(), value, in: &inner)
        values[first] = .map(inner)
    }
}
