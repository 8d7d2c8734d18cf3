import CEL

/// First values of variables (SCXML 1.0, 5.3).
extension Run {
    /// Gives variables their first values; `values` come before the chart's own. Each expression may read those before it.
    mutating func bind(_ values: [String: Value]) {
        let definitions = engine.blueprint.variables
        variables = Array(repeating: .null, count: definitions.count)
        variables += Array(repeating: .bool(false), count: engine.lateMarks.count)
        if engine.serialSlot != nil { variables.append(.int(0)) }
        for (slot, definition) in definitions.enumerated() {
            if let value = values[definition.name] {
                variables[slot] = value
                if let mark = engine.lateMarks[slot] { variables[mark] = .bool(true) }
            } else if engine.lateMarks[slot] == nil {
                bind(slot)
            }
        }
    }

    /// Gives the variables of a state their first values when it is entered for the first time.
    mutating func bindLate(_ state: Int) {
        for slot in engine.lateSlots[state] ?? [] {
            guard let mark = engine.lateMarks[slot], variables[mark] != .bool(true) else { continue }
            variables[mark] = .bool(true)
            bind(slot)
        }
    }

    private mutating func bind(_ slot: Int) {
        guard let initial = engine.blueprint.variables[slot].initial else { return }
        do {
            variables[slot] = try evaluate(initial)
        } catch {
            if case .expression(let text, let cause) = error { fail(text, cause) }
        }
    }
}
