extension CivilDate: CustomStringConvertible {
    /// `2026-11-18`.
    public var description: String {
        let (year, month, day) = parts
        return "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))"
    }

    /// `Wed 18 Nov 2026`, for people.
    public var words: String { "\(shortWords) \(year)" }

    /// `Wed 18 Nov`, where the year is plain from what stands around it.
    public var shortWords: String { "\(weekday.shortName) \(day) \(Self.monthNames[month - 1])" }

    static let monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}

extension CivilDate: LosslessStringConvertible {
    /// Reads `2026-11-18`; nil for anything else. `WrittenMoment.parse` says what is wrong.
    public init?(_ text: String) {
        guard case .success(.date(let date)) = WrittenMoment.parse(text) else { return nil }
        self = date
    }
}

extension CivilDate: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let date = CivilDate(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "`\(text)` is not a date")
        }
        self = date
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Int {
    /// Digits with noughts before them up to the width.
    func padded(_ width: Int) -> String {
        let digits = String(magnitude)
        return (self < 0 ? "-" : "") + String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}
