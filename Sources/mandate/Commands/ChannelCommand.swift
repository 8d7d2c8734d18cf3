import ArgumentParser
import Governance
import Secretariat

struct ChannelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "channel", abstract: "Say how reminders are to come to you.",
        discussion: """
            now: when they fall due; digest: together, once a day; statutory: not at all, only what has to be sent. \
            Without one of these words it shows how they come.
            """)

    @OptionGroup var recording: RecordingOptions

    @Argument(help: "now, digest or statutory.")
    var channel: Channel?

    @Option(name: .customLong("for"), help: ArgumentHelp("For another; a secretary may.", valueName: "person"))
    var person: String?

    func run() throws {
        try attempt {
            let session = try Session(recording.place)
            let actor = try session.lookup.person(try session.actor(recording.reading))
            let person = try self.person.map { try session.lookup.person($0) } ?? actor
            guard let channel else {
                let found = session.desk.channel(of: person)
                return session.show(
                    .map(["person": .text(person), "channel": .text(found.rawValue)]), "\(found.rawValue): \(found.words)")
            }
            let reply = try session.desk.choose(
                channel, for: person, by: actor, id: recording.commandID ?? Chance.system.token())
            try session.answer(reply, to: "\(session.standing.name(of: person)): \(channel.words)")
        }
    }
}

extension Channel: ExpressibleByArgument {}
