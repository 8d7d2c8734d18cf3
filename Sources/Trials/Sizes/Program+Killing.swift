import Foundation

extension Program {
    /// How a process ended.
    package enum Ending: Hashable, Sendable {
        case exited(Int32)
        case killed(Int32)
    }

    /// How the process ended, if it has.
    package static func ending(of id: pid_t) -> Ending? {
        var status: Int32 = 0
        guard waitpid(id, &status, WNOHANG) == id else { return nil }
        return status & 0x7f == 0 ? .exited((status >> 8) & 0xff) : .killed(status & 0x7f)
    }

    /// Ends it at once; it can do nothing more.
    package static func kill(_ id: pid_t) { _ = Foundation.kill(id, SIGKILL) }
}
