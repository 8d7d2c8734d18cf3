/// A kind of finding: its stable name, and the paragraph with which `mandate check --explain` explains it.
public struct FindingCode: Sendable, Hashable {
    public let name: String
    public let title: String
    public let explanation: String

    public init(_ name: String, _ title: String, _ explanation: String) {
        self.name = name
        self.title = title
        self.explanation = explanation
    }
}

extension FindingCode {
    public static let notYAML = FindingCode(
        "MW001", "The file is not YAML",
        """
        The text breaks a rule of YAML, so that nothing after this place could be read. Most often a text that holds `: ` or \
        begins with a sign such as `@`, `*`, `{` or `%` wants quotes, a line stands further in or out than the others of its \
        block, a tab indents, or a quote or bracket is not closed.
        """)
    public static let duplicateKey = FindingCode(
        "MW002", "A key stands twice",
        "A mapping may have each key once. The first was kept and the second was not read: join the two, or rename one.")
    public static let anchor = FindingCode(
        "MW003", "Anchors and aliases are not taken",
        """
        `&name` and `*name` make one part of a file stand for another. These files do without, so that what a reader sees at a \
        place is what holds there: write the part out. A text that begins with `&` or `*` wants quotes.
        """)
    public static let tag = FindingCode(
        "MW004", "Tags are not taken",
        "`!name` and `!!name` would give a value another type. The types are fixed here; a text that begins with `!` wants quotes."
    )
    public static let severalDocuments = FindingCode(
        "MW005", "A file holds one document",
        "After `---` a second document begins. It was not read: move it into a file of its own.")
    public static let tooDeep = FindingCode(
        "MW006", "The file is nested too deeply",
        "Lists and mappings may stand in one another to a depth of 64. Nothing that a person would write comes near.")
    public static let tooManyNodes = FindingCode(
        "MW007", "The file has too many values",
        "A file may hold 10,000 keys, values, lists and mappings. Divide it.")
    public static let tooLarge = FindingCode(
        "MW008", "The file is too large", "A file may have 1 MiB. Divide it.")
    public static let notUTF8 = FindingCode(
        "MW009", "The file is not UTF-8",
        "The bytes at this place are no character in UTF-8. Save the file with that encoding.")
    public static let complexKey = FindingCode(
        "MW010", "A key is a word, not a list or mapping",
        "YAML lets a list or a mapping be a key; these files do not. A `{` or `[` that belongs to a text wants quotes.")
    public static let empty = FindingCode(
        "MW011", "The file is empty", "There is nothing in the file but comments.")
    public static let unknownKey = FindingCode(
        "MW012", "The key is not known here",
        """
        The key is not one of those that may stand at this place, and what is under it was not read. The finding names the key \
        nearest to it; the language article has the table of all.
        """)
    public static let missingKey = FindingCode(
        "MW013", "A key is missing", "The mapping needs a key that it does not have.")
    public static let wrongShape = FindingCode(
        "MW014", "The value has another shape than expected",
        "Here stands a text, a list, a mapping or nothing where something else is wanted.")
    public static let notANumber = FindingCode(
        "MW015", "A whole number is wanted",
        "The value is not a whole number, or lies outside the range that the finding names.")
    public static let notAFlag = FindingCode(
        "MW016", "true or false is wanted",
        "In YAML 1.2 only `true` and `false` are such values: `yes`, `no`, `on` and `off` are texts.")
    public static let notAChoice = FindingCode(
        "MW017", "The word is not one of those allowed", "The value must be one of a few words, which the finding lists.")
    public static let tooManyFindings = FindingCode(
        "MW018", "There are more findings", "The first 500 findings of a file are shown.")
    public static let repeated = FindingCode(
        "MW019", "A value stands twice in a list", "The list may have each value once.")

    /// The codes of this room, MW001 to MW019.
    public static let ofYAML: [FindingCode] = [
        .notYAML, .duplicateKey, .anchor, .tag, .severalDocuments, .tooDeep, .tooManyNodes, .tooLarge, .notUTF8, .complexKey,
        .empty,
        .unknownKey, .missingKey, .wrongShape, .notANumber, .notAFlag, .notAChoice, .tooManyFindings, .repeated,
    ]
}
