extension Kind {
    /// Reads a type as people write it: `int`, `list(string)`, `map(string, dyn)`, `nullable(timestamp)`; any other name is that of
    /// an object type. Nil where the parentheses do not fit.
    public init?(text: String) {
        var rest = Array(text.unicodeScalars).filter { $0 != " " }[...]
        guard let kind = Kind.read(&rest, depth: 0), rest.isEmpty else { return nil }
        self = kind
    }

    private static let deepest = 32

    private static func read(_ rest: inout ArraySlice<Unicode.Scalar>, depth: Int) -> Kind? {
        guard depth <= deepest else { return nil }
        let letters = rest.prefix { !["(", ")", ","].contains($0) }
        guard !letters.isEmpty else { return nil }
        rest = rest.dropFirst(letters.count)
        var parameters: [Kind] = []
        if rest.first == "(" {
            repeat {
                rest.removeFirst()
                guard let parameter = read(&rest, depth: depth + 1) else { return nil }
                parameters.append(parameter)
            } while rest.first == ","
            guard rest.popFirst() == ")" else { return nil }
        }
        return made(Library.text(letters), parameters)
    }

    private static func made(_ name: String, _ parameters: [Kind]) -> Kind? {
        switch (name, parameters.count) {
        case ("list", 1): return .list(parameters[0])
        case ("map", 2): return .map(parameters[0], parameters[1])
        case ("optional_type", 1), ("optional", 1): return .optional(parameters[0])
        case ("nullable", 1), ("wrapper", 1): return .nullable(parameters[0])
        case ("type", 1): return .type
        case (_, 0): break
        default: return .abstract(name, parameters)
        }
        switch name {
        case "null": return .null
        case "dyn": return .dyn
        case "timestamp": return .timestamp
        case "duration": return .duration
        default: return named[name] ?? .object(name)
        }
    }
}
