extension DeadlineRule {
    public func evaluate(in facts: DeadlineFacts, explained: Bool = true) -> Result<Deadline, DeadlineFailure> {
        .failure(.notEntered)
    }
}
