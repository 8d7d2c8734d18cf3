import CEL
import Workflows

// What one reader may know of a case and of what was recorded in it.
extension Discretion {
    /// Whether the reader may know what a case is about.
    public func mayKnow(_ it: Case) -> Bool {
        let keys = standing.keys(of: it).all
        if let item = keys[.item].flatMap({ standing.records.items[$0] }), !mayKnow(item) { return false }
        return keys[.paper].flatMap { standing.records.papers[$0] }.map(mayRead) ?? true
    }

    /// Whether the reader may know what was filled in: not where the entry is about an item or a paper that is kept from them, or makes
    /// or names one.
    public func mayKnow(_ entry: Entry) -> Bool {
        if let it = entry.ofCase.flatMap({ standing.cases[$0] }), !mayKnow(it) { return false }
        for change in entry.changes {
            if case .recorded(let record) = change, !mayKnow(record) { return false }
        }
        return entry.fields.values.allSatisfy(mayKnow)
    }

    private func mayKnow(_ record: Record) -> Bool {
        switch record {
        case .item(let item): standing.records.items[item.id].map(mayKnow) ?? true
        case .paper(let paper): standing.records.papers[paper.id].map(mayRead) ?? true
        default: true
        }
    }

    private func mayKnow(_ value: Value) -> Bool {
        switch value {
        case .object(let it) where it.kind == SubjectKind.item.rawValue: standing.records.items[it.id].map(mayKnow) ?? true
        case .object(let it) where it.kind == SubjectKind.paper.rawValue: standing.records.papers[it.id].map(mayRead) ?? true
        case .list(let list): list.allSatisfy(mayKnow)
        default: true
        }
    }
}
