/// The parts of a moment on a calendar and a clock that are ahead of UTC by an offset in seconds.
struct CivilFields {
    var (year, month, day): (Int64, Int64, Int64)
    var (hour, minute, second): (Int64, Int64, Int64)
    /// From 0, a Sunday.
    var weekday: Int64
    /// From 0.
    var dayOfYear: Int64

    init(_ moment: Timestamp, offset: Int) {
        let seconds = moment.seconds &+ Int64(offset)
        let days = seconds >= 0 ? seconds / 86400 : -((86399 - seconds) / 86400)
        let rest = seconds - days * 86400
        (year, month, day) = CivilDay.date(days)
        (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60)
        weekday = ((days + 4) % 7 + 7) % 7
        dayOfYear = days - CivilDay.number(year: year, month: 1, day: 1)
    }
}

/// Days of the Gregorian calendar, counted from 1970-01-01.
enum CivilDay {
    /// Years are counted from March here, so that the leap day is the last of its year; 400 years have 146,097 days.
    static func number(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month > 2 ? year : year - 1
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    static func date(_ number: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    static func length(ofMonth month: Int64, year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
