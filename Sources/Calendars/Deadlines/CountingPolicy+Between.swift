extension CountingPolicy {
    /// The days between two days, neither of which counts, that count under the policy: the clear days that a notice gave.
    public func clearDays(
        between first: CivilDate, and last: CivilDate, holidays: HolidayTable?
    ) -> Result<Int, DeadlineFailure> {
        guard first.daysSince1970 + 1 < last.daysSince1970 else { return .success(0) }
        if leavesNothingOut { return .success(Int(last.daysSince1970 - first.daysSince1970) - 1) }
        var count = 0
        var date = first.adding(days: 1)
        while date < last {
            if !weekdaysLeftOut.contains(date.weekday) {
                guard leavesOutHolidays else {
                    count += 1
                    date = date.adding(days: 1)
                    continue
                }
                guard let table = holidays else { return .failure(.noHolidayTable) }
                guard let isHoliday = table.isHoliday(date) else { return .failure(.outsideTable(table.name, date)) }
                if !isHoliday { count += 1 }
            }
            date = date.adding(days: 1)
        }
        return .success(count)
    }
}
