import Foundation

/// The crew of as many as the machine has processors.
@Sendable func onAllProcessors(_ count: Int, _ work: @escaping @Sendable (Int) -> Void) {
    DispatchQueue.concurrentPerform(iterations: count) { work($0) }
}
