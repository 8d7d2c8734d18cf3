/// A moment, the same everywhere: whole seconds since 1 January 1970 in UTC, leap seconds left out, between the years 1 and 9999.
public struct Instant: Hashable, Sendable {
    public let seconds: Int64

    /// The instant so many seconds from 1970; one outside the years 1 to 9999 becomes the first or last of them.
    public init(seconds: Int64) { self.seconds = min(max(seconds, Self.earliestSecond), Self.latestSecond) }

    /// The instant at which a clock in UTC shows this.
    public init(utc civil: CivilDateTime) { self.init(seconds: civil.secondsIgnoringZone) }

    /// What a clock in UTC shows.
    public var utc: CivilDateTime { CivilDateTime(secondsIgnoringZone: seconds) }

    /// So many seconds later, or earlier where the number is negative; stops at the ends of the calendar.
    public func adding(seconds more: Int64) -> Instant {
        let (sum, overflow) = seconds.addingReportingOverflow(more)
        return Instant(seconds: overflow ? (more < 0 ? Self.earliestSecond : Self.latestSecond) : sum)
    }

    public static let earliest = Instant(seconds: earliestSecond)
    public static let latest = Instant(seconds: latestSecond)
    private static let earliestSecond: Int64 = -62_135_596_800
    private static let latestSecond: Int64 = 253_402_300_799
}

extension Instant: Comparable {
    public static func < (lhs: Instant, rhs: Instant) -> Bool { lhs.seconds < rhs.seconds }
}

extension Instant: LosslessStringConvertible {
    /// ISO 8601 in UTC: `2026-11-18T14:00:00Z`.
    public var description: String {
        let civil = utc
        var text: [UInt8] = []
        text.reserveCapacity(20)
        civil.date.write(to: &text)
        text.append(UInt8(ascii: "T"))
        civil.time.write(to: &text, withSeconds: true)
        text.append(UInt8(ascii: "Z"))
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads ISO 8601 with `Z` or an offset; nil for anything else. `WrittenMoment.parse` says what is wrong.
    public init?(_ text: String) {
        guard case .success(.instant(let instant)) = WrittenMoment.parse(text) else { return nil }
        self = instant
    }
}

extension Instant: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let instant = Instant(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "`\(text)` is not an instant")
        }
        self = instant
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
