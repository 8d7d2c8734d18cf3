import Calendars
import Governance

// For people.
extension PersonFile {
    /// The whole file as Markdown; the texts of messages are left to JSON.
    public var markdown: String {
        var text = "# What is held about \(Self.plain(name))\n\nMade at \(made). In the records: `\(person)`.\n"
        text += section("What you gave", values) { it in
            "\(Self.plain(it.value)) (`\(it.key)`\(it.from.map { ", with: \(Self.plain($0))" } ?? "")\(it.at.map { ", \($0)" } ?? ""))"
        }
        text += section("Where you are listed", places) { it in
            "\(Self.plain(it.what)): \(Self.plain(it.of))\(it.from.map { ", from \($0)" } ?? "")\(it.until.map { " until \($0)" } ?? "")"
        }
        text += section("Meetings that you were at", attendance) { it in
            "\(Self.plain(it.meeting)): \(it.from) to \(it.until.map { "\($0)" } ?? "the end"), \(it.manner)"
        }
        text += section("What was yours to do", duties) { it in
            "\(Self.plain(it.title)) (\(Self.plain(it.about))), due \(it.due): \(it.state)"
        }
        text += section("Interests that you declared or registered", interests) { it in
            "\(Self.plain(it.about)): \(it.kind), \(Self.plain(it.nature))\(it.isSensitive ? " (sensitive)" : ""), since \(it.since)"
                + (it.ruling.map { "; ruling: \($0)" } ?? "")
        }
        text += section("Messages to you", messages) { it in
            "\(it.at): \(Self.plain(it.subject ?? it.document)), to \(Self.plain(it.address)): \(it.state)"
        }
        text += section("Files that name you or that you wrote", files) { it in "\(Self.plain(it.name)) (`\(it.hash)`)" }
        text += section("What you did, and what was recorded for you", acts) { it in
            "\(it.at): \(Self.plain(it.what)), \(it.how) (entry \(it.sequence))"
        }
        return text
    }

    private func section<Thing>(_ title: String, _ things: [Thing], _ line: (Thing) -> String) -> String {
        let lines = things.isEmpty ? ["Nothing."] : things.map { "- " + line($0) }
        return "\n## \(title)\n\n" + lines.joined(separator: "\n") + "\n"
    }

    /// What people wrote, on one line and without meaning to Markdown.
    private static func plain(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.map { "\\`*_[]<>#|".contains($0) ? "\\\($0)" : "\($0)" }.joined()
    }
}
