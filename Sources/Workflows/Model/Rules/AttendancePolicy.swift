public import Calendars

/// How long, or how often, a member may stay away.
public struct AttendancePolicy: Sendable, Hashable {
    /// How a member attended one meeting that was held and that they were to attend.
    public enum Record: String, Sendable, CaseIterable, Hashable { case attended, represented, apologised, absent }

    /// No attendance for so long from the last one is too long.
    public var absence: CountedPeriod?
    /// So many meetings missed in a row are too many.
    public var missesInARow: Int?
    /// Less than this share of the meetings is too little, as numerator and denominator.
    public var leastShare: [Int]?
    /// Whether a meeting missed with apologies counts as missed.
    public var apologyExcuses: Bool
    /// Whether a meeting at which a substitute sat in counts as attended.
    public var substituteAttends: Bool
    /// Whether what follows takes effect by itself; else somebody must decide it.
    public var takesEffectByItself: Bool
    /// What follows, in words.
    public var consequence: String

    public init(
        absence: CountedPeriod? = nil, missesInARow: Int? = nil, leastShare: [Int]? = nil, apologyExcuses: Bool,
        substituteAttends: Bool, takesEffectByItself: Bool, consequence: String
    ) {
        self.absence = absence
        self.missesInARow = missesInARow
        self.leastShare = leastShare
        self.apologyExcuses = apologyExcuses
        self.substituteAttends = substituteAttends
        self.takesEffectByItself = takesEffectByItself
        self.consequence = consequence
    }
}

extension AttendancePolicy {
    /// The last day on which attending still helps: the corresponding date so many months after the last attendance (LGA 1972 s.85:
    /// last attended 21 May, safe until 21 November). Nil where only the number of meetings matters.
    public func lastSafeDay(after attended: CivilDate) -> CivilDate? {
        guard let absence else { return nil }
        switch absence.unit {
        case .months: return attended.adding(months: absence.number)
        case .years: return attended.adding(months: 12 * absence.number)
        case .weeks: return attended.adding(days: 7 * absence.number)
        case .days: return attended.adding(days: absence.number)
        case .hours, .minutes: return attended
        }
    }

    private func isAttended(_ record: Record) -> Bool { record == .attended || record == .represented && substituteAttends }

    /// Whether a meeting so attended starts the count anew.
    public func startsAnew(_ record: Record) -> Bool { isAttended(record) }

    private func isMissed(_ record: Record) -> Bool { !isAttended(record) && !(record == .apologised && apologyExcuses) }

    /// Meetings missed in a row up to now, oldest first in `records`; one missed with an excuse neither counts nor breaks the row.
    public func missedInARow(_ records: [Record]) -> Int {
        var missed = 0
        for record in records.reversed() {
            if isAttended(record) { break }
            if isMissed(record) { missed += 1 }
        }
        return missed
    }

    /// Whether these meetings, oldest first, are too few attended; the meetings excused are left out of the share.
    public func isTooLittle(_ records: [Record]) -> Bool {
        if let missesInARow, missedInARow(records) >= missesInARow { return true }
        guard let leastShare, leastShare.count == 2 else { return false }
        let counted = records.filter { isAttended($0) || isMissed($0) }
        return !counted.isEmpty && counted.count(where: isAttended) * leastShare[1] < counted.count * leastShare[0]
    }

    /// So many meetings more may be missed before it is too many; nil where that is not counted.
    public func missesLeft(after records: [Record]) -> Int? { missesInARow.map { max(0, $0 - 1 - missedInARow(records)) } }
}
