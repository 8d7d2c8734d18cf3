import Foundation

/// The demo's second body: a network of those who lead volunteers in the county. It agrees a code, learns from what goes well, answers a plan
/// and gains a qualification, between the meetings of the partnership, by workflows of which the program knows nothing.
struct DemoNetwork {
    let story: Storyteller
    let year: DemoYear

    static let name = "Northshire Volunteer Leaders' Network"
    static let nadia = "nadia.frost@northshire.example"
    static let omar = "omar.reed@northshire.example"
    static let pia = "pia.holm@northshire.example"
    static let ruth = "ruth.adeyemi@northshire.example"
    static let tariq = "tariq.bell@northshire.example"
    static let quentin = "quentin.ash@northshire.example"
    static let wanda = "wanda.cole@northshire.example"
    static let xavier = "xavier.dunn@northshire.example"

    /// Coordinator, members, one who would like to join, a trustee who signs, one who works beside them.
    private static let people = [
        ("Nadia Frost", nadia), ("Omar Reed", omar), ("Pia Holm", pia), ("Ruth Adeyemi", ruth), ("Tariq Bell", tariq),
        ("Quentin Ash", quentin), ("Wanda Cole", wanda), ("Xavier Dunn", xavier),
    ]

    /// Its lines of the roster.
    static var roster: [String] {
        ["organisation,\(name),,,,,,,,"] + people.map { "person,\($0.0),\($0.1),,,,,,," }
            + ["role,Nadia Frost,,,\(name),,coordinator,,,", "role,Xavier Dunn,,,\(name),,associate,,,"]
            + people[1...4].map { "constituency,\($0.0),\($0.1),,\(name),,,,," }
    }

    /// What the network does after one of the partnership's meetings.
    func month(_ number: Int) throws {
        switch number {
        case 0: try begin()
        case 1: try hearAndMap()
        case 2: try voteAndAnswer()
        case 3: try goByTheCode()
        case 4: try review()
        case 5: try teach()
        case 6: try award()
        case 7: try reportBack()
        case 9: try closeTheYear()
        default: break
        }
    }

    /// Somebody says something; what the duty that it ends has still to tick is ticked before.
    func say(_ who: String, _ command: String, _ fields: KeyValuePairs<String, String> = [:]) throws {
        try story.mandate(words(who, command, fields))
    }

    func finish(_ who: String, _ command: String, _ fields: KeyValuePairs<String, String> = [:]) throws {
        for duty in try year.duties(of: who) where duty.commands.contains(command) {
            for line in duty.open { try story.mandate("tick", duty.duty, line, "--as", who) }
        }
        try say(who, command, fields)
    }

    /// Somebody puts words of their own in the place of a draft.
    func write(_ who: String, _ document: String, of workflow: String, _ text: String) throws {
        let file = try year.write(document.replacing("_", with: " ") + ".md", text)
        let owed = try year.duties(of: who).first { $0.workflow == workflow }
        guard let owed else { throw StoryFailure("\(who) owes nothing in a case of \(workflow)") }
        try story.mandate("draft", owed.ofCase, document, "--from", file, "--as", who)
    }

    func refused(_ who: String, _ command: String, _ fields: KeyValuePairs<String, String> = [:]) throws {
        try story.refused(words(who, command, fields))
    }

    private func words(_ who: String, _ command: String, _ fields: KeyValuePairs<String, String>) -> [String] {
        ["do", command] + fields.flatMap { ["--" + $0.key, $0.value] } + ["--as", who]
    }
}
