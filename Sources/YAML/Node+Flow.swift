extension Node {
    /// The value written in one line, as flow style has it; reading it again gives the same value.
    public var inOneLine: String {
        switch content {
        case .scalar(let text, .plain): text.contains(where: { ",[]{}#:\n".contains($0) }) ? Self.quoted(text) : text
        case .scalar(let text, _): Self.quoted(text)
        case .sequence(let items): "[" + items.map(\.inOneLine).joined(separator: ", ") + "]"
        case .mapping(let entries):
            "{" + entries.map { "\($0.key.inOneLine): \($0.value.inOneLine)" }.joined(separator: ", ") + "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
                let digits = String(scalar.value, radix: 16)
                quoted += "\\x" + String(repeating: "0", count: 2 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
