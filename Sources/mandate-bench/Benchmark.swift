/// One thing that is measured.
struct Benchmark {
    let name: String
    /// Does the work so many times over and gives the number of operations; it throws where the work comes out wrong.
    let run: (_ times: Int) throws -> Int
    /// What one operation keeps in memory, in bytes.
    var bytes: (() throws -> Double)?

    init(_ name: String, run: @escaping (_ times: Int) throws -> Int) {
        self.name = name
        self.run = run
    }

    struct Measurement {
        var name: String
        var operations: Int
        var seconds: Double
        var bytes = 0.0

        var json: String {
            "{\"name\": \"\(name)\", \"operations\": \(operations), \"seconds\": \(seconds), \"bytes\": \(bytes)}"
        }
    }

    /// Rounds are short, so that some of them run undisturbed on a machine that has other work too.
    private static let roundSeconds = 0.01
    private static let fewestRounds = 5

    /// The fastest of the rounds, which together take about so long.
    func measured(for seconds: Double) throws -> Measurement {
        if let bytes {
            var times = 0
            let (kept, spent) = try Self.timed {
                times = 100_000
                return try bytes()
            }
            return Measurement(name: name, operations: times, seconds: spent, bytes: kept)
        }
        let times = try timesNeeded(for: Self.roundSeconds)
        let rounds = max(Self.fewestRounds, Int(seconds / Self.roundSeconds))
        var best = Measurement(name: name, operations: 0, seconds: .infinity)
        for _ in 0..<rounds {
            let (operations, spent) = try Self.timed { try run(times) }
            if spent < best.seconds { best = Measurement(name: name, operations: operations, seconds: spent) }
        }
        return best
    }

    /// Doubles the work until a round takes long enough; the caches are warm then too.
    private func timesNeeded(for seconds: Double) throws -> Int {
        var times = 1
        while true {
            let spent = try Self.timed { try run(times) }.seconds
            if spent >= seconds || times >= 1 << 40 { return times }
            times = spent > seconds / 10 ? max(times + 1, Int(Double(times) * seconds / spent)) : times * 4
        }
    }

    private static func timed<Result>(_ work: () throws -> Result) rethrows -> (result: Result, seconds: Double) {
        let clock = ContinuousClock()
        let start = clock.now
        let result = try work()
        let (seconds, attoseconds) = (clock.now - start).components
        return (result, Double(seconds) + Double(attoseconds) / 1e18)
    }
}
