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
            } else {
                try story.mandate("meeting", "note", meeting, item.title, "--as", secretary)
            }
        }
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
