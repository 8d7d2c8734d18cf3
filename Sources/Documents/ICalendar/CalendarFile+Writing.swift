import CLibical

extension CalendarFile {
    /// The calendar as text (RFC 5545): folded lines ended by CR LF, texts escaped, times in UTC.
    ///
    /// UTC needs no table of a zone, which readers understand differently, and means the same everywhere; each reader's own program
    /// shows it in the reader's zone.
    public var text: String {
        guard let calendar = CalendarComponent(ICAL_VCALENDAR_COMPONENT) else { return "" }
        calendar.add(icalproperty_new_prodid("-//Mandate//Mandate//EN"))
        calendar.add(icalproperty_new_version("2.0"))
        calendar.add(icalproperty_new_calscale("GREGORIAN"))
        if let method { calendar.add(icalproperty_new_method(method.code)) }
        if let name { calendar.add(extra("X-WR-CALNAME", name)) }
        for entry in entries { entry.write(into: calendar) }
        return calendar.text
    }

    private func extra(_ name: String, _ value: String) -> OpaquePointer? {
        guard let property = icalproperty_new_x(oneLine(value)) else { return nil }
        icalproperty_set_x_name(property, name)
        return property
    }
}

extension CalendarEntry {
    fileprivate func write(into calendar: borrowing CalendarComponent) {
        guard let component = CalendarComponent(kind == .event ? ICAL_VEVENT_COMPONENT : ICAL_VTODO_COMPONENT) else { return }
        component.add(icalproperty_new_uid(oneLine(uid)))
        component.add(icalproperty_new_dtstamp(CalendarMoment.instant(stamp).time))
        component.add(icalproperty_new_sequence(Int32(clamping: sequence)))
        if let start { component.add(dated(icalproperty_new_dtstart(start.time), start)) }
        if let end { component.add(dated(icalproperty_new_dtend(end.time), end)) }
        if let due { component.add(dated(icalproperty_new_due(due.time), due)) }
        component.add(icalproperty_new_summary(oneLine(summary)))
        if let location { component.add(icalproperty_new_location(oneLine(location))) }
        if let description { component.add(icalproperty_new_description(lines(description))) }
        if let status { component.add(icalproperty_new_status(status.code)) }
        if kind == .event { component.add(icalproperty_new_transp(isBusy ? ICAL_TRANSP_OPAQUE : ICAL_TRANSP_TRANSPARENT)) }
        if let organizer {
            component.add(written(organizer, icalproperty_new_organizer("mailto:" + oneLine(organizer.address))))
        }
        for attendee in attendees {
            component.add(written(attendee, icalproperty_new_attendee("mailto:" + oneLine(attendee.address))))
        }
        if let comment { component.add(icalproperty_new_comment(lines(comment))) }
        calendar.add(component)
    }

    /// Says of a date that it is one, which older readers want to hear.
    private func dated(_ property: OpaquePointer?, _ moment: CalendarMoment) -> OpaquePointer? {
        if case .day = moment, let property, icalproperty_get_first_parameter(property, ICAL_VALUE_PARAMETER) == nil {
            icalproperty_add_parameter(property, icalparameter_new_value(ICAL_VALUE_DATE))
        }
        return property
    }

    private func written(_ person: CalendarPerson, _ property: OpaquePointer?) -> OpaquePointer? {
        guard let property else { return nil }
        if let name = person.name, !name.isEmpty {
            // No value of a parameter may hold a quotation mark (RFC 5545, section 3.2).
            let unquoted = String(oneLine(name).map { $0 == "\"" ? "'" : $0 })
            icalproperty_add_parameter(property, icalparameter_new_cn(unquoted))
        }
        if let role = person.role { icalproperty_add_parameter(property, icalparameter_new_role(role.code)) }
        if let answer = person.answer { icalproperty_add_parameter(property, icalparameter_new_partstat(answer.code)) }
        if person.isAskedToAnswer { icalproperty_add_parameter(property, icalparameter_new_rsvp(ICAL_RSVP_TRUE)) }
        return property
    }
}

