import Calendars
import Foundation

/// A year of the partnership: ten meetings on second Tuesdays, and in them what meetings are apt to bring.
struct DemoYear {
    let story: Storyteller
    /// Where the story keeps the texts that people write.
    let texts: String

    private let body = DemoSociety.name
    private let secretary = DemoSociety.secretary
    private let chair = DemoSociety.chair

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
        for (number, date) in Self.dates.enumerated() {
            try chapter(number, date)
            progress(number + 1, Self.dates.count, date.words)
        }
        try lastMinutes()
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
        try writeMinutes(meeting, date)
    }

    // Before the meeting.

    /// Items, notice, agenda and papers, in October late.
    private func prepare(_ meeting: String, _ number: Int, _ date: CivilDate) throws {
        try story.at(date.adding(days: -20), "10:00")
        for (place, business) in Self.business[number].enumerated() {
            try story.mandate("meeting", "item", meeting, business.title, "--purpose", business.purpose, "--as", secretary)
            let file = try write("\(business.title).md", "# \(business.title)\n\nA paper for the meeting of \(date.words).\n")
            var words = [
                "meeting", "paper", meeting, "\(business.title): report", "--item", business.title, "--file", file, "--as",
                secretary,
            ]
            if number == 5, place == 0 { words += ["--restricted-until", "2027-04-01"] }
            try story.mandate(words)
        }
        try story.at(date.adding(days: -14), "11:00")
        try story.mandate("meeting", "notice", meeting, "--as", secretary)
        try story.mandate("meeting", "agenda", meeting, "--as", secretary)
        if number == 7 { story.isCronDown = true }
        try story.at(date.adding(days: number == 1 ? -4 : -12), "16:00")
        try story.mandate("meeting", "circulate", meeting, "--as", secretary)
    }

    private func moveForSnow(_ meeting: String, _ date: CivilDate) throws -> CivilDate {
        try story.at(date.adding(days: -1), "15:00")
        let moved = date.adding(days: 7)
        try story.mandate("meeting", "reschedule", meeting, "--start", "\(moved) 14:00", "--as", secretary)
        try story.at(moved.adding(days: -6), "09:30")
        return moved
    }

    /// Everyone answers, reads and declares; gives those who will come.
    private func answer(_ meeting: String, _ number: Int, _ date: CivilDate) throws -> [DemoSociety.Member] {
        if number != 5 { try story.at(date.adding(days: -9), "18:30") }
        var present: [DemoSociety.Member] = []
        for (place, member) in DemoSociety.members.enumerated() {
            if isAway(place, number) {
                try apologise(member, meeting, number)
            } else {
                try story.mandate("do", "accept", "--meeting", meeting, "--as", member.email)
                present.append(member)
            }
        }
        story.isCronDown = false
        try story.at(date.adding(days: -3), "20:00")
        if number == 6 { try supplement(meeting) }
        for member in present { try read(member, meeting) }
        try declare(present, meeting, number)
        return present
    }

    /// Now and then somebody is away; in December most have the flu.
    private func isAway(_ place: Int, _ number: Int) -> Bool {
        if number == 3 { return ![1, 4, 6].contains(place) }
        if number == 2 { return place == 0 }
        return (place + number) % 7 == 6
    }

    private func apologise(_ member: DemoSociety.Member, _ meeting: String, _ number: Int) throws {
        var words = [
            "do", "apologise", "--meeting", meeting, "--reason", number == 3 ? "illness" : "clash", "--as", member.email,
        ]
        if number == 2, let substitute = member.substitute {
            words += ["--substitute", substitute]
            try story.mandate(words)
            try story.mandate("do", "stand_in", "--meeting", meeting, "--as", DemoSociety.email(substitute))
        } else {
            try story.mandate(words)
        }
    }

    private func supplement(_ meeting: String) throws {
        try story.mandate(
            "meeting", "paper", meeting, "Crisis line: costs, corrected", "--item", "Mental health crisis line", "--as",
            secretary)
        try story.mandate("meeting", "circulate", meeting, "--as", secretary)
    }

    /// Ticks the checklist and says so; some leave it to the reminders.
    private func read(_ member: DemoSociety.Member, _ meeting: String) throws {
        guard member.seat != "Disabled people" else { return }
        for duty in try duties(of: member.email) where duty.meeting == meeting && duty.commands.contains("confirm_read") {
            for line in duty.open { try story.mandate("tick", duty.duty, line, "--as", member.email) }
            try story.mandate("do", "confirm_read", "--meeting", meeting, "--as", member.email)
        }
    }

    private func declare(_ present: [DemoSociety.Member], _ meeting: String, _ number: Int) throws {
        if number == 4 { try declareAgain(meeting) }
        for member in present {
            if number == 3, member.name == "Bob Marsh" {
                try story.mandate(
                    "do", "declare", "--meeting", meeting, "--item", "Day services contract", "--kind", "financial", "--nature",
                    "My employer, Marsh & Sons, has bid for the contract.", "--as", member.email)
            } else if number == 3, member.name == "Esther Mbeki" {
                try story.mandate(
                    "do", "declare", "--meeting", meeting, "--item", "Day services contract", "--kind", "personal", "--nature",
                    "My aunt used the service until 2019.", "--as", member.email)
            } else {
                try story.mandate("do", "declare_none", "--meeting", meeting, "--as", member.email)
            }
        }
    }

    /// What was declared for the deferred item is offered again.
    private func declareAgain(_ meeting: String) throws {
        let item = ["--meeting", meeting, "--item", "Day services contract"]
        try story.mandate(["do", "still_stands"] + item + ["--as", DemoSociety.members[1].email])
        try story.mandate(
            ["do", "no_longer"] + item + ["--why", "My aunt moved away long ago.", "--as", DemoSociety.members[4].email])
    }

    // The meeting.

    private func hold(_ meeting: String, _ number: Int, _ date: CivilDate, _ present: [DemoSociety.Member]) throws {
        if number == 3 { try rule(meeting, date) }
        try story.at(date, "13:55")
        try story.mandate("meeting", "preside", meeting, chair, "--as", secretary)
        try story.mandate("meeting", "arrive", meeting, chair, "--as", secretary)
        for (place, member) in present.enumerated() {
            var words = ["meeting", "arrive", meeting, member.email, "--as", secretary]
            if place == 2, number != 3 { words.append("--remote") }
            try story.mandate(words)
        }
        if number == 2 { try story.mandate("meeting", "arrive", meeting, "Sam Patel", "--as", secretary) }
        try story.at(date, "14:00")
        try story.mandate("meeting", "open", meeting, "--as", secretary)
        if number == 0 { try story.refused("meeting", "open", meeting, "--as", chair) }
        try story.at(date, "14:10")
        try deal(with: meeting, number, date)
        try story.at(date, "15:45")
        try story.mandate("meeting", "end", meeting, "--as", secretary)
    }

    private func rule(_ meeting: String, _ date: CivilDate) throws {
        try story.at(date.adding(days: -1), "11:00")
        for (person, ruling) in [("Esther Mbeki", "clear"), ("Bob Marsh", "must_withdraw")] {
            try story.mandate(
                "do", "rule", "--meeting", meeting, "--item", "Day services contract", "--for", person, "--ruling", ruling,
                "--as", chair)
        }
    }

    private func deal(with meeting: String, _ number: Int, _ date: CivilDate) throws {
        for item in try items(of: meeting) {
            if item.title == "Day services contract" {
                try conflict(meeting, number, date)
                continue
            }
            try story.mandate("meeting", "open-item", meeting, item.title, "--as", secretary)
            if item.title.hasPrefix("Minutes of") {
                try story.mandate(
                    "meeting", "decide", meeting, item.title, "The minutes are confirmed as right.", "--as", secretary)
            } else if let decision = Self.business[number].first(where: { $0.title == item.title })?.decision {
                try story.mandate("meeting", "decide", meeting, item.title, decision, "--as", secretary)
            } else {
                try story.mandate("meeting", "note", meeting, item.title, "--as", secretary)
            }
        }
    }

    /// In December the member with an interest gives the facts and leaves, the quorum is gone, and the item goes to January; there it is
    /// decided without him.
    private func conflict(_ meeting: String, _ number: Int, _ date: CivilDate) throws {
        let item = "Day services contract"
        let bob = DemoSociety.members[1].email
        if number == 4 {
            try story.mandate(
                "do", "rule", "--meeting", meeting, "--item", item, "--for", "Bob Marsh", "--ruling", "must_withdraw", "--as",
                chair)
        }
        try story.mandate("meeting", "open-item", meeting, item, "--as", secretary)
        if number == 3 {
            try story.at(date, "14:20")
            try story.mandate("do", "invite_facts", "--meeting", meeting, "--item", item, "--for", "Bob Marsh", "--as", chair)
            try story.mandate(
                "do", "give_facts", "--meeting", meeting, "--item", item, "--facts", "The present contract ends on 31 March.",
                "--as", bob)
        }
        try story.at(date, "14:25")
        try story.mandate("do", "withdraw", "--meeting", meeting, "--item", item, "--as", bob)
        try story.refused("do", "return_to_room", "--meeting", meeting, "--item", item, "--as", bob)
        try story.at(date, "14:40")
        if number == 3 {
            try story.refused("meeting", "decide", meeting, item, "Renew the contract.", "--as", secretary)
            try story.mandate("meeting", "move-on", meeting, item, "--as", chair)
        } else {
            try story.refused(
                "meeting", "decide", meeting, item, "Renew the contract.", "--took-part", "Bob Marsh", "--reason", "A slip.",
                "--as", secretary)
            try story.mandate(
                "meeting", "decide", meeting, item, "Renew the contract for one year.", "--for", "4", "--as", secretary)
        }
        try story.at(date, "14:45")
        try story.mandate("do", "return_to_room", "--meeting", meeting, "--item", item, "--as", bob)
    }

    // After the meeting.

    /// Reports are written, checked, sent to those represented and answered; one is sent back first, one is left to the reminders.
    private func report(_ meeting: String, _ number: Int, _ date: CivilDate, _ present: [DemoSociety.Member]) throws {
        try story.at(date.adding(days: 2), "19:00")
        for member in present where member.seat != "Disabled people" {
            if member.seat == "Voluntary sector 2" { try edit(member, meeting, date) }
            try story.mandate("do", "submit_report", "--meeting", meeting, "--as", member.email)
        }
        if number == 2 {
            try story.mandate("do", "submit_report", "--meeting", meeting, "--as", DemoSociety.email("Sam Patel"))
        }
        if number == 0 {
            try story.mandate(
                "do", "return_report", "--meeting", meeting, "--for", "Bob Marsh", "--why", "Leave the client's name out.",
                "--as", "Olga Petrova")
            try edit(DemoSociety.members[1], meeting, date)
            try story.mandate("do", "submit_report", "--meeting", meeting, "--as", DemoSociety.members[1].email)
        }
        if present.contains(where: { $0.seat == "Disabled people" }) {
            try story.at(date.adding(days: 14), "09:00")
            try story.mandate(
                "do", "excuse_report", "--meeting", meeting, "--for", "Hugh Tremayne", "--why",
                "Hugh has been ill since the meeting.", "--as",
                "Una Doyle")
        }
        try release(meeting, number, present)
    }

    private func edit(_ member: DemoSociety.Member, _ meeting: String, _ date: CivilDate) throws {
        let drafted = try story.printed("report", meeting, "--for", member.email, "--format", "md", "--as", member.email)
        let file = try write(
            "report of \(member.name) on \(date).md",
            drafted + "\n## A word of my own\n\nTransport came up under *every* item. Tell me what you see where you are.\n")
        try story.mandate("draft", meeting, "feedback_report", "--for", member.email, "--from", file, "--as", member.email)
    }

    private func release(_ meeting: String, _ number: Int, _ present: [DemoSociety.Member]) throws {
        let writers = present.filter { $0.seat != "Disabled people" }
        for member in writers {
            try story.mandate(
                "do", "release_report", "--meeting", meeting, "--for", member.email, "--as", DemoSociety.coordinator(of: member)
            )
        }
        if number == 2 {
            try story.mandate("do", "release_report", "--meeting", meeting, "--for", "Sam Patel", "--as", "Olga Petrova")
        }
        try story.mandate("remind")
        guard let answered = writers.first else { return }
        try story.mandate(
            "do", "answer", "--meeting", meeting, "--for", answered.email, "--text",
            "Thank you. Eastvale has no bus after six.", "--as",
            "Member 1 of \(answered.organisation)")
    }

    private func writeMinutes(_ meeting: String, _ date: CivilDate) throws {
        try story.at(date.adding(days: 15), "10:00")
        try story.mandate("do", "send_minutes", "--meeting", meeting, "--as", secretary)
        try story.mandate("do", "correct_minutes", "--meeting", meeting, "--what", "Say who joined by video.", "--as", chair)
        try story.mandate("do", "send_minutes", "--meeting", meeting, "--as", secretary)
        try story.mandate("do", "pass_minutes", "--meeting", meeting, "--as", chair)
    }

    /// No meeting follows to confirm the minutes of the last.
    private func lastMinutes() throws {
        try story.at(Self.day("2027-07-05"), "10:00")
        try story.mandate(
            "do", "confirm_without_meeting", "--meeting", "m10", "--why", "Members agreed by e-mail.", "--as", chair)
        try story.at(Self.day("2027-07-20"), "10:00")
    }

    // What the program answers.

    struct Listed: Decodable {
        var id: String
        var title: String
    }

    struct Owed: Decodable {
        var duty: String
        var meeting: String?
        var commands: [String]
        var checklist: [Line]

        struct Line: Decodable {
            var key: String
            var done: Bool
        }

        var open: [String] { checklist.filter { !$0.done }.map(\.key) }
    }

    private func items(of meeting: String) throws -> [Listed] {
        struct Shown: Decodable { var items: [Listed] }
        let text = try story.printed("meeting", "show", meeting, "--json", "--as", secretary)
        return try JSONDecoder().decode(Shown.self, from: Data(text.utf8)).items
    }

    private func duties(of person: String) throws -> [Owed] {
        let text = try story.printed("checklist", "--for", person, "--json", "--as", person)
        return try JSONDecoder().decode([Owed].self, from: Data(text.utf8))
    }

    private func write(_ name: String, _ text: String) throws -> String {
        let file = URL(filePath: texts).appending(path: name.replacing("/", with: "-"))
        try Data(text.utf8).write(to: file)
        return file.path
    }
}
