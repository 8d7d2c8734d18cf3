import CEL

func expressionBenchmarks() throws -> [Benchmark] {
    let text = "pages <= 50 && \"ann\" in members"
    let environment = Environment(slots: [
        .init(name: "pages", kind: .int), .init(name: "members", kind: .list(.string)),
    ])
    let program = try Program(text, in: environment)
    let members = Value.list([.string("bob"), .string("cat"), .string("ann")])
    let few: [Value] = [.int(42), members]
    let many: [Value] = [.int(60), members]
    let world: any World = EmptyWorld()
    return [
        Benchmark("cel-guard") { times in
            // Of four times, the last has other variables and another answer.
            var yes = 0
            for _ in 0..<times {
                if program.answer(slots: few, in: world) == .yes { yes += 1 }
                if program.answer(slots: few, in: world) == .yes { yes += 1 }
                if program.answer(slots: few, in: world) == .yes { yes += 1 }
                if program.answer(slots: many, in: world) == .yes { yes += 1 }
            }
            guard yes == times * 3 else { throw BenchFailure("the guard answered wrongly") }
            return times * 4
        },
        Benchmark("cel-compile") { times in
            for _ in 0..<times { _ = try Program(text, in: environment) }
            return times
        },
    ]
}
