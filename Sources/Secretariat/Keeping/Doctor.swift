import Calendars
import Diagnostics
import Foundation
import Governance
import Journals

#if canImport(Glibc)
    import Glibc
#endif

/// One thing that must be so for a workspace to keep its promises, and whether it is.
public struct Checkup: Sendable, Hashable {
    public enum State: String, Sendable, Hashable { case good, poor, bad }

    /// A word by which programs find it: `durable`.
    public var name: String
    public var state: State
    public var words: String

    init(_ name: String, _ state: State, _ words: String) {
        self.name = name
        self.state = state
        self.words = words
    }
}

/// Looks at a workspace and the machine that it stands on.
public struct Doctor {
    let desk: Desk

    public init(of desk: Desk) { self.desk = desk }

    /// Every checkup, in order; the worst says how the workspace is.
    public func examine() throws -> [Checkup] {
        [try durable(), summer(), holidays(), bodies()] + post() + [heartbeat(), lock()] + (try messages())
    }

    /// Commits must be synced, or an acknowledged command could be lost when the power fails.
    private func durable() throws -> Checkup {
        guard let journal = desk.journal as? SQLiteJournal else {
            return Checkup("durable", .poor, "the journal is not on a disk")
        }
        let level = try journal.synchronousLevel()
        return level == SQLiteJournal.full
            ? Checkup("durable", .good, "every commit is synced (synchronous = \(level))")
            : Checkup(
                "durable", .bad,
                "synchronous is \(level), not \(SQLiteJournal.full): a command could be lost when the power fails")
    }

    /// A machine without time zones works in GMT without a word; London is an hour ahead on 1 July.
    private func summer() -> Checkup {
        do {
            guard let july = Instant("2026-07-01T12:00:00Z") else { preconditionFailure("a moment as we write it") }
            let offset = try Zones.named("Europe/London").offset(at: july)
            return offset == 3600
                ? Checkup("zones", .good, "London is an hour ahead of UTC on 1 July")
                : Checkup(
                    "zones", .bad,
                    "London is \(offset) seconds ahead of UTC on 1 July, not 3600: the machine's time zones are wrong")
        } catch {
            return Checkup("zones", .bad, "\(error): install the machine's time zones (tzdata)")
        }
    }

    private func bodies() -> Checkup {
        desk.settingsForNobody.map { Checkup("bodies", .bad, $0) }
            ?? Checkup("bodies", .good, "every body that \(Workspace.settingsName) names is known")
    }

    /// Working days are counted by a holiday table; without one every weekday is a working day.
    private func holidays() -> Checkup {
        let lacking = desk.workspace.definitions.packsWithoutHolidays
        guard let pack = lacking.first else { return Checkup("holidays", .good, "the days that do not count are known") }
        return Checkup(
            "holidays", .poor,
            "no holiday is known, and `\(pack)` leaves holidays out: every weekday counts as a working day")
    }

    private func heartbeat() -> Checkup {
        guard let last = Heartbeat.last(in: desk.workspace) else {
            return Checkup("heartbeat", .poor, "`mandate remind` has never run here; `mandate doctor --install` says how")
        }
        let age = last.age(at: desk.now)
        let words = "`mandate remind` last ran on \(desk.registrar.rulebook.spoken(last.at, for: nil)), \(Self.span(age)) ago"
        return age <= Heartbeat.patience
            ? Checkup("heartbeat", .good, words) : Checkup("heartbeat", .bad, words + ": is the timer running?")
    }

    static func span(_ seconds: Int64) -> String {
        switch seconds {
        case ..<3600: "\(max(0, seconds) / 60) minutes"
        case ..<172_800: "\(seconds / 3600) hours"
        default: "\(seconds / 86_400) days"
        }
    }

    private func lock() -> Checkup {
        do {
            let isFree = try Disk.locked(Timekeeper.lockPath(of: desk.workspace)) { true } ?? false
            return Checkup(
                "lock", isFree ? .good : .poor, isFree ? "no run is under way" : "a run of `mandate remind` is under way")
        } catch { return Checkup("lock", .bad, "\(error)") }
    }

