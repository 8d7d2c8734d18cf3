import CEL

extension Value {
    /// A map of named values, as events carry them.
    static func fields(_ fields: [String: Value]) -> Value {
        .map(Dictionary(uniqueKeysWithValues: fields.map { (Value.string($0.key), $0.value) }))
    }
}
