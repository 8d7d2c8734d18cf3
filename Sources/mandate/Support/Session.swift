import ArgumentParser
import Calendars
import Foundation
import Governance
import Secretariat
import Workflows

/// One run of the program in a workspace.
struct Session {
    let workspace: Workspace
    let desk: Desk
    let options: WorkspaceOptions

    var standing: Standing { desk.standing }
    var rulebook: Rulebook { desk.registrar.rulebook }
    var records: Records { standing.records }
    var lookup: Lookup { desk.lookup() }

    /// - Parameter extent: how much of what stands is read from the journal at once.
    init(_ options: WorkspaceOptions, holding extent: Desk.Extent = .everything) throws {
        self.options = options
        if let office = Office.open, options.workspace == office.folder {
            workspace = office.workspace
            desk = office.desk
            return
        }
        let folder = try Workspace.find(named: options.workspace)
        guard let shelf = Shelf.find() else { throw WorkspaceFailure.noShelf }
        workspace = try Workspace(folder: folder, shelf: shelf)
        desk = try Desk(
            opening: workspace, clock: try Self.clock(options.clockText, in: workspace.zone),
            holding: extent)
    }

    /// The same workspace seen from another desk, such as that of a rehearsal.
    init(_ session: Session, at desk: Desk) {
        workspace = session.workspace
        options = session.options
        self.desk = desk
    }

    static func clock(_ text: String?, in zone: Zone) throws -> Secretariat.Clock {
        guard let text, !text.isEmpty else { return .system }
        guard case .success(let written) = WrittenMoment.parse(text), let instant = written.instant(in: zone) else {
            throw UsageFailure("`\(text)` is no moment: expected a date and a time such as 2026-11-18 14:00")
        }
        return .stopped(at: instant)
    }

    /// The person who acts: as the command line says, the environment, the settings.
    func actor(_ reading: ReadingOptions) throws -> String {
        let named = reading.actor ?? ProcessInfo.processInfo.environment["MANDATE_AS"] ?? workspace.settings.actingAs
        guard let named, !named.isEmpty else {
            throw UsageFailure("say who acts, with --as PERSON, MANDATE_AS or acting_as in mandate.yaml")
        }
        return named
    }

    /// The person who acts, if one is named at all.
    func actorIfNamed(_ reading: ReadingOptions) throws -> ID? {
        guard (try? actor(reading)) != nil else { return nil }
        return try lookup.person(try actor(reading))
    }

    func meeting(_ text: String, by person: ID? = nil) throws -> Meeting {
        let id = try lookup.meeting(text, person: person)
        guard let meeting = records.meetings[id] else { throw LookupFailure("there is no meeting `\(text)`") }
        return meeting
    }

    /// What a reader may know; nil is everyone.
    func discretion(_ reader: ID?) -> Discretion {
        Discretion(standing, by: rulebook, now: desk.now, reader: reader)
    }

    func spoken(_ instant: Instant, for body: ID?) -> String { rulebook.spoken(instant, for: body) }

    /// Prints the one or the other, as was asked for.
    func show(_ json: @autoclosure () -> Plain, _ text: @autoclosure () -> String) {
        Console.say(options.json ? json().json : text())
    }
}
