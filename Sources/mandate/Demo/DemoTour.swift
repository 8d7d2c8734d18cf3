import Foundation
import Governance
import Journals
import Secretariat

/// What the demo made, and where each file lies.
struct DemoTour {
    let story: Storyteller
    let folder: String

    /// A document of the tour: its file, how it is asked for, and what to look for in it.
    struct Stop {
        var file: String
        var words: [String]
        var about: String
    }

    private static let secretary = DemoSociety.secretary

    static let stops = [
        Stop(
            file: "agenda-january.html", words: ["agenda", "m5", "--format", "html"],
            about: "an agenda, with the item deferred from December"),
        Stop(
            file: "minutes-december.html", words: ["minutes", "m4", "--format", "html"],
            about: "minutes: a withdrawal, the quorum lost, the item deferred"),
        Stop(
            file: "minutes-january.html", words: ["minutes", "m5", "--format", "html"],
            about: "minutes: the same item, decided without the member concerned"),
        Stop(
            file: "declarations-december.html", words: ["declarations", "m4", "--format", "html"],
            about: "the declarations sheet of that meeting"),
        Stop(
            file: "register.html", words: ["register", DemoSociety.name, "--format", "html"],
            about: "the register of interests, as the public reads it"),
        Stop(
            file: "report-september.html", words: ["report", "m1", "--for", DemoSociety.members[1].email, "--format", "html"],
            about: "a feedback report in its writer's own words"),
        Stop(
            file: "report-january.html", words: ["report", "m5", "--for", DemoSociety.members[4].email, "--format", "html"],
            about: "a feedback report filled in from what happened"),
    ]

    func show(_ office: Office, took: Duration) throws {
        let documents = folder + "/documents"
        try FileManager.default.createDirectory(atPath: documents, withIntermediateDirectories: true)
        var lines: [String] = []
        for stop in Self.stops {
            let text = try told(stop.words + ["--as", Self.secretary])
            try Data(text.utf8).write(to: URL(filePath: documents + "/" + stop.file))
            lines.append("    documents/" + stop.file.padding(toLength: 28, withPad: " ", startingAt: 0) + stop.about)
        }
        let standing = office.desk.standing
        let sent = try office.desk.messages(in: [.sent]).count
        let entries = try office.desk.entries().count
        let ann = try office.desk.lookup().person(DemoSociety.members[0].email)
        let duty = office.desk.registrar.owed(by: ann, in: standing, now: office.desk.now).first?.duty.id ?? "DUTY"
        let seconds = Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18
        Console.say(
            """

            A year of the \(DemoSociety.name): \(standing.records.meetings.count) meetings, \(standing.records.items.count) items, \
            \(standing.cases.count) cases, \(standing.duties.count) duties.
            \(story.commands) commands given, \(story.refusals) of them refused as they should be; \(entries) entries in the journal, \
            \(sent) messages sent. It took \(String(format: "%.1f", seconds)) s.

            Where everything lies, in \(folder):
            \(lines.joined(separator: "\n"))
                roster.csv                              who there is
                mail/new/                               the messages that went out, as files that any mail program reads
                texts/                                  papers and reports as people wrote them
                mandate.db, files/                      the journal, and what was handed in
                mandate.yaml                            the settings

            Go on from here:
                cd \(folder)
                mandate checklist --as "Ann O'Brien"                     what she owes now
                mandate why \(duty)                                       why, and how its due time was reached
                mandate do accept --meeting next --as "Ann O'Brien"
                mandate meeting show next
                mandate log --meeting m4                                 the meeting that lost its quorum
                mandate why decide --meeting next --item 1 --as "Priya Nair"
            """)
    }

    private func told(_ words: [String]) throws -> String { try story.printed(words) }
}
