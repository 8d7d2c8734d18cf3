import Calendars
import Foundation

// After a meeting: reports and minutes.
extension DemoYear {
    /// Reports are written, checked, sent to those represented and answered; one is sent back first, one is left to the reminders.
    func report(_ meeting: String, _ number: Int, _ date: CivilDate, _ present: [DemoSociety.Member]) throws {
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

    func edit(_ member: DemoSociety.Member, _ meeting: String, _ date: CivilDate) throws {
        let drafted = try story.printed("report", meeting, "--for", member.email, "--format", "md", "--as", member.email)
        let file = try write("report of \(member.name) on \(date).md", Self.inOwnWords(drafted))
        try story.mandate("draft", meeting, "feedback_report", "--for", member.email, "--from", file, "--as", member.email)
    }

    /// The draft with its prompts answered, as its writer would answer them.
    static func inOwnWords(_ draft: String) -> String {
        var words = ownWords[...]
        let lines = draft.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix(">") }
        return lines.map { line -> String in
            guard let prompt = line.range(of: "*Write:") else { return String(line) }
            return line[..<prompt.lowerBound] + (words.popFirst() ?? "")
        }.joined(separator: "\n")
    }

    private static let ownWords = [
        "Transport came up under *every* item.", "Tell me what you see where you are.",
        "The group looks at it again next month.",
        "I said that small groups cannot plan on promises; nine of you had told me so.",
        "The papers came early, and were short.", "Those who run minibuses are asked for figures.",
        "Nobody spoke for people without a car.", "The county's small grants close at the end of the month.",
        "Should we ask for a seat on the transport board?",
    ]

    func release(_ meeting: String, _ number: Int, _ present: [DemoSociety.Member]) throws {
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

    func writeMinutes(_ meeting: String, _ number: Int, _ date: CivilDate) throws {
        try story.at(date.adding(days: 15), "10:00")
        try doActions(of: number, at: meeting)
        try story.mandate("do", "send_minutes", "--meeting", meeting, "--as", secretary)
        try story.mandate("do", "correct_minutes", "--meeting", meeting, "--what", "Say who joined by video.", "--as", chair)
        try story.mandate("do", "send_minutes", "--meeting", meeting, "--as", secretary)
        try story.mandate("do", "pass_minutes", "--meeting", meeting, "--as", chair)
    }

    /// No meeting follows to confirm the minutes of the last.
    func lastMinutes() throws {
        try story.at(Self.day("2027-07-05"), "10:00")
        try story.mandate(
            "do", "confirm_without_meeting", "--meeting", "m10", "--why", "Members agreed by e-mail.", "--as", chair)
    }

    /// The next meeting is called, so that whoever looks around finds something owed.
    func nextYear() throws {
        try story.at(Self.day("2027-07-20"), "10:00")
        try story.mandate(
            "meeting", "plan", "--body", body, "--start", "2027-09-14 14:00", "--place", "County Hall, Committee Room 2",
            "--as", secretary)
        try story.at(Self.day("2027-08-31"), "10:00")
        try story.mandate("meeting", "item", "m11", "Winter plan", "--purpose", "decision", "--as", secretary)
        let file = try write("Winter plan.md", "# Winter plan\n\nBeds, transport, visits.\n")
        try story.mandate(
            "meeting", "paper", "m11", "Winter plan: draft", "--item", "Winter plan", "--file", file, "--as", secretary)
        for command in ["notice", "agenda", "circulate"] { try story.mandate("meeting", command, "m11", "--as", secretary) }
        try story.at(Self.day("2027-09-06"), "10:00")
    }
}
