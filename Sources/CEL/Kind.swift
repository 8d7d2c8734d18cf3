/// A CEL type.
public indirect enum Kind: Sendable, Hashable {
    case null, bool, int, uint, double, string, bytes, timestamp, duration, type
    /// Anything: checked when the program runs.
    case dyn
    case list(Kind)
    case map(Kind, Kind)
    case optional(Kind)
    /// The type or null.
    case nullable(Kind)
    /// A declared object type, by name.
    case object(String)
    /// A type that nothing but functions make and take, with its parameters.
    case abstract(String, [Kind])
    /// A place in a function's declaration for any one type, the same wherever the name stands: `first(list(T)) -> T`.
    case parameter(String)
}

extension Kind: CustomStringConvertible {
    /// The type as people write it: `list(int)`, `map(string, dyn)`.
    public var description: String {
        switch self {
        case .list(let element): "list(\(element))"
        case .map(let key, let value): "map(\(key), \(value))"
        case .optional(let wrapped): "optional_type(\(wrapped))"
        case .nullable(let wrapped): "nullable(\(wrapped))"
        case .object(let name), .parameter(let name): name
        case .abstract(let name, let parameters): "\(name)(\(parameters.map(\.description).joined(separator: ", ")))"
        case .dyn: "dyn"
        case .null: "null"
        case .timestamp: "timestamp"
        case .duration: "duration"
        default: typeName
        }
    }

    /// The name under which the specification knows the type of a value: `list`, `google.protobuf.Timestamp`.
    public var typeName: String {
        switch self {
        case .null: "null_type"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .string: "string"
        case .bytes: "bytes"
        case .timestamp: "google.protobuf.Timestamp"
        case .duration: "google.protobuf.Duration"
        case .type: "type"
        case .dyn: "dyn"
        case .list: "list"
        case .map: "map"
        case .optional: "optional_type"
        case .nullable(let wrapped): wrapped.typeName
        case .object(let name), .abstract(let name, _), .parameter(let name): name
        }
    }

    /// The types that an expression may name, each as the value of `type(x)`.
    static let named: [String: Kind] = {
        let all: [Kind] = [
            .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .type, .list(.dyn),
            .map(.dyn, .dyn), .optional(.dyn),
        ]
        return Dictionary(uniqueKeysWithValues: all.map { ($0.typeName, $0) })
    }()
}
