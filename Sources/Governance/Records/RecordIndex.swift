/// Which records belong together, in order.
struct RecordIndex: Sendable, Hashable {
    /// Ids by that of what they belong to, ordered by their numbers.
    struct Groups: Sendable, Hashable {
        private var groups: [ID: [ID]] = [:]

        subscript(owner: ID) -> [ID] { groups[owner] ?? [] }

        /// Puts an id where it now belongs.
        mutating func move(_ id: ID, from old: ID?, to new: ID) {
            guard old != new else { return }
            if let old { groups[old]?.removeAll { $0 == id } }
            if groups[old ?? ""]?.isEmpty ?? false { groups[old ?? ""] = nil }
            let isLast = groups[new]?.last.map { numbered($0, id) } ?? true
            groups[new, default: []].append(id)
            if !isLast { groups[new]?.sort(by: numbered) }
        }
    }

    /// By body.
    var seats = Groups()
    /// By body.
    var meetings = Groups()
    /// Representatives by seat.
    var ofSeat = Groups()
    /// Representatives by person.
    var ofPerson = Groups()
}
