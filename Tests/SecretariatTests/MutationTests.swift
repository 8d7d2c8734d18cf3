import Diagnostics
import Documents
import Foundation
import Testing
import YAML

@testable import Secretariat
@testable import Workflows

/// A thousand mistakes in the shipped workflows, made by a seeded generator: each is found at the right line. How long a check takes is printed.
@Suite struct MutationTests {
    /// Another seed can be tried with MANDATE_SEED.
    static let seed = ProcessInfo.processInfo.environment["MANDATE_SEED"].flatMap { UInt64($0) } ?? 20_261_102

    /// A build without optimisation, which is ten times slower, tries a quarter; `.scripts/soak` the whole thousand.
    #if DEBUG
        static let share = 4
    #else
        static let share = 1
    #endif

    /// Seconds that this thread has worked.
    static var worked: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    static let rounds: [MistakeClass: Int] = [
        .keyMisspelt: 160, .valueMisspelt: 160, .wrongKind: 140, .referenceRenamed: 140, .definitionRenamed: 120,
        .indentation: 140, .lineDropped: 140,
    ]

    /// Of each hundred mistakes of a class so many are found; of the quarter that is tried without optimisation one of 35 may be missed.
    static let hold = share == 1 ? 98 : 97

    /// Seconds that one check of all workflows may take, in a build with optimisation.
    static let limit = 0.1

    struct Bench {
        var sources: [String: SourceText] = [:]
        let templates = TemplateLibrary(folders: [Society.checkout + "/Templates"])

        init() throws {
            let folder = Society.checkout + "/Workflows"
            for name in Disk.names(in: folder, ending: ".yaml") {
                let text = String(decoding: try Disk.read(folder + "/" + name, limit: Bounds.bytes), as: UTF8.self)
                sources[name] = SourceText(name: name, text: text)
            }
        }

        func mutator() -> Mutator {
            var uses: [Mutator.Shown] = []
            for document in templates.names {
                for name in (try? templates.valueNames(of: document)) ?? [] {
                    uses.append(
                        Mutator.Shown(
                            words: name.name.split(separator: ".").map(String.init),
                            around: Set(name.sections.flatMap { $0.split(separator: ".").map(String.init) }),
                            document: document, place: "\(name.file):\(name.range.start.line)"))
                }
            }
            return Mutator(
                sources.keys.sorted().compactMap { name in sources[name].map { (name, $0.text) } }, shown: uses,
                seed: MutationTests.seed)
        }

        func check(_ mutation: Mutation) -> [Finding] {
            var sources = sources
            sources[mutation.file] = SourceText(name: mutation.file, text: mutation.text)
            let library = WorkflowLibrary(
                checking: sources.keys.sorted().compactMap { sources[$0] }.map { WorkflowSource($0, hash: $0.name) },
                templates: Set(templates.names))
            return library.findings + DocumentCheck(library, templates: templates).findings()
        }
    }

    /// Whether a finding stands where one is right.
    static func isFound(_ mutation: Mutation, _ findings: [Finding]) -> Bool {
        if findings.isEmpty { return mutation.mayBeValid }
        return findings.contains { mutation.right.contains("\($0.file):\($0.range.start.line)") }
    }

    @Test("of a thousand mistakes each is found at its line", arguments: MistakeClass.allCases)
    func mistakes(kind: MistakeClass) throws {
        let bench = try Bench()
        var mutator = bench.mutator()
        let rounds = (Self.rounds[kind] ?? 0) / Self.share
        var right = 0
        var valid = 0
        var strictly = 0
        var slowest = 0.0
        var missed: [String] = []
        for _ in 0..<rounds {
            var mutation = mutator.mutation(of: kind)
            let before = Self.worked
            var findings = bench.check(mutation)
            slowest = max(slowest, Self.worked - before)
            // An indentation that makes another sound workflow is not broken.
            while kind == .indentation, findings.isEmpty {
                mutation = mutator.mutation(of: kind)
                findings = bench.check(mutation)
            }
            if findings.isEmpty { valid += 1 }
            if findings.isEmpty
                || findings.contains(where: { $0.file == mutation.file && mutation.block.contains($0.range.start.line) })
            {
                strictly += 1
            }
            if Self.isFound(mutation, findings) {
                right += 1
            } else {
                let told = (findings.filter { $0.file == mutation.file } + findings).prefix(4).map {
                    "\($0.file):\($0.range.start.line) \($0.code) \($0.message)"
                }
                missed.append("\(mutation.file) \(mutation.right.sorted().prefix(4)) \(mutation.story): \(told)")
            }
        }
        print(
            "\(kind.rawValue): \(right) of \(rounds) right (\(strictly) by place alone), \(valid) no mistake, "
                + "slowest \(Int(slowest * 1000)) ms")
        #if !DEBUG
            #expect(slowest < Self.limit, "the slowest check took \(slowest) s")
        #endif
        #expect(
            rounds > 0 && right * 100 >= rounds * Self.hold,
            "seed \(Self.seed)\n\(missed.joined(separator: "\n"))")
    }

    @Test("a checker that says of each file that it is wrong somewhere would be found out")
    func planted() throws {
        let bench = try Bench()
        for kind in MistakeClass.allCases where kind != .lineDropped {
            var mutator = bench.mutator()
            var right = 0
            for _ in 0..<50 {
                let mutation = mutator.mutation(of: kind)
                let blind = Finding(code: "MW014", file: mutation.file, range: .start, message: "something is wrong")
                if Self.isFound(mutation, [blind]) { right += 1 }
            }
            #expect(right < 10, "\(kind.rawValue)")
        }
    }
}