    private func messages() throws -> [Checkup] {
        let dead = try desk.messages(in: [.dead]).count
        let uncertain = try desk.messages(in: [.uncertain]).count
        return [
            dead == 0
                ? Checkup("dead", .good, "no message was given up")
                : Checkup("dead", .poor, "\(dead) messages were given up; see `mandate outbox list --state dead`"),
            uncertain == 0
                ? Checkup("uncertain", .good, "of every message it is known what became of it")
                : Checkup(
                    "uncertain", .bad, "\(uncertain) messages may have been sent: say with `mandate outbox retry` or `drop`"),
        ]
    }
}

extension Desk {
    /// That the settings name a body that nobody knows, which then goes by what binds all others; nil where there is none, or no body yet.
    public var settingsForNobody: String? {
        let names = standing.records.bodies.values.map(\.name)
        let unknown = workspace.settings.bodies.keys.filter { !names.contains($0) }.sorted()
        guard !unknown.isEmpty, !names.isEmpty else { return nil }
        let words = unknown.map { name in
            "`\(name)`" + (nearestName(to: name, among: names).map { " (did you mean `\($0)`?)" } ?? "")
        }
        return
            "\(Workspace.settingsName) has settings for \(words.joined(separator: ", ")), but no body is called so: they bind nobody"
    }
}

extension Doctor {
    /// How to have `remind`, and `inbox` where people may answer by mail, run by themselves: units for systemd, and lines for cron.
    public static func installation(program: String, workspace: String, readsAnswers: Bool) -> String {
        guard readsAnswers else { return installation(program, workspace) }
        return installation(program, workspace) + "\n\n" + inboxInstallation(program, workspace)
    }

    private static func inboxInstallation(_ program: String, _ workspace: String) -> String {
        """
        # Answers by mail. Either: ~/.config/systemd/user/mandate-inbox.service
        [Unit]
        Description=Take answers by mail in \(workspace.replacing("%", with: "%%"))

        [Service]
        Type=oneshot
        ExecStart=\(unitQuoted(program)) inbox --workspace \(unitQuoted(workspace))

        # and ~/.config/systemd/user/mandate-inbox.timer
        [Unit]
        Description=Every five minutes, and at once after the machine was off

        [Timer]
        OnCalendar=*:0/5
        Persistent=true

        [Install]
        WantedBy=timers.target

        # then: systemctl --user daemon-reload && systemctl --user enable --now mandate-inbox.timer

        # Or: a line for crontab -e
        */5 * * * * \(shellQuoted(program).replacing("%", with: "\\%")) inbox --workspace \(
            shellQuoted(workspace).replacing("%", with: "\\%"))
        """
    }

    private static func installation(_ program: String, _ workspace: String) -> String {
        """
        # Either: ~/.config/systemd/user/mandate-remind.service
        [Unit]
        Description=Send what is due in \(workspace.replacing("%", with: "%%"))

        [Service]
        Type=oneshot
        ExecStart=\(unitQuoted(program)) remind --workspace \(unitQuoted(workspace))
        # Put off until later is no failure.
        SuccessExitStatus=75

        # and ~/.config/systemd/user/mandate-remind.timer
        [Unit]
        Description=Every quarter of an hour, and at once after the machine was off

        [Timer]
        OnCalendar=*:0/15
        Persistent=true

        [Install]
        WantedBy=timers.target

        # then: systemctl --user daemon-reload && systemctl --user enable --now mandate-remind.timer && loginctl enable-linger

        # Or: a line for crontab -e
        */15 * * * * \(shellQuoted(program).replacing("%", with: "\\%")) remind --workspace \(
            shellQuoted(workspace).replacing("%", with: "\\%"))
        """
    }

    private static func isPlain(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || "/._-".utf8.contains($0)
            }
    }

    private static func unitQuoted(_ text: String) -> String {
        let escaped = text.replacing("%", with: "%%").replacing("$", with: "$$")
        return isPlain(text) ? text : "\"\(escaped.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }

    private static func shellQuoted(_ text: String) -> String {
        isPlain(text) ? text : "'" + text.replacing("'", with: "'\\''") + "'"
    }
}
