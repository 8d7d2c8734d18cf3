import CEL

/// Executable content (SCXML 1.0, chapters 4 and 6).
extension Run {
    /// Why a block ends before its last action.
    enum Stop: Error {
        case expression(String, EvaluationError)
        case step(StepFailure)
    }

    /// Runs a block; an error ends it and raises `error.execution`.
    mutating func execute(_ block: [Action]) throws(StepFailure) {
        do {
            for action in block { try perform(action) }
        } catch {
            switch error {
            case .expression(let text, let cause): fail(text, cause)
            case .step(let failure): throw failure
            }
        }
    }

    private mutating func perform(_ action: Action) throws(Stop) {
        do { try count() } catch { throw .step(error) }
        switch action {
        case .raise(let name, let data): raise(Event(name, data: try value(of: data), source: .internal))
        case .send(let sending): try send(sending)
        case .cancel(let id):
            let id = try text(id)
            outcome.sent.removeAll { $0.id == id }
            outcome.cancelled.append(id)
        case .log(let label, let program):
            var shown: Value?
            if let program { shown = try evaluate(program) }
            outcome.log.append(LogLine(label: label, value: shown))
        case .assign(let variable, let program, _): try assign(try evaluate(program), to: variable)
        case .conditional(let branches, let otherwise): try choose(branches, otherwise)
        case .forEach(let item, let index, let list, let actions, _): try repeatFor(item, index, list, actions)
        case .effect(let tag, let arguments):
            var values: [Value] = []
            for argument in arguments { values.append(try evaluate(argument)) }
            outcome.effects.append(Effect(tag: tag, values: values))
        }
    }

    mutating func evaluate(_ program: Program) throws(Stop) -> Value {
        let inner = innerWorld()
        do {
            return try program.value(slots: variables, in: inner)
        } catch {
            throw .expression(program.text, error)
        }
    }

    mutating func assign(_ value: Value, to variable: String) throws(Stop) {
        guard let slot = engine.blueprint.slots[variable] else {
            throw .expression(variable, EvaluationError("there is no variable `\(variable)`"))
        }
        variables[slot] = value
    }

    /// A guard that fails counts as false and raises `error.execution`; the branches behind it are still tried (4.3, 5.9.1).
    private mutating func choose(_ branches: [Branch], _ otherwise: [Action]) throws(Stop) {
        for branch in branches {
            let inner = innerWorld()
            switch branch.guard.answer(slots: variables, in: inner) {
            case .no: continue
            case .failed(let error): fail(branch.guard.text, error)
            case .yes:
                for action in branch.actions { try perform(action) }
                return
            }
        }
        for action in otherwise { try perform(action) }
    }

    private mutating func repeatFor(
        _ item: String, _ index: String?, _ list: Program, _ actions: [Action]
    ) throws(Stop) {
        guard case .list(let members) = try evaluate(list) else {
            throw .expression(list.text, EvaluationError("not a list"))
        }
        for (place, member) in members.enumerated() {
            try assign(member, to: item)
            if let index { try assign(.int(Int64(place)), to: index) }
            for action in actions { try perform(action) }
        }
    }

    // MARK: - Sending

    private mutating func send(_ sending: SendAction) throws(Stop) {
        var id = sending.id
        if let variable = sending.idVariable {
            let made = nextID()
            try assign(.string(made), to: variable)
            id = made
        }
        let name = try text(sending.event)
        let data = try value(of: sending.data)
        var target: String?
        if let written = sending.target { target = try text(written) }
        let delay = try milliseconds(sending.delay)
        if target == "#_internal" {
            raise(Event(name, data: data, source: .internal, sendID: id))
        } else {
            outcome.sent.append(Sent(event: Event(name, data: data, sendID: id), delay: delay, id: id, target: target))
        }
    }

    /// The instance counts the ids made for it behind its variables.
    private mutating func nextID() -> String {
        guard let slot = engine.serialSlot, case .int(let last) = variables[slot] else { return engine.blueprint.name }
        variables[slot] = .int(last &+ 1)
        return "\(engine.blueprint.name).send.\(last &+ 1)"
    }

    mutating func text(_ text: Text) throws(Stop) -> String {
        switch text {
        case .constant(let written): return written
        case .computed(let program):
            guard case .string(let made) = try evaluate(program) else {
                throw .expression(program.text, EvaluationError("not a text"))
            }
            return made
        }
    }

    private mutating func milliseconds(_ delay: Delay) throws(Stop) -> Int {
        switch delay {
        case .milliseconds(let count): return max(0, count)
        case .computed(let program):
            guard let count = Delay.milliseconds(of: try evaluate(program)) else {
                throw .expression(program.text, EvaluationError("not a length of time"))
            }
            return count
        }
    }

    mutating func value(of payload: Payload) throws(Stop) -> Value {
        switch payload {
        case .none: return .null
        case .value(let program): return try evaluate(program)
        case .fields(let fields):
            var map: [Value: Value] = [:]
            for field in fields { map[.string(field.name)] = try evaluate(field.value) }
            return .map(map)
        }
    }

    /// What a final state hands out; nil where there is nothing, or where it fails, which raises `error.execution`.
    mutating func doneData(_ payload: Payload) -> Value? {
        if case .none = payload { return nil }
        do {
            return try value(of: payload)
        } catch {
            if case .expression(let text, let cause) = error { fail(text, cause) }
            return nil
        }
    }
}
