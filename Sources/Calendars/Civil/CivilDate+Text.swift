extension CivilDate: CustomStringConvertible {
    /// `2026-11-18`.
    public var description: String {
        var digits: [UInt8] = []
        write(to: &digits)
        return String(decoding: digits, as: UTF8.self)
    }

    /// The journal is full of dates, so they are written digit by digit.
    func write(to digits: inout [UInt8]) {
        let (year, month, day) = parts
        digits.append(year, width: 4)
        digits.append(UInt8(ascii: "-"))
        digits.append(month, width: 2)
        digits.append(UInt8(ascii: "-"))
        digits.append(day, width: 2)
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

extension [UInt8] {
    /// Appends the digits of a number that is not negative, with noughts before them up to the width.
    mutating func append(_ number: Int, width: Int) {
        var worth = 1
        for _ in 1..<width { worth *= 10 }
        while worth * 10 <= number { worth *= 10 }
        while worth > 0 {
            append(UInt8(ascii: "0") + UInt8(number / worth % 10))
            worth /= 10
        }
    }
}
