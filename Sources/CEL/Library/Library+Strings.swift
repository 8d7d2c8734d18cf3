extension Library {
    /// The methods of text, those of the specification and of its `strings` extension. Places count Unicode scalars from 0.
    static let strings: [Builtin] = [
        test("startsWith") { $0.utf8.starts(with: $1.utf8) },
        test("endsWith") { $0.utf8.reversed().starts(with: $1.utf8.reversed()) },
        test("contains") { firstPlace(of: Array($1.utf8), in: Array($0.utf8), from: 0) != nil },
        method("charAt", [Signature(.string, .int, to: .string)], charAt),
        method(
            "indexOf", [Signature(.string, .string, to: .int), Signature(.string, .string, .int, to: .int)], indexOf),
        method(
            "lastIndexOf", [Signature(.string, .string, to: .int), Signature(.string, .string, .int, to: .int)],
            lastIndexOf),
        method(
            "substring", [Signature(.string, .int, to: .string), Signature(.string, .int, .int, to: .string)], substring),
        method("lowerAscii", [Signature(.string, to: .string)]) { arguments throws(EvaluationError) in
            .string(mapped(try arguments.text(0), from: "A"..."Z", by: 32))
        },
        method("upperAscii", [Signature(.string, to: .string)]) { arguments throws(EvaluationError) in
            .string(mapped(try arguments.text(0), from: "a"..."z", by: -32))
        },
        method("trim", [Signature(.string, to: .string)], trim),
        method("reverse", [Signature(.string, to: .string)]) { arguments throws(EvaluationError) in
            .string(text(try arguments.text(0).unicodeScalars.reversed()))
        },
        Builtin(
            name: "replace",
            signatures: [
                Signature(.string, .string, .string, to: .string), Signature(.string, .string, .string, .int, to: .string),
            ], run: replace),
        Builtin(
            name: "split",
            signatures: [
                Signature(.string, .string, to: .list(.string)), Signature(.string, .string, .int, to: .list(.string)),
            ], run: split),
        Builtin(
            name: "join",
            signatures: [Signature(.list(.string), to: .string), Signature(.list(.string), .string, to: .string)], run: join),
        Builtin(name: "format", signatures: [Signature(.string, .list(.dyn), to: .string)]) {
            (frame: inout Frame, arguments: [Value]) throws(EvaluationError) in
            .string(try Formatter.format(try arguments.text(0), try arguments.list(1), &frame))
        },
    ]

    /// The functions of text.
    static let textFunctions: [Builtin] = [
        method("strings.quote", [Signature(.string, to: .string)]) { arguments throws(EvaluationError) in
            .string(quoted(try arguments.text(0)))
        },
        method("base64.encode", [Signature(.bytes, to: .string)]) { arguments throws(EvaluationError) in
            guard case .bytes(let bytes) = arguments[0] else { throw .noOverload("base64.encode", arguments) }
            return .string(Base64.encode(bytes))
        },
        method("base64.decode", [Signature(.string, to: .bytes)]) { arguments throws(EvaluationError) in
            guard let bytes = Base64.decode(try arguments.text(0)) else { throw EvaluationError("not base64") }
            return .bytes(bytes)
        },
    ]

    private static func test(
        _ name: String, _ ask: @escaping @Sendable (String, String) -> Bool
    ) -> Builtin {
        method(name, [Signature(.string, .string, to: .bool)]) { arguments throws(EvaluationError) in
            .bool(ask(try arguments.text(0), try arguments.text(1)))
        }
    }

    /// A function that goes over its texts a fixed number of times and makes nothing longer than they are.
    private static func method(
        _ name: String, _ signatures: [Signature], _ make: @escaping @Sendable ([Value]) throws(EvaluationError) -> Value
    ) -> Builtin {
        Builtin(name: name, signatures: signatures) {
            (frame: inout Frame, arguments: [Value]) throws(EvaluationError) in
            for argument in arguments {
                switch argument {
                case .string(let text): try frame.charge(bytes: text.utf8.count)
                case .bytes(let bytes): try frame.charge(bytes: bytes.count)
                default: break
                }
            }
            return try make(arguments)
        }
    }
}

extension Library {
    private static func scalars(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }

