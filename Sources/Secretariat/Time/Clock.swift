public import Calendars
import Foundation

/// The one clock of the house, handed in from outside, so that a rehearsal can run in a time of its own.
public struct Clock: Sendable {
    private let read: @Sendable () -> Instant

    public init(_ read: @escaping @Sendable () -> Instant) { self.read = read }

    public var now: Instant { read() }

    /// The machine's clock.
    public static let system = Clock { Instant(seconds: Int64(Date().timeIntervalSince1970.rounded(.down))) }

    /// A clock that stands still.
    public static func stopped(at instant: Instant) -> Clock { Clock { instant } }
}
