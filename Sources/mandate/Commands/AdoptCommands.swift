import ArgumentParser
import Governance
import Secretariat

/// A subcommand by which open cases take up rules that are in force.
protocol AdoptsRules: ParsableCommand {
    static var adoption: RulesAdoption { get }
    var recording: RecordingOptions { get }
    var dryRun: Bool { get }
}

extension AdoptsRules {
    func run() throws {
        try attempt {
            let session = try Session(recording.place)
            let behind = session.desk.registrar.casesBehind(Self.adoption, in: session.standing)
            if dryRun { return show(behind, session) }
            let reply = try session.desk.adopt(
                Self.adoption, by: try session.lookup.person(try session.actor(recording.reading)),
                id: recording.commandID ?? Chance.system.token())
            try session.answer(reply, to: "\(behind.count) open cases go by what is in force")
        }
    }

    private func show(_ behind: [Case], _ session: Session) {
        let registrar = session.desk.registrar
        let titles = behind.map { "\($0.id)  \(registrar.title(of: $0, in: session.standing, now: session.desk.now))" }
        session.show(
            Plain(behind.map(\.id)), titles.isEmpty ? "all open cases go by what is in force" : titles.joined(separator: "\n"))
    }
}

struct AdoptHolidaysCommand: AdoptsRules {
    static let configuration = CommandConfiguration(
        commandName: "adopt-holidays", abstract: "Move open cases to the holidays as they now stand.",
        discussion: """
            A case goes by the table with which it began. This moves the deadlines that hang on it, with their reminders, tells those \
            concerned once, and opens the secretary's duty where a notice has become short.
            """)
    static let adoption = RulesAdoption.holidayTable

    @OptionGroup var recording: RecordingOptions

    @Flag(help: "Say which cases would, and change nothing.")
    var dryRun = false
}

struct AdoptRulesCommand: AdoptsRules {
    static let configuration = CommandConfiguration(
        commandName: "adopt-rules",
        abstract: "Move open cases to the rules as they now stand.")
    static let adoption = RulesAdoption.rulePack

    @OptionGroup var recording: RecordingOptions

    @Flag(help: "Say which cases would, and change nothing.")
    var dryRun = false
}
