/// Fields, keys and places.
enum Selection {
    /// `value.field`
    static func field(_ name: String, of value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
        switch value {
        case .map(let map):
            guard let found = map[.string(name)] else { throw EvaluationError("no such key: '\(name)'") }
            return found
        case .object(let reference): return try frame.world.field(name, of: reference)
        case .optional: return try optionalField(name, of: value, &frame)
        case .null: throw EvaluationError("null has no field '\(name)'")
        default: throw EvaluationError("no such field: '\(name)' of \(value.kind.typeName)")
        }
    }

    /// `value.?field`
    static func optionalField(_ name: String, of value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
        switch value {
        case .map(let map): return .optional(map[.string(name)])
        case .object(let reference):
            let found = try frame.world.field(name, of: reference)
            if case .null = found { return .optional(nil) }
            return .optional(found)
        case .optional(.none): return value
        case .optional(.some(let inner)): return try optionalField(name, of: inner, &frame)
        default: throw EvaluationError("no such key: '\(name)'")
        }
    }

    /// `has(value.field)`
    static func has(_ name: String, _ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Bool {
        switch value {
        case .map(let map): return map[.string(name)] != nil
        case .object(let reference):
            switch try frame.world.field(name, of: reference) {
            case .null, .optional(.none): return false
            default: return true
            }
        case .optional(.none): return false
        case .optional(.some(let inner)): return try has(name, inner, &frame)
        default: throw EvaluationError("no such field: '\(name)' of \(value.kind.typeName)")
        }
    }

    /// `value[key]`
    static func element(_ key: Value, of value: Value, isOptional: Bool) throws(EvaluationError) -> Value {
        switch value {
        case .list(let items):
            let place = try place(key)
            let found = items.indices.contains(place) ? items[place] : nil
            if isOptional { return .optional(found) }
            guard let found else { throw EvaluationError("index out of bounds: \(place)") }
            return found
        case .map(let map):
            let found = Comparison.find(key, in: map)
            if isOptional { return .optional(found) }
            guard let found else { throw EvaluationError("no such key: \(Formatter.text(of: key))") }
            return found
        case .optional(.none): return value
        case .optional(.some(let inner)): return try element(key, of: inner, isOptional: true)
        default: throw .noOverload("[]", [value, key])
        }
    }

    private static func place(_ key: Value) throws(EvaluationError) -> Int {
        let place: Int? =
            switch key {
            case .int(let number): Int(exactly: number)
            case .uint(let number): Int(exactly: number)
            case .double(let number): Int(exactly: number)
            default: nil
            }
        guard let place else { throw EvaluationError("not a place in a list: \(key.kind.typeName)") }
        return place
    }
}
