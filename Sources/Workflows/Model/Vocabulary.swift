import CEL

/// The names that expressions of every workflow know; Governance answers for them.
///
/// To these the checker adds, for one workflow: its subjects and what they imply (`meeting`, `body`...), `event` (its payload),
/// `now`, variables (as slots), deadlines (`nullable(timestamp)`), conditions (`bool`), and for each workflow of the library its
/// related cases under the plural of its name (`items`, `interests`), a list of `caseKind(workflow)`.
public enum Vocabulary {
    /// The object type of a case of a workflow; its fields are its subjects, its variables and `ended`.
    public static func caseKind(_ workflow: String) -> String { "case:" + workflow }

    public static func plural(_ workflow: String) -> String {
        workflow.hasSuffix("y") ? workflow.dropLast() + "ies" : workflow + "s"
    }

    private static func list(_ kind: String) -> Kind { .list(.object(kind)) }

    /// Fields of the society's records.
    public static let objects: [String: [String: Kind]] = [
        "organisation": [
            "name": .string, "constituency": list("person"), "members": list("organisation"), "seats": list("seat"),
        ],
        "body": ["name": .string, "meetings_to_come": list("meeting"), "seats": list("seat")],
        "seat": [
            "name": .string, "body": .object("body"), "organisation": .object("organisation"), "substitutes": list("person"),
            "holder": .nullable(.object("person")), "term": .nullable(.object("term")),
            "successor": .nullable(.object("person")),
        ],
        "term": [
            "start": .timestamp, "end": .timestamp, "planned_end": .timestamp, "person": .object("person"),
            "seat": .object("seat"), "representative": .nullable(.object("representative")),
        ],
        "person": ["name": .string],
        "representative": [
            "name": .string, "person": .object("person"), "seat": .object("seat"), "body": .object("body"),
            "organisation": .object("organisation"), "term": .nullable(.object("term")), "standing_in": .bool,
        ],
        "meeting": [
            "title": .string, "day": .string, "date": .string, "place": .string, "start": .timestamp, "end": .timestamp,
            "opened": .nullable(.timestamp),
            "ended": .nullable(.timestamp), "body": .object("body"), "items": list("item"), "papers": list("paper"),
            "next": .nullable(.object("meeting")), "previous": .nullable(.object("meeting")), "quorum": .object("quorum"),
            "presiding": .nullable(.object("person")),
        ],
        "item": [
            "title": .string, "number": .int, "purpose": .string, "meeting": .object("meeting"), "papers": list("paper"),
            "quorum": .object("quorum"), "presiding": .nullable(.object("person")),
            "confirms": .nullable(.object("meeting")),
        ],
        "paper": ["title": .string, "number": .int, "meeting": .object("meeting"), "item": .nullable(.object("item"))],
        "answer": ["title": .string, "person": .object("person"), "meeting": .object("meeting")],
        "match": ["title": .string, "organisation": .string, "item": .object("item"), "denied": .bool],
        "quorum": ["met": .bool, "present": .int, "needed": .int],
        "policy": [
            "notice": .object("policy:notice"), "inquorate_item": .string, "deferrals_allowed": .int, "facts_allowed": .bool,
            "outcomes": .map(.string, .string), "attendance": .object("policy:attendance"),
        ],
        "policy:notice": ["when_short": .string],
        "policy:attendance": ["then": .string, "by_itself": .bool],
        "code": ["title": .string, "date": .string, "edition": .int],
    ]

    /// Names that stand in every expression of a workflow whose subjects imply a meeting; `policy` wherever they imply a body.
    public static let meetingNames: [String: Kind] = [
        "quorum": .object("quorum"), "presiding": .nullable(.object("person")), "papers": list("paper"),
    ]

    /// Names that stand in expressions of a workflow whose subjects imply a meeting and a representative: the registered interests
    /// that the meeting's items may touch and that are not declared for them; the answers to the report on the meeting before.
    public static let memberNames: [String: Kind] = ["interest_matches": list("match"), "answers_to_raise": list("answer")]

    /// The registers, each a list of its rows, under this name.
    public static let registers = "registers"

    /// Functions: `in` asks whether a state of the thing's case is active, `serves` whether the representative's term covers a
    /// moment, `people` who holds a role, `breached` whether a term's attendance is too little under the body's policy;
    /// `written` whether somebody has put words of their own in the place of a draft; `announced` and `passed` are written by the reader alone.
    public static let functions: [Environment.Function] =
        SubjectKind.allCases.map {
            Environment.Function(name: "in", target: .object($0.rawValue), parameters: [.string], result: .bool)
        } + [
            Environment.Function(
                name: "serves", target: .object("representative"), parameters: [.timestamp], result: .bool),
            Environment.Function(
                name: "people", target: .object("organisation"), parameters: [.string], result: .list(.object("person"))),
            Environment.Function(
                name: "people", target: .object("body"), parameters: [.string], result: .list(.object("person"))),
            Environment.Function(name: "breached", target: .object("policy:attendance"), parameters: [.dyn], result: .bool),
            Environment.Function(
                name: "may", parameters: [.dyn, .string, .object("item")], result: .bool),
            Environment.Function(name: "present", parameters: [.object("representative")], result: .bool),
            Environment.Function(name: "attendance", parameters: [.object("representative")], result: .string),
            Environment.Function(name: "written", parameters: [.string], result: .bool),
            Environment.Function(name: "announced", parameters: [.string], result: .bool),
            Environment.Function(name: "passed", parameters: [.int], result: .bool),
        ]
}
