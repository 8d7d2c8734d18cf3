import CLibical

extension CalendarFile {
    /// Reads a text, whoever wrote it: what cannot be understood is left out, and nothing in it can stop the program or hold it up.
    ///
    /// Bytes that are no UTF-8 are read as well as they can be. Of several calendars in one text all entries are read.
    public static func read(_ bytes: some Collection<UInt8>) -> Result<CalendarFile, CalendarFailure> {
        guard bytes.count <= largest else { return .failure(.tooLarge) }
        guard let text = balanced(String(decoding: bytes.filter { $0 != 0 }, as: UTF8.self)) else { return .failure(.tooDeep) }
        guard let root = CalendarComponent(parsing: text), let file = file(in: root) else { return .failure(.notACalendar) }
        return .success(file)
    }

    /// The root is borrowed, so that it outlives all views of it.
    private static func file(in root: borrowing CalendarComponent) -> CalendarFile? {
        let calendars =
            icalcomponent_isa(root.pointer) == ICAL_VCALENDAR_COMPONENT
            ? [root.pointer] : components(ICAL_VCALENDAR_COMPONENT, of: root.pointer)
        guard let first = calendars.first else { return nil }
        var file = CalendarFile(method: method(of: first), name: name(of: first), entries: [])
        for calendar in calendars {
            let zones = ZoneTables(of: calendar)
            for kind in [CalendarEntry.Kind.event, .task] {
                let found = components(kind == .event ? ICAL_VEVENT_COMPONENT : ICAL_VTODO_COMPONENT, of: calendar)
                file.entries += found.map { CalendarEntry(kind, $0, zones) }
            }
        }
        return file
    }

    /// The text without ends that end nothing, of which libical complains on standard error; nil where components lie too deep within
    /// each other, as libical frees them by calling itself, and would run out of stack.
    private static func balanced(_ text: String) -> String? {
        var depth = 0
        var kept: [Substring.UTF8View] = []
        for line in text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            if begins(line, "BEGIN") {
                depth += 1
                if depth > deepest { return nil }
            } else if begins(line, "END") {
                if depth == 0 { continue }
                depth -= 1
            }
            kept.append(line)
        }
        return kept.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\r\n") + "\r\n"
    }

    private static func begins(_ line: Substring.UTF8View, _ word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        guard let mark = line.dropFirst(length).first, mark == UInt8(ascii: ":") || mark == UInt8(ascii: ";") else {
            return false
        }
        return zip(line, 0..<length).allSatisfy { byte, place in byte & 0xDF == word.utf8Start[place] }
    }

    private static func method(of calendar: OpaquePointer) -> Method? {
        guard let property = properties(ICAL_METHOD_PROPERTY, of: calendar).first,
            let value = value(of: property, in: [ICAL_METHOD_VALUE])
        else { return nil }
        return Method(icalvalue_get_method(value))
    }

    private static func name(of calendar: OpaquePointer) -> String? {
        properties(ICAL_X_PROPERTY, of: calendar).first { property in
            icalproperty_get_x_name(property).map { String(cString: $0).uppercased() == "X-WR-CALNAME" } ?? false
        }.flatMap(words)
    }
}

extension CalendarEntry {
    fileprivate init(_ kind: Kind, _ component: OpaquePointer, _ zones: ZoneTables) {
        let text = { (kind: icalproperty_kind) in properties(kind, of: component).first.flatMap(words) }
        let moment = { (kind: icalproperty_kind) in properties(kind, of: component).first.flatMap { zones.moment(of: $0) } }
        self.init(
            kind: kind, uid: text(ICAL_UID_PROPERTY) ?? "", stamp: moment(ICAL_DTSTAMP_PROPERTY)?.seconds ?? 0,
            summary: text(ICAL_SUMMARY_PROPERTY) ?? "", location: text(ICAL_LOCATION_PROPERTY),
            description: text(ICAL_DESCRIPTION_PROPERTY))
        start = moment(ICAL_DTSTART_PROPERTY)
        due = moment(ICAL_DUE_PROPERTY)
        end = moment(ICAL_DTEND_PROPERTY) ?? Self.end(after: start, component)
        occurrence = moment(ICAL_RECURRENCEID_PROPERTY)
        comment = text(ICAL_COMMENT_PROPERTY)
        excluded = properties(ICAL_EXDATE_PROPERTY, of: component).compactMap { zones.moment(of: $0) }
        if let property = properties(ICAL_SEQUENCE_PROPERTY, of: component).first,
            let value = value(of: property, in: [ICAL_INTEGER_VALUE])
        {
            sequence = Int(icalvalue_get_integer(value))
        }
        if let property = properties(ICAL_STATUS_PROPERTY, of: component).first,
            let value = value(of: property, in: [ICAL_STATUS_VALUE])
        {
            status = Status(icalvalue_get_status(value))
        }
        if let property = properties(ICAL_TRANSP_PROPERTY, of: component).first,
            let value = value(of: property, in: [ICAL_TRANSP_VALUE])
        {
            isBusy = icalvalue_get_transp(value) != ICAL_TRANSP_TRANSPARENT
        }
        recurrence = properties(ICAL_RRULE_PROPERTY, of: component).first.flatMap(raw)
        organizer = properties(ICAL_ORGANIZER_PROPERTY, of: component).first.flatMap(CalendarPerson.init)
        attendees = properties(ICAL_ATTENDEE_PROPERTY, of: component).compactMap(CalendarPerson.init)
    }

