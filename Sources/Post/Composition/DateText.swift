/// The date of a message (RFC 5322, section 3.3): `Tue, 14 Apr 2026 09:30:00 +0100`.
///
/// `instant` is in seconds since 1970; `zoneOffset` is the zone it is printed in. Throws `.zoneOffset`.
func dateText(_ instant: Int64, zoneOffset: String) throws(CompositionError) -> String {
    let digits = zoneOffset.utf8.dropFirst().compactMap { (0x30...0x39).contains($0) ? Int64($0 - 0x30) : nil }
    guard zoneOffset.utf8.count == 5, digits.count == 4, let sign = zoneOffset.first, sign == "+" || sign == "-" else {
        throw .zoneOffset(zoneOffset)
    }
    let minutes = (digits[0] * 10 + digits[1]) * 60 + digits[2] * 10 + digits[3]
    guard digits[2] < 6, minutes < 24 * 60 else { throw .zoneOffset(zoneOffset) }
    // The years 1 to 9999: an instant beyond them is printed as the nearest that can be.
    let bounded = min(max(instant, -62_135_500_000), 253_402_200_000)
    let local = bounded + (sign == "-" ? -minutes : minutes) * 60
    let days = Int64((Double(local) / 86_400).rounded(.down))
    let seconds = local - days * 86_400
    let (year, month, day) = civilDate(daysSince1970: days)
    let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][Int(((days % 7) + 7) % 7)]
    let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, to: 2) }.joined(separator: ":")
    return "\(weekday), \(padded(day, to: 2)) \(monthNames[Int(month - 1)]) \(padded(year, to: 4)) \(time) \(zoneOffset)"
}

private let monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

private func padded(_ number: Int64, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// The Gregorian date of a day after the year 0, counted in eras of 400 years that begin on 1 March, so that leap days come last.
private func civilDate(daysSince1970 days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
}
