import Calendars
import Foundation

/// A year of the partnership: ten meetings on second Tuesdays, and in them what meetings are apt to bring.
struct DemoYear {
    let story: Storyteller
    /// Where the story keeps the texts that people write.
    let texts: String

    let body = DemoSociety.name
    let secretary = DemoSociety.secretary
    let chair = DemoSociety.chair

    /// What is on one meeting's agenda.
    struct Business {
        var title: String
        var purpose: String
        var decision: String?
    }

    static let dates = [
        "2026-09-08", "2026-10-13", "2026-11-10", "2026-12-08", "2027-01-12", "2027-02-09", "2027-03-09", "2027-04-13",
        "2027-05-11",
        "2027-06-08",
    ].compactMap { CivilDate($0) }

    static let business: [[Business]] = [
        [
            Business(
                title: "Terms of reference", purpose: "decision", decision: "The terms of reference are adopted for the year."),
            Business(title: "Hospital discharge: first figures", purpose: "information"),
        ],
        [
            Business(title: "Winter plan", purpose: "discussion"),
            Business(
                title: "Community transport", purpose: "decision", decision: "Support the *Dial-a-Ride* extension to Eastvale."),
        ],
        [
            Business(
                title: "Carers' strategy", purpose: "decision", decision: "Endorse the strategy and ask for a review in a year."
            ),
            Business(title: "Digital exclusion", purpose: "discussion"),
        ],
        [
            Business(title: "Day services contract", purpose: "decision"),
            Business(title: "Flu and cover over the holidays", purpose: "information"),
        ],
        [
            Business(
                title: "Social prescribing", purpose: "decision", decision: "Extend the pilot to all of the county's practices."
            )
        ],
        [
            Business(title: "Budget outlook", purpose: "discussion"),
            Business(
                title: "Volunteer passports", purpose: "decision", decision: "Recognise each other's checks and training."),
        ],
        [Business(title: "Mental health crisis line", purpose: "decision", decision: "Ask for cover through the night.")],
        [Business(title: "Annual plan", purpose: "decision", decision: "Adopt the annual plan.")],
        [
            Business(title: "Equality review", purpose: "discussion"),
            Business(title: "Dental access", purpose: "decision", decision: "Write to the integrated care board."),
        ],
        [Business(title: "Review of the year", purpose: "discussion")],
    ]

    /// Tells the year; `tell` hears after each chapter how far it is.
    func tell(_ progress: (Int, Int, String) -> Void) throws {
        try story.at(Self.day("2026-08-03"), "09:30")
        try story.mandate(
            "meeting", "series", "--body", body, "--rule", "FREQ=MONTHLY;BYDAY=2TU", "--from", "2026-09-01", "--to",
            "2027-06-30", "--start",
            "14:00", "--end", "16:00", "--place", "County Hall, Committee Room 2", "--as", secretary)
        try firstWeeks()
        try consult()
        for (number, date) in Self.dates.enumerated() {
            try chapter(number, date)
            if number == 4 { try network() }
            if number == 5 { try confirmDetails() }
            try DemoNetwork(story: story, year: self).month(number)
            progress(number + 1, Self.dates.count, date.words)
        }
        try lastMinutes()
        try nextYear()
    }

    static func day(_ text: String) -> CivilDate { CivilDate(text) ?? .earliest }

    private func chapter(_ number: Int, _ planned: CivilDate) throws {
        let meeting = "m\(number + 1)"
        var date = planned
        try prepare(meeting, number, date)
        if number == 5 { date = try moveForSnow(meeting, date) }
        let present = try answer(meeting, number, date)
        try hold(meeting, number, date, present)
        try report(meeting, number, date, present)
        try writeMinutes(meeting, number, date)
    }
}