    static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// A place among `count` scalars, its end included.
    private static func place(_ number: Int64, upTo count: Int) throws(EvaluationError) -> Int {
        guard number >= 0, number <= Int64(count) else { throw EvaluationError("index out of range: \(number)") }
        return Int(number)
    }

    private static func charAt(_ arguments: [Value]) throws(EvaluationError) -> Value {
        let all = scalars(try arguments.text(0))
        let place = try place(try arguments.integer(1), upTo: all.count)
        return .string(place == all.count ? "" : text([all[place]]))
    }

    private static func indexOf(_ arguments: [Value]) throws(EvaluationError) -> Value {
        let (all, sought) = (scalars(try arguments.text(0)), scalars(try arguments.text(1)))
        let start = arguments.count > 2 ? try place(try arguments.integer(2), upTo: all.count) : 0
        return .int(Int64(firstPlace(of: sought, in: all, from: start) ?? -1))
    }

    private static func lastIndexOf(_ arguments: [Value]) throws(EvaluationError) -> Value {
        let (all, sought) = (scalars(try arguments.text(0)), scalars(try arguments.text(1)))
        let last = arguments.count > 2 ? try place(try arguments.integer(2), upTo: all.count) : all.count
        // Read backwards, the last place is the first.
        let end = min(all.count, last + sought.count)
        guard let found = firstPlace(of: sought.reversed(), in: all[..<end].reversed(), from: 0) else { return .int(-1) }
        return .int(Int64(end - found - sought.count))
    }

    /// The first place at or after `start` where `sought` stands in `all`, in time proportional to both (Knuth, Morris, Pratt).
    static func firstPlace<T: Equatable>(of sought: [T], in all: [T], from start: Int) -> Int? {
        guard !sought.isEmpty else { return start }
        guard sought.count <= all.count - start else { return nil }
        var borders = [0]
        var border = 0
        for index in 1..<max(1, sought.count) {
            while border > 0, sought[index] != sought[border] { border = borders[border - 1] }
            if sought[index] == sought[border] { border += 1 }
            borders.append(border)
        }
        var matched = 0
        for index in start..<all.count {
            while matched > 0, all[index] != sought[matched] { matched = borders[matched - 1] }
            if all[index] == sought[matched] { matched += 1 }
            if matched == sought.count { return index - matched + 1 }
        }
        return nil
    }

    private static func substring(_ arguments: [Value]) throws(EvaluationError) -> Value {
        let all = scalars(try arguments.text(0))
        let start = try place(try arguments.integer(1), upTo: all.count)
        let end = arguments.count > 2 ? try place(try arguments.integer(2), upTo: all.count) : all.count
        guard start <= end else { throw EvaluationError("invalid substring range. start: \(start), end: \(end)") }
        return .string(text(all[start..<end]))
    }

    private static func mapped(_ text: String, from letters: ClosedRange<Unicode.Scalar>, by shift: Int) -> String {
        let range = UInt8(letters.lowerBound.value)...UInt8(letters.upperBound.value)
        return String(decoding: text.utf8.map { range.contains($0) ? UInt8(Int($0) + shift) : $0 }, as: UTF8.self)
    }

