/// How a deadline was found, for the person who has to defend it: the rule, the policy and its source, each step, and each day left out.
public struct Derivation: Hashable, Sendable, Codable {
    /// One step in words, and the day that it is about.
    public struct Step: Hashable, Sendable, Codable {
        public var text: String
        public var date: CivilDate?

        public init(text: String, date: CivilDate? = nil) {
            self.text = text
            self.date = date
        }
    }

    /// A day that was passed over in counting, and why.
    public struct Skipped: Hashable, Sendable, Codable {
        public var date: CivilDate
        public var why: String

        public init(date: CivilDate, why: String) {
            self.date = date
            self.why = why
        }
    }

    /// The rule as written.
    public var rule: String
    public var steps: [Step]
    public var skipped: [Skipped]
    /// The policy that set the period or the counting, where one did.
    public var policy: String?
    public var source: String?
    /// The holiday table and its edition, where holidays were asked for.
    public var holidays: String?

    public init(rule: String) {
        self.rule = rule
        steps = []
        skipped = []
    }

    /// The steps in plain words, one a line.
    public var lines: [String] { steps.map(\.text) }
}
