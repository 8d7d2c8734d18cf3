/// A calendar as programs hand it to each other (RFC 5545): a feed, or one message about a meeting (iMIP, RFC 6047).
public struct CalendarFile: Hashable, Sendable {
    /// What the receiver is to do with it (RFC 5546).
    public enum Method: String, Hashable, Sendable, CaseIterable {
        case publish, request, reply, cancel, add, refresh, counter, declinecounter
    }

    public var method: Method?
    /// What a feed is called where it is shown.
    public var name: String?
    public var entries: [CalendarEntry]

    public init(method: Method?, name: String? = nil, entries: [CalendarEntry]) {
        self.method = method
        self.name = name
        self.entries = entries
    }
}

/// One thing in a calendar.
public struct CalendarEntry: Hashable, Sendable {
    public enum Kind: Hashable, Sendable { case event, task }
    public enum Status: Hashable, Sendable { case tentative, confirmed, cancelled, needsAction, completed }

    public var kind: Kind
    /// The same for the same thing, wherever and whenever it is told of.
    public var uid: String
    /// How often it was changed in a way that asks for a new answer.
    public var sequence: Int
    /// When it was written, in seconds since 1970.
    public var stamp: Int64
    public var start: CalendarMoment?
    /// Exclusive.
    public var end: CalendarMoment?
    /// By when a task is to be done.
    public var due: CalendarMoment?
    public var summary: String
    public var location: String?
    public var description: String?
    public var status: Status?
    /// Whether its time is taken.
    public var isBusy: Bool
    public var organizer: CalendarPerson?
    public var attendees: [CalendarPerson]
    /// A recurrence rule as it is written: `FREQ=MONTHLY;BYDAY=2TU`.
    public var recurrence: String?
    /// Moments that the rule leaves out.
    public var excluded: [CalendarMoment]
    /// Which of a series it is, where it is told apart.
    public var occurrence: CalendarMoment?
    /// What somebody wrote beside their answer.
    public var comment: String?

    public init(
        kind: Kind = .event, uid: String, sequence: Int = 0, stamp: Int64, start: CalendarMoment? = nil,
        end: CalendarMoment? = nil, due: CalendarMoment? = nil, summary: String, location: String? = nil,
        description: String? = nil, status: Status? = nil, isBusy: Bool = true, organizer: CalendarPerson? = nil,
        attendees: [CalendarPerson] = []
    ) {
        self.kind = kind
        self.uid = uid
        self.sequence = sequence
        self.stamp = stamp
        self.start = start
        self.end = end
        self.due = due
        self.summary = summary
        self.location = location
        self.description = description
        self.status = status
        self.isBusy = isBusy
        self.organizer = organizer
        self.attendees = attendees
        recurrence = nil
        excluded = []
        occurrence = nil
        comment = nil
    }
}

/// When something is, as far as the file itself says.
public enum CalendarMoment: Hashable, Sendable {
    /// In seconds since 1970.
    case instant(Int64)
    /// A whole day: `2026-11-18`.
    case day(String)
    /// What a clock shows, `2026-11-18 14:00:00`, in the zone of that name, or wherever the reader is. `instant` is what the file's own
    /// table of that zone makes of it, in seconds since 1970, where it has one.
    case local(String, zone: String?, instant: Int64?)
}

/// Somebody who calls a meeting or is called to it.
public struct CalendarPerson: Hashable, Sendable {
    /// How somebody answered.
    public enum Answer: Hashable, Sendable { case awaited, accepted, declined, tentative, delegated }
    public enum Role: Hashable, Sendable { case chair, required, optional }

    /// A mail address, without `mailto:`.
    public var address: String
    public var name: String?
    public var role: Role?
    public var answer: Answer?
    public var isAskedToAnswer: Bool

    public init(
        address: String, name: String? = nil, role: Role? = nil, answer: Answer? = nil, isAskedToAnswer: Bool = false
    ) {
        self.address = address
        self.name = name
        self.role = role
        self.answer = answer
        self.isAskedToAnswer = isAskedToAnswer
    }
}

/// Why a text is no calendar.
public enum CalendarFailure: Error, Hashable, Sendable, CustomStringConvertible {
    case tooLarge
    /// Components within components, deeper than any calendar has them.
    case tooDeep
    case notACalendar

    public var description: String {
        switch self {
        case .tooLarge: "the calendar has more than \(CalendarFile.largest) bytes"
        case .tooDeep: "the calendar has components within components, more than \(CalendarFile.deepest) deep"
        case .notACalendar: "this is no iCalendar text (no VCALENDAR in it)"
        }
    }
}

extension CalendarFile {
    /// In bytes.
    public static let largest = 4 << 20
    /// A calendar, an event in it, an alarm in that; zones are as deep.
    public static let deepest = 8
}
