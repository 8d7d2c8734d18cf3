extension Library {
    /// The parts of moments and lengths of time.
    static let times: [Builtin] = [
        part("getFullYear") { fields, _ in fields.year },
        part("getMonth") { fields, _ in fields.month - 1 },
        part("getDate") { fields, _ in fields.day },
        part("getDayOfMonth") { fields, _ in fields.day - 1 },
        part("getDayOfWeek") { fields, _ in fields.weekday },
        part("getDayOfYear") { fields, _ in fields.dayOfYear },
        part("getHours", ofSpan: { $0.seconds / 3600 }) { fields, _ in fields.hour },
        part("getMinutes", ofSpan: { $0.seconds / 60 }) { fields, _ in fields.minute },
        part("getSeconds", ofSpan: { $0.seconds }) { fields, _ in fields.second },
        part("getMilliseconds", ofSpan: { Int64($0.nanoseconds / 1_000_000) }) { _, moment in
            Int64(moment.nanoseconds / 1_000_000)
        },
    ]

    private static func part(
        _ name: String, ofSpan: (@Sendable (Span) -> Int64)? = nil,
        _ read: @escaping @Sendable (CivilFields, Timestamp) -> Int64
    ) -> Builtin {
        let signatures = [Signature(.timestamp, to: .int), Signature(.timestamp, .string, to: .int)]
        return Builtin(name: name, signatures: signatures + (ofSpan == nil ? [] : [Signature(.duration, to: .int)])) {
            (frame: inout Frame, arguments: [Value]) throws(EvaluationError) in
            switch (arguments[0], arguments.count) {
            case (.duration(let span), 1):
                guard let ofSpan else { throw .noOverload(name, arguments) }
                return .int(ofSpan(span))
            case (.timestamp(let moment), 1): return .int(read(CivilFields(moment, offset: 0), moment))
            case (.timestamp(let moment), 2):
                let offset = try offset(of: try arguments.text(1), at: moment, frame)
                return .int(read(CivilFields(moment, offset: offset), moment))
            default: throw .noOverload(name, arguments)
            }
        }
    }

    private static func offset(of zone: String, at moment: Timestamp, _ frame: Frame) throws(EvaluationError) -> Int {
        if zone == "UTC" || zone.isEmpty { return 0 }
        var reader = DigitReader(zone)
        if let offset = reader.offset(isLenient: true), reader.isAtEnd { return Int(offset) }
        guard let offset = frame.zoneOffset?(zone, moment) else { throw EvaluationError("unknown time zone: '\(zone)'") }
        return offset
    }
}
