import Testing

@testable import CEL

/// A world with a meeting and two people.
private struct Society: World {
    func value(named name: String) -> Value? {
        switch name {
        case "meeting": .object(Reference(kind: "meeting", id: "m1"))
        case "ann": .object(Reference(kind: "person", id: "ann"))
        case "vacant": .null
        default: nil
        }
    }

    func field(_ name: String, of reference: Reference) throws(EvaluationError) -> Value {
        switch (reference.kind, name) {
        case ("meeting", "chair"): .object(Reference(kind: "person", id: "ann"))
        case ("meeting", "minutes"): .null
        case ("person", "name"): .string(reference.id)
        default: throw EvaluationError("no such field: \(name)")
        }
    }

    func call(_ function: String, target: Value?, arguments: [Value]) throws(EvaluationError) -> Value {
        switch (function, target) {
        case ("in", .object(let meeting)?): .bool(meeting.id == "m1" && arguments == [.string("sitting")])
        case ("contains", .object?): .bool(arguments.count == 1)
        case ("may", nil): .bool(arguments.count == 2)
        default: throw EvaluationError("no such function: \(function)")
        }
    }
}

struct WorldTests {
    static let environment = Environment(
        names: [
            "meeting": .object("meeting"), "ann": .object("person"), "vacant": .nullable(.object("person")), "gone": .dyn,
            "any": .dyn,
        ],
        functions: [
            Environment.Function(name: "may", parameters: [.object("person"), .dyn], result: .bool),
            Environment.Function(name: "in", target: .object("meeting"), parameters: [.string], result: .bool),
            Environment.Function(name: "contains", target: .object("meeting"), parameters: [.dyn], result: .bool),
        ],
        objects: [
            "meeting": ["chair": .object("person"), "minutes": .nullable(.object("document"))], "person": ["name": .string],
            "document": ["pages": .int],
        ])

    @Test(
        "the world answers for names, fields and calls",
        arguments: [
            "meeting.chair == ann", "meeting.chair.name == 'ann'", "vacant == null", "ann != null",
            "meeting.minutes == null",
            "!has(meeting.minutes)", "has(meeting.chair)", "!meeting.?minutes.hasValue()",
            "meeting.?chair.name.value() == 'ann'", "meeting.in('sitting')",
            "may(ann, 3) && may(vacant, null)", "dyn(meeting).contains('x')", "dyn('xy').contains('x')",
            "type(ann) == type(meeting.chair)", "meeting in [meeting]",
            "dyn(meeting) != dyn(ann)", "gone == 1 || true",
        ])
    func answers(_ text: String) throws {
        #expect(try Program(text, in: Self.environment, expecting: .bool).answer(in: Society()) == .yes)
    }

    @Test(
        "a field of nothing and a name without a value are errors of the expression",
        arguments: ["vacant.name", "meeting.minutes.pages", "gone"])
    func errors(_ text: String) throws {
        let program = try Program(text, in: Self.environment)
        #expect(throws: EvaluationError.self) { try program.value(in: Society()) }
        guard case .failed = program.answer(in: Society()) else {
            Issue.record("\(text) was answered")
            return
        }
    }

    @Test("named zones are asked of whoever knows them")
    func zones() throws {
        let environment = Environment(zoneOffset: { name, moment in
            name == "Europe/Rome" ? (moment.seconds > 1000 ? 7200 : 3600) : nil
        })
        #expect(try Program("timestamp(0).getHours('Europe/Rome')", in: environment).value() == .int(1))
        #expect(try Program("timestamp(2000).getHours('Europe/Rome')", in: environment).value() == .int(2))
        #expect(throws: EvaluationError.self) {
            try Program("timestamp(0).getHours('Europe/Atlantis')", in: environment).value()
        }
    }
}
