import YAML

/// The states of an unchecked workflow, numbered in the order of the file, with their paths; names are looked up here.
struct StateTree: Sendable {
    struct Item: Sendable {
        var path: String
        var parent: Int?
        var children: [Int]
        var state: UncheckedState
    }

    private(set) var items: [Item] = []
    private(set) var roots: [Int] = []

    init(_ states: [UncheckedState]) {
        for state in states { roots.append(add(state, below: nil)) }
    }

    private mutating func add(_ state: UncheckedState, below parent: Int?) -> Int {
        let number = items.count
        let path = parent.map { "\(items[$0].path).\(state.name.text)" } ?? state.name.text
        items.append(Item(path: path, parent: parent, children: [], state: state))
        for child in state.children {
            let child = add(child, below: number)
            items[number].children.append(child)
        }
        return number
    }

    func children(of number: Int?) -> [Int] { number.map { items[$0].children } ?? roots }

    /// The states that hold this one, from the nearest outwards.
    func ancestors(of number: Int) -> [Int] {
        var found: [Int] = []
        var next = items[number].parent
        while let ancestor = next {
            found.append(ancestor)
            next = items[ancestor].parent
        }
        return found
    }

    func isWithin(_ number: Int, _ ancestor: Int?) -> Bool {
        guard let ancestor else { return true }
        return ancestors(of: number).contains(ancestor)
    }
}

extension StateTree {
    /// The name of each state where no other state bears it, else its path.
    var shortNames: [String] {
        let counts = Dictionary(items.map { ($0.state.name.text, 1) }, uniquingKeysWith: +)
        return items.map { counts[$0.state.name.text] == 1 ? $0.state.name.text : $0.path }
    }

    /// The one state that bears just this name, which in a chart may have dots.
    private func only(_ name: String) -> Lookup? {
        let bearers = items.indices.filter { items[$0].state.name.text == name }
        return bearers.count == 1 ? .found(bearers[0]) : nil
    }
}

extension StateTree {
    enum Lookup: Equatable {
        case found(Int)
        case unknown
        case ambiguous([String])
    }

    /// The state that a transition of `source` means: among its siblings, then outwards, then below it, then anywhere.
    func target(_ path: String, from source: Int) -> Lookup {
        if let only = only(path) { return only }
        let names = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        for scope in ancestors(of: source).map(Optional.some) + [nil] {
            if let found = child(path, of: scope) ?? descend(names, from: scope) { return .found(found) }
        }
        let below = ending(with: path).filter { isWithin($0, source) }
        return below.count == 1 ? .found(below[0]) : anywhere(path)
    }

    /// The state that the start of `parent` means: among its children, then as a transition of the parent would.
    func start(_ path: String, of parent: Int?) -> Lookup {
        if let only = only(path) { return only }
        let names = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if let found = child(path, of: parent) ?? descend(names, from: parent) { return .found(found) }
        return parent.map { target(path, from: $0) } ?? anywhere(path)
    }

    /// The state that a path means seen from outside: the whole path, or the end of just one.
    func anywhere(_ path: String) -> Lookup {
        if let only = only(path) { return only }
        if let found = items.indices.first(where: { items[$0].path == path }) { return .found(found) }
        let found = ending(with: path)
        switch found.count {
        case 0: return .unknown
        case 1: return .found(found[0])
        default: return .ambiguous(found.map { items[$0].path })
        }
    }

    private func ending(with path: String) -> [Int] {
        items.indices.filter { items[$0].path == path || items[$0].path.hasSuffix(".\(path)") }
    }

    private func descend(_ names: [String], from scope: Int?) -> Int? {
        var found = scope
        for name in names {
            guard let next = child(name, of: found) else { return nil }
            found = next
        }
        return found
    }

    private func child(_ name: String, of parent: Int?) -> Int? {
        children(of: parent).first { items[$0].state.name.text == name }
    }

    /// What may be meant by a name that was not found: names and paths.
    var names: Set<String> { Set(items.map(\.path) + items.map(\.state.name.text)) }
}
