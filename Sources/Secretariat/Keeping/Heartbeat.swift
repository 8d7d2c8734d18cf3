public import Calendars
import Foundation

/// When `remind` last ran, and what it came to: a file beside the journal, so that a journal that cannot be opened stops the heart.
public struct Heartbeat: Codable, Sendable, Hashable {
    /// A heart that has not beaten for so long, in seconds, has stopped: cron runs at least once a day.
    public static let patience: Int64 = 25 * 3600

    public var at: Instant
    public var sent: Int
    public var deferred: Int
    public var dead: Int

    init(at: Instant, after done: Reminding) {
        self.at = at
        sent = done.delivery.sent
        deferred = done.delivery.deferred
        dead = done.delivery.dead
    }

    /// The last one in a workspace; nil where `remind` has never run, or what it wrote cannot be read.
    public static func last(in workspace: Workspace) -> Heartbeat? {
        guard let bytes = try? Disk.read(path(in: workspace), limit: 1 << 16) else { return nil }
        return try? Ledger.value(from: String(decoding: bytes, as: UTF8.self))
    }

    func keep(in workspace: Workspace) throws {
        try Disk.write(try Ledger.text(of: self) + "\n", to: Self.path(in: workspace), replacing: true)
    }

    private static func path(in workspace: Workspace) -> String { Disk.joined(workspace.folder, ".heartbeat") }

    /// Seconds since the last one, by a clock.
    public func age(at now: Instant) -> Int64 { now.seconds - at.seconds }
}

/// A clock that has gone far ahead since anything was last heard of: what it would send cannot be taken back.
public struct ClockFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// How far a clock may go ahead between two runs, in seconds: seven days.
    public static let longestLeap: Int64 = 7 * 24 * 3600

    public var now: Instant
    public var last: Instant

    public var description: String {
        "the clock says \(now), and nothing was heard of here since \(last), more than 7 days before: nothing was sent. "
            + "If the clock is right, run `mandate remind --accept-clock` once"
    }
}

extension Desk {
    /// Refuses a clock that leapt ahead since the last run and since the newest entry. Before the first run there is nothing to compare with.
    func checkClock() throws {
        guard let last = Heartbeat.last(in: workspace) else { return }
        try refresh()
        let newest = max(last.at, newest)
        guard now.seconds - newest.seconds <= ClockFailure.longestLeap else { throw ClockFailure(now: now, last: newest) }
    }
}
