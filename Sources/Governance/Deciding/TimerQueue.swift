/// Timers in the order in which they fire, where those of a case are replaced when something happens to it.
struct TimerQueue {
    private struct Waiting {
        var timer: Timer
        /// How often the timers of its case had been replaced when it was queued.
        var round: Int
    }

    /// The latest first.
    private var waiting: [Waiting]
    private var rounds: [ID: Int] = [:]

    init(_ timers: [Timer]) {
        waiting = timers.map { Waiting(timer: $0, round: 0) }
        waiting.sort { Self.isBefore($1.timer, $0.timer) }
    }

    /// Takes the earliest out.
    mutating func next() -> Timer? {
        while let earliest = waiting.popLast() {
            if earliest.round == rounds[earliest.timer.ofCase, default: 0] { return earliest.timer }
        }
        return nil
    }

    mutating func replace(of ofCase: ID, by timers: [Timer]) {
        let round = rounds[ofCase, default: 0] + 1
        rounds[ofCase] = round
        for timer in timers { waiting.insert(Waiting(timer: timer, round: round), at: place(of: timer)) }
    }

    /// Behind all that fire later.
    private func place(of timer: Timer) -> Int {
        var (low, high) = (0, waiting.count)
        while low < high {
            let middle = (low + high) / 2
            if Self.isBefore(timer, waiting[middle].timer) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func isBefore(_ one: Timer, _ other: Timer) -> Bool { (one.at, one.id) < (other.at, other.id) }
}
