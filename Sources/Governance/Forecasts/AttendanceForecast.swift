import Calendars
import Workflows

/// How a member's attendance stands under the body's policy, and until when it is safe.
public struct AttendanceForecast: Sendable {
    public var representative: ID
    public var person: ID
    /// The meetings held in the member's term, oldest first.
    public var records: [AttendancePolicy.Record]
    /// The day of the last meeting attended; nil where none was, and the term's first day counts.
    public var lastAttended: CivilDate?
    /// The last day on which attending still helps; nil where only the number of meetings matters.
    public var lastSafeDay: CivilDate?
    /// The last meeting planned that is safe to be the next attended; nil where none is planned in time.
    public var lastSafeMeeting: ID?
    /// So many meetings more may be missed; nil where that is not counted.
    public var missesLeft: Int?
    /// Whether it is too little already.
    public var isTooLittle: Bool
    public var consequence: String
}

extension Registrar {
    /// The attendance of all who serve on a body now; empty where its rules ask nothing.
    public func forecastAttendance(of body: ID, in standing: Standing, now: Instant) -> [AttendanceForecast] {
        let binding = rulebook.binding(of: body)
        guard let policy = binding.pack.attendance else { return [] }
        return standing.records.representatives.values.sorted { numbered($0.id, $1.id) }.compactMap { it in
            guard standing.records.seats[it.seat]?.body == body, standing.serves(it, on: binding.zone.civil(at: now).date)
            else { return nil }
            return standing.forecast(of: it, by: policy, binding: binding, now: now)
        }
    }
}

extension Standing {
    /// How the attendance of one member stands; nil for a stand-in, who serves no term.
    func forecast(
        of it: Representative, by policy: AttendancePolicy, binding: Rulebook.Binding, now: Instant
    ) -> AttendanceForecast? {
        guard let term = it.term.flatMap({ self.records.terms[$0] }), let body = self.records.seats[it.seat]?.body else {
            return nil
        }
        let meetings = self.records.meetings(of: body)
        let held = meetings.filter { $0.ended != nil && serves(it, on: $0.day) }
        let planned = meetings.filter { $0.opened == nil && $0.start > now }
        let zone = binding.zone
        let records = held.map { record(of: it, at: $0) }
        let attended = Array(zip(held, records)).last { policy.startsAnew($0.1) }?.0.day
        let safeDay = policy.lastSafeDay(after: attended ?? term.start)
        let isPast = safeDay.map { $0 < zone.civil(at: now).date } ?? false
        return AttendanceForecast(
            representative: it.id, person: it.person, records: records, lastAttended: attended, lastSafeDay: safeDay,
            lastSafeMeeting: safeDay.flatMap { day in planned.last { $0.day <= day }?.id },
            missesLeft: policy.missesLeft(after: records), isTooLittle: isPast || policy.isTooLittle(records),
            consequence: policy.consequence)
    }
}

extension Standing {
    /// How a member attended a meeting that was held.
    public func record(of it: Representative, at meeting: Meeting) -> AttendancePolicy.Record {
        let presence = records.rolls[meeting.id]?.presence ?? [:]
        if !(presence[it.person] ?? []).isEmpty { return .attended }
        let stoodIn = records.representatives.values.contains { other in
            other.seat == it.seat && other.term == nil && !(presence[other.person] ?? []).isEmpty
        }
        if stoodIn { return .represented }
        let given = cases(of: "representative", for: [.meeting: meeting.id, .representative: it.id]).last?.given ?? [:]
        guard let apologised = given["apologise"]?.at else { return .absent }
        return (given["accept"]?.at ?? .earliest) > apologised ? .absent : .apologised
    }
}