extension CalendarMoment {
    /// The moment as libical has it; a clock in a named zone is written without it, so such a moment is given as an instant.
    fileprivate var time: icaltimetype {
        switch self {
        case .instant(let seconds), .local(_, _, let seconds?):
            icaltime_from_timet_with_zone(time_t(seconds), 0, icaltimezone_get_utc_timezone())
        case .day(let text), .local(let text, _, nil): icaltime_from_string(compact(text))
        }
    }

    /// `20261118` of `2026-11-18`, `20261118T140000` of `2026-11-18 14:00:00`.
    private func compact(_ text: String) -> String {
        String(text.compactMap { $0 == "-" || $0 == ":" ? nil : $0 == " " ? "T" : $0 })
    }
}

/// Without line breaks and other characters that nobody can see.
private func oneLine(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? " " : $0 }))
}

private func lines(_ text: String) -> String {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }.map { oneLine(String($0)) }
        .joined(separator: "\n")
}

private func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) }

extension CalendarFile.Method {
    private static let codes: [(Self, icalproperty_method)] = [
        (.publish, ICAL_METHOD_PUBLISH), (.request, ICAL_METHOD_REQUEST), (.reply, ICAL_METHOD_REPLY),
        (.cancel, ICAL_METHOD_CANCEL), (.add, ICAL_METHOD_ADD), (.refresh, ICAL_METHOD_REFRESH),
        (.counter, ICAL_METHOD_COUNTER), (.declinecounter, ICAL_METHOD_DECLINECOUNTER),
    ]

    var code: icalproperty_method { Self.codes.first { $0.0 == self }?.1 ?? ICAL_METHOD_NONE }

    init?(_ code: icalproperty_method) {
        guard let found = Self.codes.first(where: { $0.1 == code }) else { return nil }
        self = found.0
    }
}

extension CalendarEntry.Status {
    private static let codes: [(Self, icalproperty_status)] = [
        (.tentative, ICAL_STATUS_TENTATIVE), (.confirmed, ICAL_STATUS_CONFIRMED), (.cancelled, ICAL_STATUS_CANCELLED),
        (.needsAction, ICAL_STATUS_NEEDSACTION), (.completed, ICAL_STATUS_COMPLETED),
    ]

    var code: icalproperty_status { Self.codes.first { $0.0 == self }?.1 ?? ICAL_STATUS_NONE }

    init?(_ code: icalproperty_status) {
        guard let found = Self.codes.first(where: { $0.1 == code }) else { return nil }
        self = found.0
    }
}

extension CalendarPerson.Answer {
    private static let codes: [(Self, icalparameter_partstat)] = [
        (.awaited, ICAL_PARTSTAT_NEEDSACTION), (.accepted, ICAL_PARTSTAT_ACCEPTED), (.declined, ICAL_PARTSTAT_DECLINED),
        (.tentative, ICAL_PARTSTAT_TENTATIVE), (.delegated, ICAL_PARTSTAT_DELEGATED),
    ]

    var code: icalparameter_partstat { Self.codes.first { $0.0 == self }?.1 ?? ICAL_PARTSTAT_NONE }

    init?(_ code: icalparameter_partstat) {
        guard let found = Self.codes.first(where: { $0.1 == code }) else { return nil }
        self = found.0
    }
}

extension CalendarPerson.Role {
    private static let codes: [(Self, icalparameter_role)] = [
        (.chair, ICAL_ROLE_CHAIR), (.required, ICAL_ROLE_REQPARTICIPANT), (.optional, ICAL_ROLE_OPTPARTICIPANT),
    ]

    var code: icalparameter_role { Self.codes.first { $0.0 == self }?.1 ?? ICAL_ROLE_NONE }

    init?(_ code: icalparameter_role) {
        guard let found = Self.codes.first(where: { $0.1 == code }) else { return nil }
        self = found.0
    }
}
