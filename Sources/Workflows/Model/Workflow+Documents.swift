extension Workflow {
    /// The documents that it drafts or mails, in the order of the alphabet.
    public var documents: [String] {
        let named = effects.compactMap { effect -> String? in
            switch effect {
            case .mail(let document, _), .draft(let document): document
            case .tell, .start: nil
            }
        }
        return Set(named).sorted()
    }

    /// The states while which a document that the workflow drafts may be edited: those that draft it on entry, and those to which a
    /// transition leads that drafts it.
    public func states(drafting document: String) -> [String] {
        states.filter { $0.drafts.contains(document) }.map(\.path)
            + transitions.filter { $0.drafts.contains(document) }.flatMap { note in
                note.targets.isEmpty ? [states[note.source].path] : note.targets
            }
    }
}
