import ArgumentParser
import Secretariat

struct RemindCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remind", abstract: "Send what is due now; quiet if all is well.")

    @OptionGroup var place: WorkspaceOptions

    @Flag(name: .shortAndLong, help: "Say what was done.")
    var verbose = false

    func run() throws {
        try attempt {
            let session = try Session(place)
            let done = try Timekeeper(desk: session.desk).remind()
            if place.json {
                Console.say(plain(done).json)
            } else if verbose, done.wasBusy {
                Console.say("another run is at it; nothing was done")
            } else if verbose {
                Console.say(
                    "messages: \(done.messages) new, \(done.delivery.sent) sent, \(done.delivery.deferred) to be tried again, "
                        + "\(done.delivery.dead) given up, \(done.delivery.expired) expired")
            }
            if done.delivery.deferred > 0 {
                complain(
                    "\(counted(done.delivery.deferred, "message")) could not be sent now, to be tried again; "
                        + "`mandate outbox --state pending` says why")
                throw Exit.tryAgain
            }
            if done.delivery.dead > 0 {
                complain("\(counted(done.delivery.dead, "message")) given up; `mandate outbox --state dead` says why")
                throw Exit.unavailable
            }
        }
    }

    private func plain(_ done: Reminding) -> Plain {
        .map([
            "entries": .number(done.entries), "messages": .number(done.messages), "sent": .number(done.delivery.sent),
            "deferred": .number(done.delivery.deferred), "dead": .number(done.delivery.dead),
            "expired": .number(done.delivery.expired), "busy": .flag(done.wasBusy),
        ])
    }
}
