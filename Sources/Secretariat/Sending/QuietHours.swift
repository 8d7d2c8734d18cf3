public import Calendars

/// The time of night in which nothing leaves that can wait until morning.
public struct QuietHours: Sendable, Hashable {
    public var from: CivilTime
    public var to: CivilTime

    public init(from: CivilTime, to: CivilTime) {
        self.from = from
        self.to = to
    }

    /// When the quiet ends in which the instant falls; nil where it falls in none.
    func end(around instant: Instant, in zone: Zone) -> Instant? {
        let local = zone.civil(at: instant)
        let isOverMidnight = to < from
        let isQuiet = isOverMidnight ? local.time >= from || local.time < to : local.time >= from && local.time < to
        guard isQuiet else { return nil }
        let day = isOverMidnight && local.time >= from ? local.date.adding(days: 1) : local.date
        let end = zone.instant(of: CivilDateTime(day, to))
        return end > instant ? end : nil
    }
}

extension Workspace {
    /// When the quiet of the moment ends; nil where mail may leave now.
    func quietEnd(at now: Instant) -> Instant? { settings.quietHours.flatMap { $0.end(around: now, in: zone) } }
}