    private static func trim(_ arguments: [Value]) throws(EvaluationError) -> Value {
        let all = scalars(try arguments.text(0))
        let start = all.firstIndex { !$0.properties.isWhitespace } ?? all.count
        let end = all.lastIndex { !$0.properties.isWhitespace } ?? all.count - 1
        return .string(start > end ? "" : text(all[start...end]))
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 7: result += "\\a"
            case 8: result += "\\b"
            case 9: result += "\\t"
            case 10: result += "\\n"
            case 11: result += "\\v"
            case 12: result += "\\f"
            case 13: result += "\\r"
            case 0x22: result += "\\\""
            case 0x5C: result += "\\\\"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension Library {
    /// The parts of a text between the places where `separator` stands, at most `limit` of them where it is not negative.
    private static func parts(
        _ text: String, _ separator: String, limit: Int64, _ frame: inout Frame
    ) throws(EvaluationError) -> [[UInt8]] {
        var parts: [[UInt8]] = []
        guard limit != 0 else { return parts }
        let all = Array(text.utf8)
        if separator.isEmpty {
            var rest = text.unicodeScalars[...]
            while let first = rest.first, limit < 0 || Int64(parts.count) < limit - 1 {
                try frame.charge(1)
                parts.append(Array(String(first).utf8))
                rest = rest.dropFirst()
            }
            if !rest.isEmpty { parts.append(Array(String(rest).utf8)) }
            return parts
        }
        let sought = Array(separator.utf8)
        var start = 0
        while limit < 0 || Int64(parts.count) < limit - 1, let found = firstPlace(of: sought, in: all, from: start) {
            try frame.charge(1 + sought.count / Frame.bytesOfUnit)
            parts.append(Array(all[start..<found]))
            start = found + sought.count
        }
        return parts + [Array(all[start...])]
    }

    private static func split(_ frame: inout Frame, _ arguments: [Value]) throws(EvaluationError) -> Value {
        let (text, separator) = (try arguments.text(0), try arguments.text(1))
        try frame.charge(bytes: text.utf8.count + separator.utf8.count)
        let limit = arguments.count > 2 ? try arguments.integer(2) : -1
        return .list(try parts(text, separator, limit: limit, &frame).map { .string(String(decoding: $0, as: UTF8.self)) })
    }

    private static func replace(_ frame: inout Frame, _ arguments: [Value]) throws(EvaluationError) -> Value {
        let (text, old, new) = (try arguments.text(0), try arguments.text(1), try arguments.text(2))
        try frame.charge(bytes: text.utf8.count + old.utf8.count)
        let limit = arguments.count > 3 ? try arguments.integer(3) : -1
        var pieces = try parts(text, old, limit: limit < 0 || limit == .max ? -1 : limit + 1, &frame)
        // Nothing stands before each character and at the end.
        if old.isEmpty, limit != 0 { pieces.insert([], at: 0) }
        if old.isEmpty, limit < 0 || limit > Int64(pieces.count - 1) { pieces.append([]) }
        if old.isEmpty, limit > 0, pieces.count - 1 > Int(limit) {
            let tail = pieces[Int(limit)...].joined()
            pieces = Array(pieces[..<Int(limit)]) + [Array(tail)]
        }
        return .string(try joined(pieces.map { String(decoding: $0, as: UTF8.self) }, new, &frame))
    }

    private static func join(_ frame: inout Frame, _ arguments: [Value]) throws(EvaluationError) -> Value {
        var texts: [String] = []
        for item in try arguments.list(0) {
            guard case .string(let text) = item else { throw .noOverload("join", arguments) }
            texts.append(text)
        }
        return .string(try joined(texts, arguments.count > 1 ? try arguments.text(1) : "", &frame))
    }

    private static func joined(_ texts: [String], _ separator: String, _ frame: inout Frame) throws(EvaluationError) -> String {
        var result = ""
        for (index, text) in texts.enumerated() {
            try frame.charge(1 + (text.utf8.count + separator.utf8.count) / Frame.bytesOfUnit)
            if index > 0 { result += separator }
            result += text
        }
        return result
    }
}

/// The alphabet of RFC 4648, section 4.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let values = Dictionary(uniqueKeysWithValues: alphabet.enumerated().map { ($1, UInt32($0)) })

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let chunk = bytes[start..<min(start + 3, bytes.count)]
            let bits = chunk.enumerated().reduce(0 as UInt32) { $0 | UInt32($1.element) << (16 - 8 * UInt32($1.offset)) }
            for index in 0..<4 {
                text.append(index <= chunk.count ? alphabet[Int(bits >> (18 - 6 * UInt32(index)) & 63)] : ascii("="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes; the padding may be left out.
    static func decode(_ text: String) -> [UInt8]? {
        var digits = Array(text.utf8)
        while digits.count % 4 == 0 || digits.count % 4 == 3, digits.last == ascii("=") { digits.removeLast() }
        var bytes: [UInt8] = []
        var (bits, count): (UInt32, UInt32) = (0, 0)
        for digit in digits {
            guard let value = values[digit] else { return nil }
            bits = bits << 6 | value
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> count))
            }
        }
        return digits.count % 4 == 1 ? nil : bytes
    }
}
