import Testing

@testable import CEL

/// The fast way of guards must never differ from the long way.
struct GuardTests {
    static let environment = Environment(slots: [
        Environment.Slot(name: "pages", kind: .dyn), Environment.Slot(name: "members", kind: .dyn),
        Environment.Slot(name: "ready", kind: .dyn),
    ])

    static let values: [Value] = [
        .int(49), .int(50), .int(51), .int(.min), .int(.max), .uint(50), .double(50), .double(.nan), .string("ann"),
        .string("Ann"), .string("K"),
        .string("\u{212A}"), .string("é"), .string("e\u{301}"), .bool(true), .bool(false), .null, .list([]),
        .list([.string("ann")]),
        .list([.string("bob"), .string("\u{212A}"), .string("e\u{301}")]), .list([.int(1), .int(50)]), .list([.uint(50)]),
        .list([.double(.nan), .double(50)]),
        .map([.string("ann"): .int(1)]), .map([.int(50): .null]), .list([Value](repeating: .int(1), count: 10_001)),
    ]

    @Test(
        "a guard answers as its value does, whatever its slots hold",
        arguments: [
            "pages <= 50", "pages < 50", "pages >= 50", "pages > 50", "pages == 50", "pages != 50", "50 <= pages", "50 < pages",
            "50 >= pages", "50 > pages",
            "50 == pages", "pages > 9223372036854775807", "pages < -9223372036854775808", "pages <= 50 && 'ann' in members",
            "pages <= 50 || 'ann' in members",
            "'ann' in members && pages <= 50", "!('ann' in members)", "50 in members", "'K' in members", "'é' in members",
            "pages == 'K'", "pages != 'é'",
            "'ann' == pages", "pages in ['ann', 'é']", "pages in [49, 50]", "pages in [50, 'ann']", "ready", "!ready",
            "ready == true", "ready != true",
            "ready && pages <= 50 && 'ann' in members", "ready || pages <= 50 || 'ann' in members",
            "ready ? pages <= 50 : pages > 50", "pages == members",
            "pages <= members", "pages < members || ready", "true && ready", "ready && (pages > 3 || false)",
        ])
    func agrees(_ text: String) throws {
        let program = try Program(text, in: Self.environment)
        for pages in Self.values {
            for members in Self.values {
                for ready in [Value.bool(true), .bool(false), .null] {
                    let slots = [pages, members, ready]
                    #expect(
                        program.answer(slots: slots) == Self.longAnswer(program, slots),
                        "\(text) with \(pages), \(members), \(ready)")
                }
            }
        }
        #expect(program.answer(slots: []) == Self.longAnswer(program, []))
    }

    private static func longAnswer(_ program: Program, _ slots: [Value]) -> Answer {
        do throws(EvaluationError) {
            let value = try program.value(slots: slots)
            if case .bool(let flag) = value { return flag ? .yes : .no }
            return .failed(EvaluationError("not a bool but \(value.kind.typeName)"))
        } catch {
            return .failed(error)
        }
    }
}