    /// The end of an entry that says how long it is; a day without either is that day.
    private static func end(after start: CalendarMoment?, _ component: OpaquePointer) -> CalendarMoment? {
        guard case .instant(let begun)? = start,
            let property = properties(ICAL_DURATION_PROPERTY, of: component).first,
            let value = value(of: property, in: [ICAL_DURATION_VALUE])
        else { return nil }
        return .instant(begun + Int64(icaldurationtype_as_int(icalvalue_get_duration(value))))
    }
}

extension CalendarPerson {
    fileprivate init?(_ property: OpaquePointer) {
        guard let written = raw(property) else { return nil }
        let scheme = "mailto:"
        address = written.lowercased().hasPrefix(scheme) ? String(written.dropFirst(scheme.count)) : written
        name = icalproperty_get_first_parameter(property, ICAL_CN_PARAMETER)
            .flatMap { icalparameter_get_cn($0) }.map { String(cString: $0) }
        role = icalproperty_get_first_parameter(property, ICAL_ROLE_PARAMETER).flatMap { Role(icalparameter_get_role($0)) }
        answer = icalproperty_get_first_parameter(property, ICAL_PARTSTAT_PARAMETER)
            .flatMap { Answer(icalparameter_get_partstat($0)) }
        isAskedToAnswer =
            icalproperty_get_first_parameter(property, ICAL_RSVP_PARAMETER).map { icalparameter_get_rsvp($0) == ICAL_RSVP_TRUE }
            ?? false
    }
}

extension CalendarMoment {
    fileprivate var seconds: Int64? {
        switch self {
        case .instant(let seconds): seconds
        case .local(_, _, let instant): instant
        case .day: nil
        }
    }
}

/// The tables of zones that a calendar carries, as far as they are such that reckoning with them ends soon.
private struct ZoneTables {
    private static let mostRules = 400
    private let calendar: OpaquePointer
    private let names: Set<String>

    init(of calendar: OpaquePointer) {
        self.calendar = calendar
        let tables = components(ICAL_VTIMEZONE_COMPONENT, of: calendar)
        names = Set(
            tables.filter(Self.isHarmless).compactMap { table in
                properties(ICAL_TZID_PROPERTY, of: table).first.flatMap(words)
            })
    }

    /// Whether its clocks change at most once a year by each rule: libical walks through every change up to this century's end.
    private static func isHarmless(_ table: OpaquePointer) -> Bool {
        let rules = components(ICAL_ANY_COMPONENT, of: table)
        guard rules.count <= mostRules else { return false }
        return rules.flatMap { properties(ICAL_RRULE_PROPERTY, of: $0) }.allSatisfy { property in
            guard let rule = raw(property)?.uppercased() else { return false }
            let finer = ["BYSECOND", "BYMINUTE", "BYHOUR", "BYYEARDAY", "BYWEEKNO"]
            return rule.contains("FREQ=YEARLY") && !finer.contains { rule.contains($0) }
        }
    }

    func moment(of property: OpaquePointer) -> CalendarMoment? {
        guard let value = value(of: property, in: [ICAL_DATETIME_VALUE, ICAL_DATE_VALUE]) else { return nil }
        let isDay = icalvalue_isa(value) == ICAL_DATE_VALUE
        let time = isDay ? icalvalue_get_date(value) : icalvalue_get_datetime(value)
        guard icaltime_is_valid_time(time) != 0, icaltime_is_null_time(time) == 0, (1...9999).contains(time.year) else {
            return nil
        }
        let day = "\(padded(time.year, 4))-\(padded(time.month, 2))-\(padded(time.day, 2))"
        if time.is_date != 0 { return .day(day) }
        if icaltime_is_utc(time) != 0 { return .instant(Int64(icaltime_as_timet(time))) }
        let clock = "\(day) \(padded(time.hour, 2)):\(padded(time.minute, 2)):\(padded(time.second, 2))"
        let zone = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER)
            .flatMap { icalparameter_get_tzid($0) }.map { String(cString: $0) }
        return .local(clock, zone: zone, instant: zone.flatMap { instant(of: time, in: $0) })
    }

    private func instant(of time: icaltimetype, in zone: String) -> Int64? {
        guard names.contains(zone), let table = icalcomponent_get_timezone(calendar, zone) else { return nil }
        return Int64(icaltime_as_timet_with_zone(time, table))
    }

    private func padded(_ number: Int32, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// A property's value, if it is of one of these kinds. libical hands out whatever stands in the place of another kind, as if it were
/// that, so each is asked first.
private func value(of property: OpaquePointer, in kinds: [icalvalue_kind]) -> OpaquePointer? {
    guard let value = icalproperty_get_value(property), kinds.contains(icalvalue_isa(value)) else { return nil }
    return value
}

/// A text, unescaped.
private func words(_ property: OpaquePointer) -> String? {
    if let value = value(of: property, in: [ICAL_TEXT_VALUE]) { return icalvalue_get_text(value).map { String(cString: $0) } }
    if let value = value(of: property, in: [ICAL_X_VALUE]) { return icalvalue_get_x(value).map { String(cString: $0) } }
    return raw(property)
}

/// A value as it is written.
private func raw(_ property: OpaquePointer) -> String? {
    guard let written = icalproperty_get_value_as_string_r(property) else { return nil }
    defer { icalmemory_free_buffer(written) }
    return String(cString: written)
}
