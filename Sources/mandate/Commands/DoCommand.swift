import ArgumentParser
import Governance
import Secretariat
import Workflows

struct DoCommand: GivesCommand {
    static let configuration = CommandConfiguration(
        commandName: "do", abstract: "Give any command of any workflow.",
        discussion: """
            `mandate checklist` names the commands that end each duty: accept, declare_none, submit_report... What it is about is named too: \
            --meeting next, --body NAME, --organisation NAME, --seat NAME, or a case that it belongs to, --consultation c12. Each field of the command's form is an option: --ruling must_withdraw, or --field ruling=must_withdraw. On a terminal, what is \
            missing is asked for.
            """)

    @OptionGroup var acting: ActingOptions

    @Option(help: "The meeting: an id, next, last, or a date.")
    var meeting: String?

    @Option(help: "The item: its number on the agenda, its id, or its title.")
    var item: String?

    @Option(name: .customLong("for"), help: ArgumentHelp("The person whom it is about.", valueName: "person"))
    var person: String?

    @Option(name: .customLong("of-meeting"), help: .hidden)
    var ofMeeting: String?

    @Option(name: .customLong("of-item"), help: .hidden)
    var ofItem: String?

    @Option(name: .customLong("case"), help: ArgumentHelp("A case by its id.", valueName: "case"))
    var ofCase: String?

    @Option(
        name: .customLong("field"), parsing: .singleValue, help: ArgumentHelp("A field as NAME=VALUE.", valueName: "name=value")
    )
    var fields: [String] = []

    @Argument(help: "The command's name.")
    var command: String

    @Argument(parsing: .allUnrecognized, help: ArgumentHelp("Fields: --NAME VALUE.", valueName: "fields"))
    var rest: [String] = []

    func fill(_ request: inout Request, in session: Session) throws {
        request.command = command.underscored
        request.ofCase = ofCase
        request.person = person
        for field in fields {
            guard let equals = field.firstIndex(of: "=") else { throw UsageFailure("`\(field)` is not NAME=VALUE") }
            request.fill(String(field[..<equals]).underscored, String(field[field.index(after: equals)...]))
        }
        for (name, value) in try FieldOptions.read(rest) { request.take(name, value, in: session) }
        request.meeting = ofMeeting
        request.item = ofItem
        request.take(meeting: meeting, item: item, in: session)
    }
}

extension Request {
    /// What no field of the form is called may say what the command is about: `--organisation NAME`, `--consultation c12`.
    mutating func take(_ name: String, _ value: String, in session: Session) {
        let kind = SubjectKind(named: name)
        let isSubject = !kind.isCase || session.rulebook.workflows[name] != nil
        if isSubject, !session.fieldNames(of: command).contains(name) {
            subjects[kind] = value
        } else {
            fill(name, value)
        }
    }

    /// `--meeting` and `--item` fill in the form where it has such a field; else they say which case is meant.
    mutating func take(meeting: String?, item: String?, in session: Session) {
        let names = session.fieldNames(of: command)
        if names.contains("meeting") { fill("meeting", meeting) } else { self.meeting = self.meeting ?? meeting }
        if names.contains("item") { fill("item", item) } else { self.item = self.item ?? item }
    }
}

extension String {
    /// `last-day` as `last_day`.
    var underscored: String { String(map { $0 == "-" ? "_" : $0 }) }
}

/// Options that are not known beforehand, as a workflow's form has them.
enum FieldOptions {
    /// Pairs from `--name value`, `--name=value`, and `--name` alone, whose value is empty: yes, where the field is a yes or no.
    static func read(_ words: [String]) throws -> [(String, String)] {
        var pairs: [(String, String)] = []
        var place = 0
        while place < words.count {
            let word = words[place]
            guard word.hasPrefix("--"), word.count > 2 else {
                throw UsageFailure("unexpected `\(word)`; a field is filled in as --NAME VALUE")
            }
            let name = word.dropFirst(2)
            place += 1
            if let equals = name.firstIndex(of: "=") {
                pairs.append((String(name[..<equals]).underscored, String(name[name.index(after: equals)...])))
            } else if place < words.count, !words[place].hasPrefix("--") {
                pairs.append((String(name).underscored, words[place]))
                place += 1
            } else {
                pairs.append((String(name).underscored, ""))
            }
        }
        return pairs
    }
}

extension Session {
    /// The names of the fields of the command's form, in any workflow.
    func fieldNames(of command: String) -> Set<String> {
        Set(rulebook.workflows.values.flatMap { $0.command(named: command)?.allFields ?? [] }.map(\.name))
    }
}
