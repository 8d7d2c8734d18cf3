extension Compiler {
    mutating func loop(_ loop: Plan.Loop) -> Code {
        let range = code(loop.range)
        var inner = Compiler()
        let body = inner.code(loop.body)
        let condition = loop.condition.map { inner.code($0) }
        let running = Loop(
            kind: loop.kind, local: loop.local, hasTwoNames: loop.hasTwoNames, steps: inner.steps + 1, condition: condition,
            body: body)
        return { frame throws(EvaluationError) in
            switch try range(&frame) {
            case .list(let items):
                var going = Going()
                for (index, item) in items.enumerated() {
                    let goesOn = try running.step(
                        key: .int(Int64(index)), value: item, only: item, into: &going, &frame)
                    if !goesOn { break }
                }
                return try running.result(going)
            case .map(let map):
                try frame.charge(map.count)
                var going = Going()
                for key in Comparison.sortedKeys(map) {
                    guard let value = map[key] else { continue }
                    if try !running.step(key: key, value: value, only: key, into: &going, &frame) { break }
                }
                return try running.result(going)
            case let other: throw EvaluationError("cannot go over \(other.kind.typeName)")
            }
        }
    }

    /// What a loop has found so far.
    private struct Going {
        var count = 0
        var isSettled = false
        var failure: EvaluationError?
        var items: [Value] = []
        var entries: [Value: Value] = [:]
    }

    private struct Loop: Sendable {
        let kind: LoopKind
        let local: Int
        let hasTwoNames: Bool
        let steps: Int
        let condition: Code?
        let body: Code

        /// One element; false where the others do not matter. `only` is what a single name stands for.
        func step(
            key: Value, value: Value, only: Value, into going: inout Going, _ frame: inout Frame
        ) throws(EvaluationError) -> Bool {
            try frame.charge(steps)
            frame.locals[local] = hasTwoNames ? key : only
            if hasTwoNames { frame.locals[local + 1] = value }
            if let condition, try !isTrue(condition, &frame) { return true }
            switch kind {
            case .all, .exists:
                do throws(EvaluationError) {
                    going.isSettled = try isTrue(body, &frame) == (kind == .exists)
                } catch {
                    going.failure = going.failure ?? error
                }
                return !going.isSettled
            case .existsOne: if try isTrue(body, &frame) { going.count += 1 }
            case .filter: if try isTrue(body, &frame) { going.items.append(only) }
            case .list: going.items.append(try body(&frame))
            case .map: going.entries[key] = try body(&frame)
            case .entries:
                let made = try body(&frame)
                guard case .map(let map) = made else { throw .noOverload("transformMapEntry", [made]) }
                try frame.charge(map.count)
                for key in Comparison.sortedKeys(map) {
                    if let value = map[key] { try Compiler.insert(value, under: key, into: &going.entries) }
                }
            }
            return true
        }

        private func isTrue(_ code: Code, _ frame: inout Frame) throws(EvaluationError) -> Bool {
            let value = try code(&frame)
            guard case .bool(let flag) = value else { throw .noOverload("a macro's condition", [value]) }
            return flag
        }

        func result(_ going: Going) throws(EvaluationError) -> Value {
            switch kind {
            case .all, .exists:
                if going.isSettled { return .bool(kind == .exists) }
                if let failure = going.failure { throw failure }
                return .bool(kind == .all)
            case .existsOne: return .bool(going.count == 1)
            case .filter, .list: return .list(going.items)
            case .map:
                // A list's places are its keys here.
                return .map(going.entries)
            case .entries: return .map(going.entries)
            }
        }
    }
}
