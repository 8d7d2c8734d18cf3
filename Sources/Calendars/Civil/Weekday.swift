/// A day of the week, numbered as in ISO 8601: Monday is 1, Sunday 7.
public enum Weekday: Int, Hashable, Sendable, CaseIterable, Comparable, Codable {
    case monday = 1
    case tuesday, wednesday, thursday, friday, saturday, sunday

    /// The English name with a capital, as rules spell it.
    public var name: String { Self.names[rawValue - 1] }
    /// The first three letters of the name.
    public var shortName: String { Self.shortNames[rawValue - 1] }

    /// The weekday with this English name, spelled as `name` is; nil for anything else.
    public init?(name: String) {
        guard let index = Self.names.firstIndex(of: name) else { return nil }
        self.init(rawValue: index + 1)
    }

    public static func < (lhs: Weekday, rhs: Weekday) -> Bool { lhs.rawValue < rhs.rawValue }

    static let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    static let shortNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
}

/// A set of weekdays that costs a byte.
public struct Weekdays: OptionSet, Hashable, Sendable, Codable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue & 0x7F }

    /// The set of these weekdays.
    public init(_ weekdays: some Sequence<Weekday>) {
        self.init(rawValue: weekdays.reduce(0) { $0 | 1 << UInt8($1.rawValue - 1) })
    }

    public static let none: Weekdays = []
    public static let sunday = Weekdays([Weekday.sunday])
    public static let weekend = Weekdays([Weekday.saturday, .sunday])
    public static let all = Weekdays(rawValue: 0x7F)

    /// Whether the weekday is in the set.
    public func contains(_ weekday: Weekday) -> Bool { rawValue & 1 << UInt8(weekday.rawValue - 1) != 0 }

    /// The members, Monday first.
    public var members: [Weekday] { Weekday.allCases.filter(contains) }
}
