/// A length of time as rules write it: `5 clear days`, `10 working days`, `6 months`, `48 hours`.
public struct CountedPeriod: Hashable, Sendable {
    public enum Unit: String, Hashable, Sendable, CaseIterable, Codable {
        case minutes, hours, days, weeks, months, years
    }

    /// Which days count. What `working` and `clear` leave out is the policy's.
    public enum Counting: String, Hashable, Sendable, CaseIterable, Codable {
        case calendar, working
        /// Neither the day from which is counted nor the day found counts.
        case clear
    }

    /// 0 to `largestNumber`.
    public let number: Int
    public let unit: Unit
    public let counting: Counting

    /// A period; `counting` matters for days only.
    public init(_ number: Int, _ unit: Unit, counting: Counting = .calendar) {
        self.number = min(max(number, 0), Self.largestNumber)
        self.unit = unit
        self.counting = unit == .days ? counting : .calendar
    }

    /// No rule counts further.
    public static let largestNumber = 10_000

    /// Whether it is measured on the clock and keeps the instant.
    public var isOnTheClock: Bool { unit == .hours || unit == .minutes }

    /// Reads `5 clear days`, or says what is wrong with it and where.
    public static func parse(_ text: String) -> Result<CountedPeriod, RuleProblem> {
        var parser = DeadlineParser(text)
        do { return .success(try parser.wholePeriod()) } catch { return .failure(error) }
    }
}

extension CountedPeriod: CustomStringConvertible {
    /// As rules write it.
    public var description: String { "\(number) \(unitWords)" }

    /// The unit with its adjective, as after the number.
    var unitWords: String {
        let word = number == 1 ? String(unit.rawValue.dropLast()) : unit.rawValue
        return counting == .calendar ? word : "\(counting.rawValue) \(word)"
    }

    /// One of the days counted, with its adjective.
    var dayWords: String { counting == .calendar ? "day" : "\(counting.rawValue) day" }
}
