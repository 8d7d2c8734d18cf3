import Calendars
import Workflows

/// How the calling of a meeting stands: the last day for notice, agenda or papers, and whether it is still possible.
public struct Calling: Sendable {
    /// `notice`, `agenda`, `papers`, or `sending` where a notice counts as given only some time after it was sent.
    public var what: String
    public var deadline: Result<Deadline, DeadlineFailure>
    /// When it was done; nil while it is not.
    public var done: Instant?
    /// Whether the last day has not passed.
    public var isPossible: Bool

    /// Whether it was done too late, or is not done and cannot be in time any more.
    public var isShort: Bool {
        guard case .success(let deadline) = deadline else { return false }
        return done.map { $0 > deadline.instant } ?? !isPossible
    }
}

extension Standing {
    /// The last moment for what the rules ask before a meeting; nil where they set no such period.
    public func calling(_ period: String, of meeting: Meeting, by rulebook: Rulebook) -> Result<Deadline, DeadlineFailure>? {
        let binding = binding(ofMeeting: meeting.id, by: rulebook)
        guard binding.pack.periods[period] != nil else { return nil }
        guard case .success(let rule) = DeadlineRule.parse("policy.\(period) before meeting.start", for: .deadline) else {
            return nil
        }
        return rule.evaluate(in: binding.facts(meeting: meeting.start))
    }
}

extension Rulebook.Binding {
    /// What deadlines before one meeting are reckoned from.
    public func facts(meeting start: Instant, notice given: CivilDate? = nil) -> DeadlineFacts {
        let periods = pack.periods
        return DeadlineFacts(
            zone: zone, holidays: holidays, counting: pack.counting, working: pack.working,
            anchor: { path in
                switch path {
                case ["meeting", "start"]: .instant(start)
                case ["notice", "given"]: given.map { .date($0) }
                default: nil
                }
            }, period: { periods[$0] },
            phrase: { $0 == ["notice", "given"] ? "the day on which notice counts as given" : nil })
    }
}

extension Registrar {
    /// The last days for notice, agenda and papers of a meeting as things stand.
    public func callings(of id: ID, in standing: Standing, now: Instant) -> [Calling] {
        guard let meeting = standing.records.meetings[id] else { return [] }
        let it = standing.cases(of: "meeting", for: [.meeting: id]).last
        let moved = it?.given["reschedule"]?.at ?? .earliest
        let given = ["notice": "give_notice", "agenda": "publish_agenda", "papers": "circulate"]
        var found: [Calling] = []
        for what in RulePack.requiredPeriods {
            guard let deadline = standing.calling(what, of: meeting, by: rulebook) else { continue }
            var done = given[what].flatMap { it?.given[$0]?.at }
            // A notice of another time is none.
            if what == "notice", let given = done, given < moved { done = nil }
            if what == "notice", let sending = sending(deadline, meeting, standing, done, now) { found.append(sending) }
            found.append(calling(what, deadline, done, now))
        }
        return found
    }

    private func calling(
        _ what: String, _ deadline: Result<Deadline, DeadlineFailure>, _ done: Instant?, _ now: Instant
    ) -> Calling {
        let isPossible = (try? deadline.get()).map { now <= $0.instant } ?? false
        return Calling(what: what, deadline: deadline, done: done, isPossible: isPossible)
    }

    /// Where notice counts as given only some time after it was sent, the last day to send it.
    private func sending(
        _ notice: Result<Deadline, DeadlineFailure>, _ meeting: Meeting, _ standing: Standing, _ done: Instant?, _ now: Instant
    ) -> Calling? {
        let binding = standing.binding(ofMeeting: meeting.id, by: rulebook)
        guard binding.pack.periods["receipt"] != nil, case .success(let given) = notice,
            case .success(let rule) = DeadlineRule.parse("policy.receipt before notice.given", for: .deadline)
        else { return nil }
        return calling("sending", rule.evaluate(in: binding.facts(meeting: meeting.start, notice: given.date)), done, now)
    }
}
