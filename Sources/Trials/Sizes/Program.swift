import Foundation

/// Another program, run as a process, with what it took.
package struct Program: Sendable {
    package struct Run: Sendable {
        package var seconds: Double
        /// The most that was resident at once.
        package var bytes: Int
        /// The exit code; nil where a signal ended it.
        package var code: Int32?
    }

    private let path: String

    package init(_ path: String) { self.path = path }

    /// Runs it to its end. Its words go where ours go.
    package func run(_ arguments: [String]) throws -> Run {
        let clock = ContinuousClock()
        let start = clock.now
        let id = try begin(arguments)
        var status: Int32 = 0
        var usage = rusage()
        while wait4(id, &status, 0, &usage) < 0 {
            guard errno == EINTR else { throw TrialFailure("\(path) is lost: \(String(cString: strerror(errno)))") }
        }
        let spent = (clock.now - start).components
        return Run(
            seconds: Double(spent.seconds) + Double(spent.attoseconds) / 1e18, bytes: Int(usage.ru_maxrss) * 1024,
            code: status & 0x7f == 0 ? (status >> 8) & 0xff : nil)
    }

    /// Begins it; answers its process id.
    package func begin(_ arguments: [String]) throws -> pid_t {
        let words = ([path] + arguments).map { strdup($0) }
        defer { for word in words { free(word) } }
        var id: pid_t = 0
        let fault = posix_spawn(&id, path, nil, nil, words + [nil], environ)
        guard fault == 0 else { throw TrialFailure("\(path) cannot be run: \(String(cString: strerror(fault)))") }
        return id
    }
}
