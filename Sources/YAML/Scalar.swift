/// The value of a scalar by the core schema of YAML 1.2 (section 10.3): `on`, `off`, `yes` and `no` are strings.
public enum Scalar: Sendable, Hashable {
    case null
    case bool(Bool)
    case int(Int64)
    case float(Double)
    case string(String)
}

extension Node {
    /// The value of a scalar by the core schema; nil for a collection. What is quoted or in a block is a string.
    public var scalar: Scalar? {
        guard case .scalar(let text, let style) = content else { return nil }
        return style == .plain ? Scalar(plain: text) : .string(text)
    }

    /// Whether the scalar is `null`, `~` or empty, as after a key without a value.
    public var isNull: Bool { scalar == .null }
}

extension Scalar {
    /// Resolves the text of a plain scalar.
    public init(plain text: String) {
        switch text {
        case "", "~", "null", "Null", "NULL": self = .null
        case "true", "True", "TRUE": self = .bool(true)
        case "false", "False", "FALSE": self = .bool(false)
        case ".nan", ".NaN", ".NAN": self = .float(.nan)
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": self = .float(.infinity)
        case "-.inf", "-.Inf", "-.INF": self = .float(-.infinity)
        default: self = Self.number(text) ?? .string(text)
        }
    }

    /// An integer that does not fit 64 bits is given as the nearest floating-point number.
    private static func number(_ text: String) -> Scalar? {
        let bytes = Array(text.utf8)
        guard bytes.allSatisfy({ $0 < 0x80 }), bytes.count <= longestNumber else { return nil }
        if text.hasPrefix("0x") { return Int64(text.dropFirst(2), radix: 16).flatMap { unsigned(text, $0) } }
        if text.hasPrefix("0o") { return Int64(text.dropFirst(2), radix: 8).flatMap { unsigned(text, $0) } }
        var rest = bytes[...]
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest = rest.dropFirst() }
        let whole = takeDigits(&rest)
        if rest.isEmpty, whole > 0 { return Int64(text).map(Scalar.int) ?? Double(text).map(Scalar.float) }
        var fraction = 0
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            fraction = takeDigits(&rest)
        }
        guard whole + fraction > 0 else { return nil }
        if let mark = rest.first, mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest = rest.dropFirst() }
            guard takeDigits(&rest) > 0 else { return nil }
        }
        guard rest.isEmpty else { return nil }
        return Double(text.hasSuffix(".") ? text + "0" : text).map(Scalar.float) ?? Double(padded(text)).map(Scalar.float)
    }

    private static let longestNumber = 400

    /// `0x-1` is no number of YAML, though Swift's own reading takes the sign.
    private static func unsigned(_ text: String, _ value: Int64) -> Scalar? {
        let third = text.utf8.dropFirst(2).first
        return third == UInt8(ascii: "-") || third == UInt8(ascii: "+") ? nil : .int(value)
    }

    private static func takeDigits(_ bytes: inout ArraySlice<UInt8>) -> Int {
        let before = bytes.count
        bytes = bytes.drop { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        return before - bytes.count
    }

    /// `.5` and `1.e3` with the zero that Swift's own reading may want.
    private static func padded(_ text: String) -> String {
        var padded = ""
        var before: Character?
        for character in text {
            if character == ".", before.map({ !$0.isNumber }) ?? true { padded.append("0") }
            if before == ".", !character.isNumber { padded.append("0") }
            padded.append(character)
            before = character
        }
        return padded
    }
}
