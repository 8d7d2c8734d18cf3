/// Which days do not count when days are counted: a rule pack's word, never the engine's.
public struct CountingPolicy: Hashable, Sendable, Codable {
    /// Weekdays that do not count.
    public var weekdaysLeftOut: Weekdays
    /// Whether the days of the holiday table do not count.
    public var leavesOutHolidays: Bool
    /// The policy's name, for the derivation.
    public var name: String?
    /// Where it is written: a statute's section, an order's paragraph.
    public var source: String?

    public init(weekdaysLeftOut: Weekdays, leavesOutHolidays: Bool, name: String? = nil, source: String? = nil) {
        self.weekdaysLeftOut = weekdaysLeftOut
        self.leavesOutHolidays = leavesOutHolidays
        self.name = name
        self.source = source
    }

    /// Every day counts.
    public static let calendar = CountingPolicy(weekdaysLeftOut: .none, leavesOutHolidays: false)
    /// Weekends and holidays do not count.
    public static let working = CountingPolicy(weekdaysLeftOut: .weekend, leavesOutHolidays: true)
    /// Sundays and holidays do not count.
    public static let exceptSundays = CountingPolicy(weekdaysLeftOut: .sunday, leavesOutHolidays: true)

    /// What does not count, in words: "Saturdays, Sundays and holidays are left out".
    public var words: String {
        var names = weekdaysLeftOut.members.map { "\($0.name)s" }
        if leavesOutHolidays { names.append("holidays") }
        guard let last = names.popLast() else { return "every day counts" }
        return (names.isEmpty ? last : "\(names.joined(separator: ", ")) and \(last)") + " are left out"
    }
}
