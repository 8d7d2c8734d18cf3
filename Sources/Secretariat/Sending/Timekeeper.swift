import Governance
import Journals
import Post

/// What `remind` did.
public struct Reminding: Codable, Sendable, Hashable {
    /// Entries made by what was due.
    public var entries = 0
    /// Messages put into the outbox.
    public var messages = 0
    public var delivery = Delivery()
    /// The messages given up since the last run.
    public var givenUp: [GivenUp] = []
    /// Another process was at it; nothing was done.
    public var wasBusy = false

    public init() {}
}

/// Knows what is due: fires it, gathers what it has to tell, and sends the courier off.
public struct Timekeeper {
    /// What a settled mailing sets off may itself be mailed; more rounds than that would be a circle.
    static let mostRounds = 8

    let desk: Desk
    let transport: any Transport
    let sender: Address

    public init(desk: Desk) throws { try self.init(desk: desk, transport: try desk.workspace.transport()) }

    package init(desk: Desk, transport: any Transport) throws {
        self.desk = desk
        self.transport = transport
        sender = try desk.workspace.settings.sender().address
    }

    /// Does all that is due by the desk's clock. A second run finds nothing left to do.
    ///
    /// Throws `ClockFailure` if the clock leapt ahead, unless it is accepted.
    ///
    /// - Parameter isAlone: whether to leave the work to another run that is at it. Nothing goes wrong where several are; it is of no use.
    public func remind(acceptingClock: Bool = false, isAlone: Bool = true) throws -> Reminding {
        if !acceptingClock { try desk.checkClock() }
        guard isAlone else { return try beat() }
        if let done = try Disk.locked(Self.lockPath(of: desk.workspace), { try beat() }) { return done }
        var busy = Reminding()
        busy.wasBusy = true
        return busy
    }

    private func beat() throws -> Reminding {
        // Whoever was erased is not left half erased until somebody asks again, by a name that nobody knows any more.
        try desk.finishErasing()
        let done = try round()
        try Heartbeat(at: desk.now, after: done).keep(in: desk.workspace)
        return done
    }

    static func lockPath(of workspace: Workspace) -> String { Disk.joined(workspace.folder, ".remind.lock") }

    /// What `remind` does, without the lock: correctness rests on claims, not on politeness.
    package func round() throws -> Reminding {
        var done = Reminding()
        let fired = try desk.fireAll()
        done.entries = fired.entries
        done.messages = fired.messages
        let courier = Courier(
            journal: desk.journal, transport: transport, sender: sender, knowsCopies: transport is Maildir, clock: desk.clock,
            chance: desk.chance, quietEnd: desk.workspace.quietEnd)
        for _ in 0..<Self.mostRounds {
            done.delivery = done.delivery + (try courier.deliver())
            let toldRefused = try desk.tellRefused()
            guard try desk.tellSettled() || toldRefused else { break }
        }
        done.givenUp = try desk.newlyGivenUp()
        return done
    }
}

extension Desk {
    /// So many transactions at most: each fires thousands of timers.
    private static let mostFirings = 1000

    /// Fires all that is due in every family.
    package func fireAll() throws -> (entries: Int, messages: Int) {
        var (entries, messages) = (0, 0)
        for _ in 0..<Self.mostFirings {
            let record = try transact { transaction, now in
                var record = Proceedings()
                record.gathersReminders = true
                try fire(upTo: now, &record, transaction)
                try finish(&record, transaction, now)
                return record
            }
            entries += record.entries.count
            messages += record.messages
            guard record.entries.count >= Self.manyEntries else { break }
        }
        return (entries, messages)
    }

    /// A transaction with so many entries may have left timers for the next.
    private static let manyEntries = 5000
}
