/// A time zone: what clocks in a place show at each instant, read from the bytes of a TZif file (RFC 9636).
///
/// The core reads no disk, so whoever makes one hands in the bytes of `/usr/share/zoneinfo/Europe/London`.
public struct Zone: Sendable {
    public let name: String
    /// The instants, in seconds since 1970, from which `periods` of the same index hold; the first period holds from ever.
    private let starts: [Int64]
    private let periods: [Period]
    /// Whether the last 400 years of `starts` come from the footer's rule, which then goes on for ever.
    private let repeats: Bool

    /// What holds between two transitions.
    struct Period: Hashable, Sendable {
        /// Seconds that local time is ahead of UTC.
        var offset: Int
        var isDaylightSaving: Bool
        var abbreviation: String
    }

    /// Reads the bytes of a TZif file. Throws where they are none, are cut off or contradict themselves, or count leap seconds.
    public init(name: String, tzif: [UInt8]) throws(ZoneFailure) {
        let file = try ZoneFile(bytes: tzif)
        var starts = [Int64.min] + file.transitions.map(\.at)
        var periods = [file.first] + file.transitions.map(\.period)
        if let rule = file.rule {
            Self.extend(&starts, &periods, by: rule)
        }
        repeats = starts.count > file.transitions.count + Self.fewestRepeated
        self.starts = starts
        self.periods = periods
        self.name = name
    }

    private init(name: String, period: Period) {
        self.name = name
        starts = [Int64.min]
        periods = [period]
        repeats = false
    }

    /// The zone in which clocks show UTC.
    public static let utc = Zone(name: "UTC", period: Period(offset: 0, isDaylightSaving: false, abbreviation: "UTC"))
}

extension Zone: Hashable {
    public static func == (lhs: Zone, rhs: Zone) -> Bool {
        lhs.name == rhs.name && lhs.starts == rhs.starts && lhs.periods == rhs.periods
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(starts.count)
    }
}

extension Zone {
    /// Seconds that clocks here are ahead of UTC at the instant.
    public func offset(at instant: Instant) -> Int { periods[index(at: folded(instant.seconds).seconds)].offset }

    /// The letters that name the time then, such as `GMT` or `BST`.
    public func abbreviation(at instant: Instant) -> String {
        periods[index(at: folded(instant.seconds).seconds)].abbreviation
    }

    /// Whether summer time holds then.
    public func isDaylightSaving(at instant: Instant) -> Bool {
        periods[index(at: folded(instant.seconds).seconds)].isDaylightSaving
    }

    /// What a clock here shows at the instant.
    public func civil(at instant: Instant) -> CivilDateTime {
        CivilDateTime(secondsIgnoringZone: instant.seconds + Int64(offset(at: instant)))
    }

    /// The instant at which a clock here shows this. A time that the clock skips (the spring gap) moves on by the gap, one that it
    /// shows twice (the autumn fold) is the first.
    public func instant(of civil: CivilDateTime) -> Instant {
        let (local, shift) = folded(civil.secondsIgnoringZone)
        var current = index(at: local - Self.widestOffset)
        while true {
            let candidate = local - Int64(periods[current].offset)
            let end = current + 1 < starts.count ? starts[current + 1] : Int64.max
            if candidate < end {
                return Instant(seconds: max(candidate, starts[current]) + skipped(candidate, current) + shift)
            }
            current += 1
        }
    }

    /// The first instant of the civil day here.
    public func start(of date: CivilDate) -> Instant { instant(of: CivilDateTime(date, .midnight)) }

    /// The last whole second of the civil day here.
    public func end(of date: CivilDate) -> Instant {
        guard date < .latest else { return .latest }
        return start(of: date.adding(days: 1)).adding(seconds: -1)
    }

    /// The instants from `first` to `last` at which the offset, the letters or summer time change.
    public func transitions(from first: Instant, through last: Instant) -> [Instant] {
        starts.lazy.filter { $0 >= first.seconds && $0 <= last.seconds }.map { Instant(seconds: $0) }
    }

    /// A candidate before its period's start lies in the gap there: by the offset that held before, it is so much past the start.
    private func skipped(_ candidate: Int64, _ current: Int) -> Int64 {
        guard current > 0, candidate < starts[current] else { return 0 }
        return candidate + Int64(periods[current].offset - periods[current - 1].offset) - starts[current]
    }

    private func index(at seconds: Int64) -> Int {
        var low = 0
        var high = starts.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if starts[middle] <= seconds { low = middle } else { high = middle - 1 }
        }
        return low
    }

    /// Seconds past the reckoned years stand for those some times 400 years earlier, for which the calendar repeats.
    private func folded(_ seconds: Int64) -> (seconds: Int64, shift: Int64) {
        guard repeats, let last = starts.last, seconds > last - Self.margin else { return (seconds, 0) }
        let cycles = (seconds - last + Self.margin) / Self.cycle + 1
        return (seconds - cycles * Self.cycle, cycles * Self.cycle)
    }

    /// Goes on from the last transition with the rule's for 401 years and more, so that 400 of them are whole.
    private static func extend(_ starts: inout [Int64], _ periods: inout [Period], by rule: ZoneRule) {
        guard rule.daylightSaving != nil else { return }
        let last = starts[starts.count - 1]
        let year = last == .min ? 1900 : CivilDateTime(secondsIgnoringZone: last).date.year
        for change in (year...year + 403).flatMap(rule.changes(in:)) where change.at > last {
            if change.at == starts[starts.count - 1] {
                periods[periods.count - 1] = change.period
                continue
            }
            guard change.period != periods[periods.count - 1] else { continue }
            starts.append(change.at)
            periods.append(change.period)
        }
    }

    private static let widestOffset: Int64 = 26 * 3600
    private static let fewestRepeated = 2 * 400
    private static let margin: Int64 = 366 * 86_400
    private static let cycle: Int64 = 146_097 * 86_400
}

/// Why bytes are no time zone.
public enum ZoneFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The bytes do not begin as a TZif file does.
    case notTZif
    case cutOff(at: Int)
    /// The file contradicts itself or RFC 9636; the sentence says where.
    case broken(String)
    /// The file counts leap seconds, as those under `right/` do; civil time does not.
    case leapSeconds

    public var description: String {
        switch self {
        case .notTZif: "this is not a TZif file"
        case .cutOff(let offset): "the TZif file is cut off at byte \(offset)"
        case .broken(let sentence): "the TZif file is broken: \(sentence)"
        case .leapSeconds: "the TZif file counts leap seconds; take the one that is not under `right/`"
        }
    }
}
