import Foundation
import Secretariat
import Trials

/// Measures the engine and prints a line of JSON for each benchmark: `{"name", "operations", "seconds", "bytes"}`.
///
/// Each is run for a while on one thread, in rounds of 10 ms, and the fastest round is told: what disturbs a round can only make it slower.
/// `operations` and `seconds` are that round's; `bytes` is what one operation keeps in memory, 0 where that is not measured.
/// Options: `--only NAME` (may be repeated), `--seconds S` for each benchmark (2), `--list`.
@main
struct MandateBench {
    static func main() {
        do {
            let arguments = Array(CommandLine.arguments.dropFirst())
            if arguments.first == "soak" { return try soak(SoakOptions(arguments.dropFirst())) }
            if arguments.first == "race" { return try race(RaceOptions(arguments.dropFirst())) }
            if arguments.first == "sizes" { return try sizes(SizesOptions(arguments.dropFirst())) }
            let options = try Options(arguments)
            let benchmarks =
                try chartBenchmarks() + expressionBenchmarks() + calendarBenchmarks() + workflowBenchmarks()
                + documentBenchmarks()
            let names = benchmarks.map(\.name)
            if options.isList { return print(names.joined(separator: "\n")) }
            if let unknown = options.only.first(where: { !names.contains($0) }) {
                throw Misuse("there is no benchmark `\(unknown)`; there are \(names.joined(separator: ", "))")
            }
            for benchmark in benchmarks where options.only.isEmpty || options.only.contains(benchmark.name) {
                print(try benchmark.measured(for: options.seconds).json)
                fflush(nil)
            }
        } catch {
            FileHandle.standardError.write(Data("mandate-bench: \(error)\n".utf8))
            exit(64)
        }
    }
}

/// What the command line asks for.
private struct Options {
    var only: [String] = []
    var seconds = 2.0
    var isList = false

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        while let option = rest.popFirst() {
            switch option {
            case "--list": isList = true
            case "--only":
                guard let name = rest.popFirst() else { throw Misuse("`--only` wants the name of a benchmark") }
                only.append(name)
            case "--seconds":
                guard let text = rest.popFirst(), let number = Double(text), (0.01...3_600).contains(number) else {
                    throw Misuse("`--seconds` wants a number from 0.01 to 3600")
                }
                seconds = number
            default: throw Misuse("there is no option `\(option)`; there are --only NAME, --seconds S and --list")
            }
        }
    }
}

/// A command line that cannot be meant, or a benchmark that does not do what it should.
struct Misuse: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}
