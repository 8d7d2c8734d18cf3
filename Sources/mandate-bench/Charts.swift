import CEL
import Diagnostics
import Foundation
import Statecharts
import Workflows

/// The charts that are measured, in the workflow language; they are read as a workflow's file is.
enum BenchCharts {
    static let toggle = """
        chart: toggle
        states:
          off: {on: {flip: on}}
          on: {on: {flip: off}}
        """

    /// The chart of benchmarks/duties.json: four regions, one guard; when all regions have ended, so has the chart.
    static let duties = """
        chart: duties
        variables: {pages: 42}
        states:
          open:
            parallel:
              papers:
                states:
                  drafting: {on: {submit: inReview}}
                  inReview:
                    on:
                      approve: [{if: pages <= 50, to: approved}, revising]
                      reject: revising
                  revising: {on: {submit: inReview}}
                  approved: {on: {circulate: circulated, withdraw: drafting}}
                  circulated: final
              attendance:
                states:
                  invited: {on: {remind: reminded, accept: accepted}}
                  reminded: {on: {accept: accepted, decline: declined}}
                  accepted: {on: {checkin: present}}
                  declined: {on: {accept: accepted}}
                  present: final
              conflict:
                states:
                  undeclared: {on: {declare: declared, none: cleared}}
                  declared: {on: {assess: assessed}}
                  assessed: {on: {manage: managed, waive: cleared}}
                  managed: {on: {clear: cleared}}
                  cleared: final
              feedback:
                states:
                  closedFb: {on: {openFeedback: openFb}}
                  openFb: {on: {rate: rated, skip: doneFb}}
                  rated: {on: {summarise: summarised}}
                  summarised: {on: {finish: doneFb}}
                  doneFb: final
            then: closed
          closed: final
        """

    static let dutiesEvents = [
        "submit", "remind", "declare", "openFeedback", "approve", "accept", "assess", "rate", "circulate", "checkin", "manage",
        "summarise", "clear", "finish",
    ]

    /// Four regions that one event moves together.
    static let regions = """
        chart: regions
        states:
          open:
            parallel:
              papers: {states: {a1: {on: {turn: b1}}, b1: {on: {turn: a1}}}}
              attendance: {states: {a2: {on: {turn: b2}}, b2: {on: {turn: a2}}}}
              conflict: {states: {a3: {on: {turn: b3}}, b3: {on: {turn: a3}}}}
              feedback: {states: {a4: {on: {turn: b4}}, b4: {on: {turn: a4}}}}
        """

    static func chart(_ text: String) throws -> Chart {
        let source = SourceText(name: "bench.yaml", text: text)
        let (read, findings) = readChart(source)
        guard let read, findings.isEmpty else {
            throw BenchFailure(findings.map { $0.rendered(in: source) }.joined(separator: "\n"))
        }
        return read.chart
    }

    static func numbers(_ events: [String], _ chart: Chart) throws -> [Chart.EventNumber] {
        try events.map { name in
            guard let number = chart.eventNumber(name) else { throw BenchFailure("\(chart.name) does not hear `\(name)`") }
            return number
        }
    }
}

func chartBenchmarks() throws -> [Benchmark] {
    let toggle = try BenchCharts.chart(BenchCharts.toggle)
    let duties = try BenchCharts.chart(BenchCharts.duties)
    let regions = try BenchCharts.chart(BenchCharts.regions)
    let flip = try BenchCharts.numbers(["flip"], toggle)[0]
    let turn = try BenchCharts.numbers(["turn"], regions)[0]
    let events = try BenchCharts.numbers(BenchCharts.dutiesEvents, duties)
    let world: any World = EmptyWorld()
    let fresh = try duties.start(in: world).instance
    var bytes = Benchmark("duties-bytes") { $0 }
    bytes.bytes = { try bytesOfInstance(of: duties, events) }
    return [
        Benchmark("toggle-events") { times in
            var instance = try toggle.start(in: world).instance
            for _ in 0..<times { _ = toggle.advance(&instance, flip, in: world) }
            let wanted = times.isMultiple(of: 2) ? "off" : "on"
            guard instance.activeStates(toggle) == [wanted] else { throw BenchFailure("toggle came to a wrong state") }
            return times
        },
        Benchmark("duties-events") { times in
            var ended = 0
            for _ in 0..<times {
                var instance = fresh
                for event in events { _ = duties.advance(&instance, event, in: world) }
                ended += instance.isFinished ? 1 : 0
            }
            guard ended == times else { throw BenchFailure("duties did not end") }
            return times * events.count
        },
        Benchmark("duties-parallel") { times in
            var instance = try regions.start(in: world).instance
            for _ in 0..<times { _ = regions.advance(&instance, turn, in: world) }
            let wanted = times.isMultiple(of: 2) ? ["a1", "a2", "a3", "a4"] : ["b1", "b2", "b3", "b4"]
            guard instance.activeStates(regions) == wanted else { throw BenchFailure("regions came to wrong states") }
            return times
        },
        Benchmark("duties-instances") { times in
            var ended = 0
            for _ in 0..<times {
                var instance = try duties.start(in: world).instance
                for event in events { _ = duties.advance(&instance, event, in: world) }
                ended += instance.isFinished ? 1 : 0
            }
            guard ended == times else { throw BenchFailure("duties did not end") }
            return times
        },
        bytes,
    ]
}

/// What each of 100,000 live instances adds to the resident memory; half of their events have moved them.
private func bytesOfInstance(of chart: Chart, _ events: [Chart.EventNumber]) throws -> Double {
    let count = 100_000
    var instances: [Instance] = []
    instances.reserveCapacity(count)
    let before = try residentBytes()
    for _ in 0..<count {
        var instance = try chart.start().instance
        for event in events.prefix(events.count / 2) { _ = chart.advance(&instance, event) }
        instances.append(instance)
    }
    let after = try residentBytes()
    guard instances.allSatisfy({ !$0.isFinished }) else { throw BenchFailure("duties ended too early") }
    return Double(after - before) / Double(count)
}

/// The resident memory of the process (proc(5), `statm`).
private func residentBytes() throws -> Int {
    let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
    guard fields.count > 1, let pages = Int(fields[1]) else {
        throw BenchFailure("the system does not tell the resident memory")
    }
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
}
