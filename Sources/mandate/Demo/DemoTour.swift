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
        network("code-of-practice", "a code that members agreed, with its history"),
        network("assurance-report", "how the code has been kept"),
        network("consultation-response", "an answer to a plan, with who was heard"),
        network("response-outcome", "what came of that answer"),
        network("tips-library", "tips from an inquiry into what goes well"),
        network("case-study", "a case study, taken down as a consent was withdrawn"),
        network("funding-case", "why to pay for places on a qualification"),
        network("award-record", "a learner's record of awards"),
        network("role-review-report", "what volunteers do, outcomes before numbers"),
        network("learning-programme", "a year's learning, with what three sides said"),
    ]

    /// A document of the network, of the first case of the workflow that makes it.
    private static func network(_ document: String, _ about: String) -> Stop {
        Stop(file: document + ".html", words: ["paper", document, "--format", "html"], about: about)
    }

    /// The workflows whose cases the network's documents show.
    private static let homes = [
        "code-of-practice": "code_adoption", "assurance-report": "code_adoption", "consultation-response": "policy_response",
        "response-outcome": "policy_response", "tips-library": "appreciative_inquiry", "case-study": "case_study",
        "funding-case": "qualification", "award-record": "enrolment", "role-review-report": "role_review",
        "learning-programme": "learning_programme",
    ]

    private func words(of stop: Stop, _ standing: Standing) -> [String] {
        guard stop.words.first == "paper", let home = Self.homes[stop.words[1]],
            let it = standing.cases(of: home).first
        else { return stop.words }
        return stop.words.prefix(2) + [it.id] + stop.words.dropFirst(2)
    }

    func show(_ office: Office, took: Duration) throws {
        let documents = folder + "/documents"
        try FileManager.default.createDirectory(atPath: documents, withIntermediateDirectories: true)
        var lines: [String] = []
        for stop in Self.stops {
            let text = try told(words(of: stop, office.desk.standing) + ["--as", Self.secretary])
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

            A year of the \(DemoSociety.name), and of the \(DemoNetwork.name): \(standing.records.meetings.count) meetings, \(standing.records.items.count) items, \
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
