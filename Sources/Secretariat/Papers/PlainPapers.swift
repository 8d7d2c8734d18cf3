public import Documents

/// Fills documents for which there is no view of its own.
public enum PlainPapers {
    /// There is none: every document that is mailed or shown has its view.
    public static let fill: @Sendable (PaperRequest, PaperFacts) throws -> ViewValue = { request, _ in
        throw PaperFailure("there is no document `\(request.document)`")
    }
}
