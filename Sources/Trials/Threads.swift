import Foundation

/// Work on several threads at once.
package enum Threads {
    private static let stackSize = 16 << 20

    /// Runs the work on so many threads; returns when all have done.
    package static func run(_ count: Int, _ work: @escaping @Sendable () -> Void) {
        let group = DispatchGroup()
        for _ in 0..<max(1, count) {
            group.enter()
            let thread = Thread {
                work()
                group.leave()
            }
            thread.stackSize = stackSize
            thread.start()
        }
        group.wait()
    }
}
