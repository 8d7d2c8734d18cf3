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
}
