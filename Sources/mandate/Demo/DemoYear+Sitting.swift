import Calendars
import Foundation

// The sitting: the roll, the items, the interest that stops one of them.
extension DemoYear {
    func hold(_ meeting: String, _ number: Int, _ date: CivilDate, _ present: [DemoSociety.Member]) throws {
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
        if number == 4 { try voice(meeting) }
        try story.at(date, "15:45")
        try story.mandate("meeting", "end", meeting, "--as", secretary)
    }

    func rule(_ meeting: String, _ date: CivilDate) throws {
        try story.at(date.adding(days: -1), "11:00")
        for (person, ruling) in [("Esther Mbeki", "clear"), ("Bob Marsh", "must_withdraw")] {
            try story.mandate(
                "do", "rule", "--meeting", meeting, "--item", "Day services contract", "--for", person, "--ruling", ruling,
                "--as", chair)
        }
    }

    func deal(with meeting: String, _ number: Int, _ date: CivilDate) throws {
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
                try agree(meeting, number, item.title)
            } else {
                try story.mandate("meeting", "note", meeting, item.title, "--as", secretary)
            }
        }
    }

    /// What is to be done about a decision, and by whom.
    private static let actions: [Int: [(what: String, who: String, due: String)]] = [
        2: [("Send the strategy to every carers' group", "Esther Mbeki", "2026-12-04")],
        4: [
            ("Write to the practices that are not in the pilot", "Priya Nair", "2027-02-01"),
            ("Ask carers what kept them from the pilot", "Farid Aziz", "2027-02-05"),
        ],
        8: [("Draft the letter to the board", "Isla Moreau", "2027-08-20")],
    ]

    private func agree(_ meeting: String, _ number: Int, _ item: String) throws {
        for action in Self.actions[number] ?? [] {
            try story.mandate(
                "do", "agree_action", "--meeting", meeting, "--what", action.what, "--who", action.who, "--due", action.due,
                "--on-item", item, "--as", secretary)
        }
    }

    /// What was agreed at the meeting before last is done, but for what stays open to the end.
    func doActions(of number: Int, at meeting: String) throws {
        for action in Self.actions[number] ?? [] where number < 8 {
            try story.mandate(
                "do", "report_action", "--case", try openAction(action.what, by: action.who), "--came-of-it", "Done as agreed.",
                "--as", DemoSociety.email(action.who))
        }
    }

    private func openAction(_ what: String, by person: String) throws -> String {
        let owed = try duties(of: DemoSociety.email(person))
        guard let found = owed.first(where: { $0.title == what }) else { throw StoryFailure("\(person) does not owe: \(what)") }
        return found.ofCase
    }

    /// What Esther Mbeki says for carers in January, and on what it rests.
    func voice(_ meeting: String) throws {
        try story.mandate(
            "do", "record_voice", "--meeting", meeting, "--item", "Social prescribing", "--said",
            "Carers get to a surgery seldom, so the pilot has to come to them.", "--rests-on", "nothing", "--as",
            DemoSociety.email("Esther Mbeki"))
        try story.mandate(
            "do", "challenge", "--meeting", meeting, "--what", "The pilot is offered in working hours alone", "--affects",
            "Carers who work", "--as", DemoSociety.email("Esther Mbeki"))
    }

    /// In December the member with an interest gives the facts and leaves, the quorum is gone, and the item goes to January; there it is
    /// decided without him.
    func conflict(_ meeting: String, _ number: Int, _ date: CivilDate) throws {
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
}
