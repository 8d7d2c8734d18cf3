/// The JSON Schema (draft-07) of the workflow language, with which editors complete and check while one types.
///
/// It knows shapes and closed lists of words. What names mean, and whether expressions and deadlines are right, only the checker knows.
public enum WorkflowSchema {
    /// The schema as JSON text that ends with a line feed.
    public static let text = schema.printed() + "\n"

    static let schema: JSON = [
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A workflow of Mandate",
        "description": "The article `The workflow language` explains each key.",
        "type": "object",
        "required": ["workflow", "title", "for", "begins", "states"],
        "additionalProperties": false,
        "properties": [
            "workflow": described("The workflow's name.", reference("name")),
            "title": described("What people see.", reference("text")),
            "basis": described("The place in a source that asks for it: `003 L45`.", reference("text")),
            "for": described("What one case is about; one case for each combination.", oneOrMany(reference("subject"))),
            "begins": described("What calls a case into being.", reference("beginning")),
            "variables": described(
                "Name: a first value, or a type.",
                named([
                    "anyOf": [
                        ["type": ["string", "number", "boolean"]], reference("type"),
                        ["type": "array", "items": ["type": ["string", "number", "boolean"]]],
                        ["type": "object", "maxProperties": 0],
                    ]
                ])),
            "deadlines": described("Name: a rule such as `5 working days before meeting.start`.", named(reference("text"))),
            "conditions": described("Name: CEL, or the question with its sentence.", named(reference("condition"))),
            "commands": described("What people may ask for.", named(reference("command"))),
            "states": described("Name: a state. A case starts in the first.", named(reference("state"))),
            "initial": described("Where a case starts, if not in the first state.", reference("initial")),
            "never": described("What must not hold.", oneOrMany(reference("rule"))),
            "always": described("What must hold.", oneOrMany(reference("rule"))),
            "registers": described("Registers that every workflow may write and read.", named(reference("register"))),
            "roles": described(
                "Role: what it is held for.", named(["enum": ["organisation", "body"]])),
        ],
        "definitions": definitions,
    ]

    private static let definitions: JSON = [
        "name": ["type": "string", "pattern": "^[a-z][a-z0-9_]{0,63}$"],
        "word": ["type": "string", "minLength": 1, "maxLength": 256],
        "text": ["type": ["string", "number", "boolean"]],
        "event": ["type": "string", "pattern": "^[a-z][a-z0-9_]{0,63}([.][a-z][a-z0-9_]{0,63})*$"],
        "payload": ["anyOf": [reference("expression"), named(reference("expression"))]],
        "computed": object(required: ["is"], [("is", reference("expression"))]),
        "sending": sending,
        "expression": ["type": ["string", "number", "boolean", "null"]],
        "subject": [
            "anyOf": [
                ["enum": .list(SubjectKind.allCases.map { .text($0.rawValue) })],
                described("A case of another workflow.", reference("name")),
            ]
        ],
        "register": object(
            required: ["title", "about", "fields"],
            [
                ("title", reference("text")), ("about", ["enum": .list(SubjectKind.allCases.map { .text($0.rawValue) })]),
                ("public", ["type": "boolean"]),
                (
                    "while",
                    described("Its rows stand while the case is in one of these states.", oneOrMany(reference("word")))
                ), ("fields", named(reference("type"))),
            ]),
        "beginning": [
            "type": "object", "minProperties": 1, "maxProperties": 2, "additionalProperties": false,
            "properties": [
                "command": reference("name"), "by": oneOrMany(reference("name")),
                "several": described(
                    "Beside `by`: also while a case for the same subjects is open.", ["type": "boolean"]),
                "each": described("A case for each combination for which the expression holds.", reference("expression")),
                "word": described("A case when one of these words is told about its subjects.", oneOrMany(reference("name"))),
            ],
        ],
        "type": [
            "anyOf": [
                reference("word"),
                object(
                    required: ["type"],
                    [
                        ("type", ["anyOf": [["enum": .list(WorkflowReader.plainTypes.map { .text($0) })], reference("word")]]),
                        ("of", oneOrMany(reference("text"))), ("optional", ["type": "boolean"]),
                        ("shown_to", oneOrMany(reference("word"))),
                        ("public", described("The words belong to nobody.", ["type": "boolean"])),
                        ("from", reference("expression")), ("standard", reference("expression")),
                    ]),
            ]
        ],
        "condition": [
            "anyOf": [
                reference("expression"),
                object(required: ["is"], [("is", reference("expression")), ("say", reference("text"))]),
            ]
        ],
        "command": object(
            required: ["title"],
            [
                ("title", reference("text")), ("by", oneOrMany(reference("word"))), ("not_by", oneOrMany(reference("word"))),
                ("while", reference("word")), ("until", reference("text")), ("fields", named(reference("type"))),
                (
                    "record",
                    [
                        "anyOf": [
                            ["enum": .list(RecordKind.allCases.map { .text($0.rawValue) })],
                            described("A register.", reference("name")),
                        ]
                    ]
                ),
            ]),
        "rule": object(
            required: ["name", "if"],
            [
                ("name", reference("text")), ("when", reference("name")), ("if", reference("expression")),
            ]),
        "initial": oneOrMany([
            "anyOf": [
                reference("word"),
                object(
                    required: ["to"],
                    [
                        ("if", reference("expression")), ("to", oneOrMany(reference("word"))), ("do", reference("actions")),
                    ] + verbs),
            ]
        ]),
        "state": ["anyOf": [["type": "null"], ["const": "final"], state]],
        "duty": duty,
        "transition": oneOrMany(["anyOf": [reference("word"), transition]]),
        "actions": oneOrMany(reference("action")),
        "blocks": oneOrMany(["anyOf": [reference("action"), ["type": "array", "items": reference("action")]]]),
        "action": object(
            required: [],
            verbs + [
                ("if", reference("expression")), ("about", named(reference("expression"))),
                ("for", named(reference("expression"))),
                ("with", ["anyOf": [reference("expression"), named(reference("expression"))]]),
                ("each", named(reference("expression"))), ("foreach", named(reference("expression"))),
                ("index", described("The variable that holds the place in the list.", reference("name"))),
                ("do", reference("actions")), ("else", reference("actions")),
            ]),
    ]

