import Calendars
import Foundation

// What the program answers, and the files that people write.
extension DemoYear {
    struct Listed: Decodable {
        var id: String
        var title: String
    }

    struct Owed: Decodable {
        var duty: String
        var title: String
        var ofCase: String
        var workflow: String
        var meeting: String?
        var commands: [String]
        var checklist: [Line]

        struct Line: Decodable {
            var key: String
            var done: Bool
        }

        enum CodingKeys: String, CodingKey {
            case duty, title, workflow, meeting, commands, checklist
            case ofCase = "case"
        }

        var open: [String] { checklist.filter { !$0.done }.map(\.key) }
    }

    func items(of meeting: String) throws -> [Listed] {
        struct Shown: Decodable { var items: [Listed] }
        let text = try story.printed("meeting", "show", meeting, "--json", "--as", secretary)
        return try JSONDecoder().decode(Shown.self, from: Data(text.utf8)).items
    }

    func duties(of person: String) throws -> [Owed] {
        let text = try story.printed("checklist", "--for", person, "--json", "--as", person)
        return try JSONDecoder().decode([Owed].self, from: Data(text.utf8))
    }

    func write(_ name: String, _ text: String) throws -> String {
        let file = URL(filePath: texts).appending(path: name.replacing("/", with: "-"))
        try Data(text.utf8).write(to: file)
        return file.path
    }
}
