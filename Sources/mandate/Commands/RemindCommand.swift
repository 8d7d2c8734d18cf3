import ArgumentParser
import Governance
import Secretariat

struct RemindCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remind", abstract: "Send what is due now; quiet if all is well.",
        discussion: """
            Exit codes: 0 done, 69 a message was given up, 75 some are to be tried again or the clock is not to be believed, \
            78 the settings of the post cannot be used here. \
            With --at TIME it works by another time than the clock's: together with --dry-run, a look ahead.
            """)

    @OptionGroup var place: WorkspaceOptions

    @Flag(name: .shortAndLong, help: "Say what was done.")
    var verbose = false

    @Flag(help: "Only show what would go and what would not, and why.")
    var dryRun = false

    @Flag(help: "Only show what became of everything that ever fell due, and why.")
    var status = false

    @Flag(help: "Believe a clock that is more than 7 days ahead of the last run.")
    var acceptClock = false

    @Flag(help: ArgumentHelp("Work beside other runs, for trials of what keeps them apart.", visibility: .hidden))
    var withoutLock = false

    func validate() throws {
        if dryRun && status { throw ValidationError("--dry-run and --status are two questions: ask one at a time") }
    }

    func run() throws {
        try attempt {
            let session = try Session(place, holding: dryRun || status ? .everything : .whatIsNeeded)
            if dryRun { return try showPreview(session) }
            if status { return try showStatus(session) }
            let done = try Timekeeper(desk: session.desk).remind(acceptingClock: acceptClock, isAlone: !withoutLock)
            if place.json {
                Console.say(plain(done).json)
            } else if verbose, done.wasBusy {
                Console.say("another run is at it; nothing was done")
            } else if verbose {
                Console.say(
                    "messages: \(done.messages) new, \(done.delivery.sent) sent, \(done.delivery.deferred) to be tried again, "
                        + "\(done.delivery.dead) given up, \(done.delivery.expired) expired")
            }
            try tell(done, session)
        }
    }

    /// What a person must know of: each message given up is told once, and goes before those that will be tried again by themselves.
    private func tell(_ done: Reminding, _ session: Session) throws {
        for it in done.givenUp.prefix(Self.mostTold) {
            complain(
                "given up: \(it.document ?? "a message") to \(session.standing.name(of: it.recipient)): \(it.reason)  [\(it.key)]"
            )
        }
        let rest = done.givenUp.count - Self.mostTold
        if rest > 0 { complain("and \(rest) more given up; `mandate outbox --state dead` says which") }
        if !done.givenUp.isEmpty { throw Exit.unavailable }
        if done.delivery.deferred > 0 {
            complain(
                "\(counted(done.delivery.deferred, "message")) could not be sent now, to be tried again; "
                    + "`mandate outbox --state pending` says why")
            throw Exit.tryAgain
        }
    }

    private static let mostTold = 20

    private func plain(_ done: Reminding) -> Plain {
        .map([
            "entries": .number(done.entries), "messages": .number(done.messages), "sent": .number(done.delivery.sent),
            "deferred": .number(done.delivery.deferred), "dead": .number(done.delivery.dead),
            "expired": .number(done.delivery.expired), "busy": .flag(done.wasBusy),
            "given_up": .list(
                done.givenUp.map {
                    .map(["key": .text($0.key), "recipient": .text($0.recipient), "reason": .text($0.reason)])
                }),
        ])
    }
}
