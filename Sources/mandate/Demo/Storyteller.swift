import ArgumentParser
import Calendars
import Foundation
import Secretariat
import Synchronization

/// Gives the program's own commands, one after the other, in a time of the story's own.
///
/// Each command goes the whole way that a person's does, from its words on; only the workspace is kept open between them. Each
/// working day at 08:05 `remind` runs, as cron would, unless the story says that cron is down.
final class Storyteller {
    let folder: String
    private(set) var commands = 0
    private(set) var refusals = 0
    private var time: CivilDateTime
    private let zone: Zone
    private let watch = Watch()
    var isCronDown = false

    init(folder: String, zone: Zone, from date: CivilDate) {
        self.folder = folder
        self.zone = zone
        time = CivilDateTime(date, .midnight)
    }

    /// Goes on to a later time; on the way cron does its work.
    func at(_ date: CivilDate, _ clock: String) throws {
        var day = time.date.adding(days: 1)
        while day <= date {
            if !isCronDown, !Weekdays.weekend.contains(day.weekday) {
                set(CivilDateTime(day, Self.cronTime))
                try mandate("remind")
            }
            day = day.adding(days: 1)
        }
        guard let wanted = CivilTime(clock) else { throw StoryFailure("`\(clock)` is no time") }
        set(CivilDateTime(date, wanted))
    }

    private static let cronTime = CivilTime(hour: 8, minute: 5) ?? .midnight

    private func set(_ civil: CivilDateTime) {
        time = civil
        let instant = zone.instant(of: civil)
        watch.now.withLock { $0 = instant }
    }

    /// The story's clock, for the office that is kept open.
    var clock: Secretariat.Clock { Secretariat.Clock { [watch] in watch.now.withLock { $0 } } }

    private final class Watch: Sendable {
        let now = Mutex(Instant.earliest)
    }

    /// A command that is taken; anything else ends the story.
    func mandate(_ words: String...) throws { try mandate(words) }

    func mandate(_ words: [String]) throws {
        let (said, code) = run(words)
        guard code == .success else {
            throw StoryFailure("at \(time.words), mandate \(words.joined(separator: " ")): exit \(code.rawValue): \(said)")
        }
    }

    /// A command that the rules refuse.
    func refused(_ words: String...) throws { try refused(words) }

    func refused(_ words: [String]) throws {
        let (said, code) = run(words)
        guard code == Exit.refused else {
            throw StoryFailure("at \(time.words), mandate \(words.joined(separator: " ")) was not refused: \(said)")
        }
        refusals += 1
    }

    /// What a reading command prints.
    func printed(_ words: String...) throws -> String { try printed(words) }

    func printed(_ words: [String]) throws -> String {
        let (said, code) = run(words)
        guard code == .success else {
            throw StoryFailure("mandate \(words.joined(separator: " ")): exit \(code.rawValue): \(said)")
        }
        return said
    }

    private func run(_ words: [String]) -> (String, ExitCode) {
        commands += 1
        let listener = Console.Listener()
        let code: ExitCode = Console.$listener.withValue(listener) {
            do {
                var command = try Mandate.parseAsRoot(words + ["--workspace", folder])
                try command.run()
                return .success
            } catch let code as ExitCode { return code } catch {
                listener.hear(Mandate.fullMessage(for: error))
                return Mandate.exitCode(for: error)
            }
        }
        return (listener.heard, code)
    }
}

/// A story that did not go as it is told.
struct StoryFailure: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}
