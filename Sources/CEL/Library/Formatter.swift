/// Values as text: `string(x)` and the `format` method of the strings extension.
enum Formatter {
    /// Digits after the point at most.
    private static let mostDigits = 1000

    static func format(_ pattern: String, _ values: [Value], _ frame: inout Frame) throws(EvaluationError) -> String {
        var result = ""
        var rest = pattern.unicodeScalars[...]
        var used = 0
        try frame.charge(bytes: pattern.utf8.count)
        while let scalar = rest.popFirst() {
            guard scalar == "%" else {
                result.unicodeScalars.append(scalar)
                continue
            }
            if rest.first == "%" {
                rest.removeFirst()
                result += "%"
                continue
            }
            let precision = try precision(&rest)
            guard let clause = rest.popFirst() else { throw EvaluationError("unexpected end of the format") }
            guard used < values.count else { throw EvaluationError("index \(used) out of range") }
            let text = try clauseText(clause, values[used], precision, &frame)
            try frame.charge(bytes: text.utf8.count)
            result += text
            used += 1
        }
        return result
    }

    private static func precision(_ rest: inout Substring.UnicodeScalarView) throws(EvaluationError) -> Int? {
        guard rest.first == "." else { return nil }
        rest.removeFirst()
        let digits = rest.prefix { ("0"..."9").contains($0) }
        rest = rest.dropFirst(digits.count)
        guard let precision = Int(String(digits)), precision <= mostDigits else {
            throw EvaluationError("the precision of a format is a number up to \(mostDigits)")
        }
        return precision
    }

    private static func clauseText(
        _ clause: Unicode.Scalar, _ value: Value, _ precision: Int?, _ frame: inout Frame
    ) throws(EvaluationError) -> String {
        switch clause {
        case "s": return try stringClause(value, &frame)
        case "d":
            switch value {
            case .int, .uint: return text(of: value)
            case .double(let number) where !number.isFinite: return text(of: value)
            default: throw refused("decimal clause can only be used on integers", value)
            }
        case "f", "e":
            guard let number = number(value) else {
                throw refused("\(clause == "f" ? "fixed-point" : "scientific") clause can only be used on doubles", value)
            }
            if !number.isFinite { return text(of: .double(number)) }
            return clause == "f" ? ExactDecimal(number).fixed(precision ?? 6) : ExactDecimal(number).scientific(precision ?? 6)
        case "b":
            if case .bool(let flag) = value { return flag ? "1" : "0" }
            guard let text = digits(value, radix: 2) else {
                throw refused("only integers and bools can be formatted as binary", value)
            }
            return text
        case "o":
            guard let text = digits(value, radix: 8) else { throw refused("octal clause can only be used on integers", value) }
            return text
        case "x", "X":
            guard let text = hexadecimal(value, isUpper: clause == "X") else {
                throw refused("only integers, byte buffers, and strings can be formatted as hex", value)
            }
            return text
        default: throw EvaluationError("could not parse formatting clause: unrecognized formatting clause \"\(clause)\"")
        }
    }

    private static func refused(_ reason: String, _ value: Value) -> EvaluationError {
        EvaluationError("error during formatting: \(reason), was given \(value.kind.typeName)")
    }

    private static func number(_ value: Value) -> Double? {
        switch value {
        case .double(let number): number
        case .int(let number): Double(number)
        case .uint(let number): Double(number)
        default: nil
        }
    }

    private static func digits(_ value: Value, radix: Int) -> String? {
        switch value {
        case .int(let number): String(number, radix: radix)
        case .uint(let number): String(number, radix: radix)
        default: nil
        }
    }

    private static func hexadecimal(_ value: Value, isUpper: Bool) -> String? {
        switch value {
        case .int(let number): return String(number, radix: 16, uppercase: isUpper)
        case .uint(let number): return String(number, radix: 16, uppercase: isUpper)
        case .string(let text): return hexadecimal(.bytes(Array(text.utf8)), isUpper: isUpper)
        case .bytes(let bytes):
            return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: isUpper) }.joined()
        default: return nil
        }
    }

    private static func stringClause(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> String {
        try frame.charge(1)
        switch value {
        case .list(let items):
            var parts: [String] = []
            for item in items { parts.append(try stringClause(item, &frame)) }
            return "[" + parts.joined(separator: ", ") + "]"
        case .map(let map):
            var parts: [String] = []
            for key in Comparison.sortedKeys(map) {
                guard let item = map[key] else { continue }
                parts.append("\(text(of: key)): \(try stringClause(item, &frame))")
            }
            return "{" + parts.sorted().joined(separator: ", ") + "}"
        case .optional, .object: throw refused("string clause cannot be used on this", value)
        default:
            let text = text(of: value)
            try frame.charge(bytes: text.utf8.count)
            return text
        }
    }

    /// A value that holds no others as text.
    static func text(of value: Value) -> String {
        switch value {
        case .null: "null"
        case .bool(let flag): flag ? "true" : "false"
        case .int(let number): String(number)
        case .uint(let number): String(number)
        case .double(let number): text(of: number)
        case .string(let text): text
        case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
        case .timestamp(let moment): moment.text
        case .duration(let span): span.text
        case .type(let kind): kind.typeName
        case .object(let reference): "\(reference.kind) \(reference.id)"
        case .list, .map, .optional: value.kind.typeName
        }
    }

    /// The fewest digits that tell the number from all others; with an exponent below 1e-4 and from 1e21 on.
    static func text(of number: Double) -> String {
        guard number.isFinite else { return number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity" }
        guard number != 0 else { return number.sign == .minus ? "-0" : "0" }
        let (digits, point) = shortest(number.magnitude)
        let sign = number < 0 ? "-" : ""
        if point < -3 || point > 21 {
            let exponent = point - 1
            let fraction = digits.count > 1 ? "." + String(digits.dropFirst()) : ""
            let size = abs(exponent) < 10 ? "0\(abs(exponent))" : "\(abs(exponent))"
            return "\(sign)\(digits.prefix(1))\(fraction)e\(exponent < 0 ? "-" : "+")\(size)"
        }
        if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
        if digits.count <= point { return sign + digits + String(repeating: "0", count: point - digits.count) }
        return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    }

    /// The digits that Swift would print, without noughts at either end, and where the point stands among them.
    private static func shortest(_ number: Double) -> (digits: String, point: Int) {
        let parts = number.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".")
        var digits = mantissa.joined()
        var point = mantissa[0].count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        while digits.hasPrefix("0") {
            digits.removeFirst()
            point -= 1
        }
        while digits.hasSuffix("0") { digits.removeLast() }
        return (digits, point)
    }
}
