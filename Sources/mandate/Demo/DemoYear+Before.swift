import Calendars
import Foundation

// Before a meeting: items, papers, notice, answers, reading, declarations.
extension DemoYear {
    /// Items, notice, agenda and papers, in October late.
    func prepare(_ meeting: String, _ number: Int, _ date: CivilDate) throws {
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

    func moveForSnow(_ meeting: String, _ date: CivilDate) throws -> CivilDate {
        try story.at(date.adding(days: -1), "15:00")
        let moved = date.adding(days: 7)
        try story.mandate("meeting", "reschedule", meeting, "--start", "\(moved) 14:00", "--as", secretary)
        try story.at(moved.adding(days: -6), "09:30")
        return moved
    }

    /// Everyone answers, reads and declares; gives those who will come.
    func answer(_ meeting: String, _ number: Int, _ date: CivilDate) throws -> [DemoSociety.Member] {
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
    func isAway(_ place: Int, _ number: Int) -> Bool {
        if number == 3 { return ![1, 4, 6].contains(place) }
        if number == 2 { return place == 0 }
        return (place + number) % 7 == 6
    }

    func apologise(_ member: DemoSociety.Member, _ meeting: String, _ number: Int) throws {
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

    func supplement(_ meeting: String) throws {
        try story.mandate(
            "meeting", "paper", meeting, "Crisis line: costs, corrected", "--item", "Mental health crisis line", "--as",
            secretary)
        try story.mandate("meeting", "circulate", meeting, "--as", secretary)
    }

    /// Ticks the checklist and says so; some leave it to the reminders.
    func read(_ member: DemoSociety.Member, _ meeting: String) throws {
        guard member.seat != "Disabled people" else { return }
        for duty in try duties(of: member.email) where duty.meeting == meeting && duty.commands.contains("confirm_read") {
            for line in duty.open { try story.mandate("tick", duty.duty, line, "--as", member.email) }
            try story.mandate("do", "confirm_read", "--meeting", meeting, "--as", member.email)
        }
    }

    func declare(_ present: [DemoSociety.Member], _ meeting: String, _ number: Int) throws {
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
    func declareAgain(_ meeting: String) throws {
        let item = ["--meeting", meeting, "--item", "Day services contract"]
        try story.mandate(["do", "still_stands"] + item + ["--as", DemoSociety.members[1].email])
        try story.mandate(
            ["do", "no_longer"] + item + ["--why", "My aunt moved away long ago.", "--as", DemoSociety.members[4].email])
    }
}