    private static let state: JSON = object(
        required: [],
        [
            ("type", ["const": "final"]), ("states", named(reference("state"))), ("parallel", named(reference("state"))),
            ("initial", reference("initial")), ("history", ["enum": ["shallow", "deep"]]),
            ("announce", described("A word told at entry, which holds while the state is active.", reference("name"))),
            ("entry", reference("blocks")), ("exit", reference("blocks")),
            ("duty", described("Owed while the state is active.", reference("duty"))),
            ("participation", ["enum": .list(Participation.allCases.map { .text($0.name) })]),
            ("on", described("A command or event, at the moment it comes.", oneOrMany(heard))),
            (
                "once",
                described(
                    "An announcement or condition, as soon as it holds.",
                    [
                        "anyOf": [reference("transition"), oneOrMany(named(reference("transition")))]
                    ])
            ),
            (
                "at",
                described("A deadline, when it passes.", ["type": "object", "additionalProperties": reference("transition")])
            ),
            ("then", described("When the children, or all regions, have ended.", reference("transition"))),
            ("with", described("What a final state hands out.", reference("payload"))),
        ])

    private static let duty: JSON = object(
        required: ["title", "basis", "of", "due"],
        [
            ("title", reference("text")), ("note", reference("text")), ("basis", reference("text")), ("of", reference("word")),
            ("not_of", reference("word")), ("from", reference("text")), ("due", reference("text")),
            (
                "checklist",
                oneOrMany([
                    "anyOf": [
                        reference("text"),
                        object(
                            required: ["each", "do"],
                            [
                                ("each", reference("expression")), ("do", reference("text")),
                            ]),
                    ]
                ])
            ),
            ("remind", oneOrMany(reference("text"))),
            ("escalate", object(required: ["to", "after"], [("to", reference("word")), ("after", reference("text"))])),
        ])

    private static let transition: JSON = object(
        required: [],
        [
            ("to", oneOrMany(reference("word"))), ("if", described("Chooses silently.", reference("expression"))),
            ("needs", described("Refuses with the conditions' sentences.", oneOrMany(reference("word")))),
            ("duty", described("How the duties end that are left.", ["enum": ["done", "excused", "lapsed", "cancelled"]])),
            ("do", reference("actions")), ("external", ["type": "boolean"]),
        ] + verbs)

    /// Events: names with dots between them, `a.*`, `*`, several with spaces between.
    private static let heard: JSON = [
        "type": ["object", "null"],
        "propertyNames": ["type": "string", "pattern": "^([*]|[a-z][a-z0-9_.]*([.][*])?)( ([*]|[a-z][a-z0-9_.]*([.][*])?))*$"],
        "additionalProperties": reference("transition"),
    ]

    private static let sending: JSON = object(
        required: ["event"],
        [
            ("event", ["anyOf": [reference("event"), reference("computed")]]),
            (
                "delay",
                [
                    "anyOf": [
                        ["type": ["string", "integer"], "pattern": "^(0|[0-9]*[.]?[0-9]+(ms|s|min|h|d))$"],
                        reference("computed"),
                    ]
                ]
            ),
            ("id", reference("name")), ("id_into", reference("name")),
            ("to", ["anyOf": [reference("word"), reference("computed")]]), ("with", reference("payload")),
        ])

    private static let verbs: [(String, JSON)] = [
        ("set", named(reference("expression"))), ("tell", reference("name")), ("start", reference("name")),
        ("mail", described("Document: recipients.", named(oneOrMany(reference("word"))))),
        ("draft", oneOrMany(reference("name"))),
        ("raise", reference("event")),
        ("send", ["anyOf": [reference("event"), reference("sending")]]),
        ("cancel", ["anyOf": [reference("name"), reference("computed")]]),
        (
            "log",
            [
                "anyOf": [
                    reference("expression"),
                    object(required: ["label"], [("label", reference("text")), ("value", reference("expression"))]),
                ]
            ]
        ),
    ]
}

extension WorkflowSchema {
    private static func reference(_ name: String) -> JSON { ["$ref": .text("#/definitions/\(name)")] }

    /// Draft-07 passes over what stands beside a reference, hence `allOf`.
    private static func described(_ words: String, _ schema: JSON) -> JSON {
        ["description": .text(words), "allOf": .list([schema])]
    }

    private static func oneOrMany(_ schema: JSON) -> JSON {
        ["anyOf": .list([schema, ["type": "array", "items": schema], ["type": "null"]])]
    }

    /// A mapping with names of the author's own as keys.
    private static func named(_ schema: JSON) -> JSON {
        ["type": ["object", "null"], "propertyNames": reference("name"), "additionalProperties": schema]
    }

    private static func object(required: [String], _ properties: [(String, JSON)]) -> JSON {
        [
            "type": "object", "required": .list(required.map { .text($0) }), "additionalProperties": false,
            "properties": .object(properties.map { (key: $0.0, value: $0.1) }),
        ]
    }
}
