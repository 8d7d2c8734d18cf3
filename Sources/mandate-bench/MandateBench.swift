import ArgumentParser
import Foundation

/// The benchmarks and the long trials; each prints lines of JSON.
@main
struct MandateBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mandate-bench", abstract: "Measures Mandate and tries it at length; prints lines of JSON.",
        subcommands: [MeasureCommand.self, SoakCommand.self, RaceCommand.self, SizesCommand.self],
        defaultSubcommand: MeasureCommand.self)
}

/// Measures the engine and prints a line of JSON for each benchmark: `{"name", "operations", "seconds", "bytes"}`.
///
/// Each is run for a while on one thread, in rounds of 10 ms, and the fastest round is told: what disturbs a round can only make it slower.
/// `operations` and `seconds` are that round's; `bytes` is what one operation keeps in memory, 0 where that is not measured.
struct MeasureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure", abstract: "Measure the parts of the engine, each on one thread.")

    @Option(help: ArgumentHelp("Only this benchmark; may be repeated.", valueName: "name"))
    var only: [String] = []

    @Option(help: ArgumentHelp("How long each is run, from 0.01 to 3600.", valueName: "seconds"))
    var seconds = 2.0

    @Flag(help: "Name the benchmarks.")
    var list = false

    func validate() throws {
        guard (0.01...3_600).contains(seconds) else { throw ValidationError("`--seconds` wants a number from 0.01 to 3600") }
    }

    func run() throws {
        let benchmarks =
            try chartBenchmarks() + expressionBenchmarks() + calendarBenchmarks() + workflowBenchmarks() + documentBenchmarks()
        let names = benchmarks.map(\.name)
        if list { return print(names.joined(separator: "\n")) }
        if let unknown = only.first(where: { !names.contains($0) }) {
            throw ValidationError("there is no benchmark `\(unknown)`; there are \(names.joined(separator: ", "))")
        }
        for benchmark in benchmarks where only.isEmpty || only.contains(benchmark.name) {
            print(try benchmark.measured(for: seconds).json)
            fflush(nil)
        }
    }
}

/// A benchmark that does not do what it should, or cannot be held here.
struct BenchFailure: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}

/// Tells on standard error what does not hold.
func complain(_ text: String) { FileHandle.standardError.write(Data("mandate-bench: \(text)\n".utf8)) }
