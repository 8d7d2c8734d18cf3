import Calendars
import Foundation
import Testing

@Suite("The grammar of deadlines")
struct DeadlineGrammarTests {
    private func problem(_ text: String, for purpose: DeadlineRule.Purpose? = nil) -> RuleProblem? {
        if case .failure(let problem) = DeadlineRule.parse(text, for: purpose) { return problem }
        return nil
    }

    @Test(
        "a mistake is found where it stands, with the nearest word",
        arguments: [
            ("5 workng days before meeting.start", 2..<8, "working"),
            ("5 working dys before meeting.start", 10..<13, "days"),
            ("1 days before meeting.start", 2..<6, "day"),
            ("2 day before meeting.start", 2..<5, "days"),
            ("5 days befor meeting.start", 7..<12, "before"),
            ("the erlier of a and b", 4..<10, "earlier"),
            ("3rd thursday after meeting.start", 4..<12, "Thursday"),
            ("3th Thursday after meeting.start", 0..<3, "3rd"),
            ("within 28 days begining with x", 15..<23, "beginning"),
            ("meeting.start ta 17:00", 14..<16, "at"),
        ])
    func nearest(text: String, range: Range<Int>, nearest: String) {
        let problem = problem(text)
        #expect(problem?.range == range)
        #expect(problem?.nearest == nearest)
        #expect(problem?.expected != nil)
    }

    @Test(
        "what has no meaning is refused, and where",
        arguments: [
            ("", 0..<0), ("   ", 3..<3), ("5", 1..<1), ("5 days", 6..<6), ("0 days later", 0..<1),
            ("99999999999999999999 days later", 0..<20),
            ("5 clear months before x", 2..<7), ("5 working hours later", 2..<9), ("2 hours later at 09:00", 14..<22),
            ("meeting..start", 0..<14), ("Meeting.start", 0..<13), ("meeting.start at 25:00", 17..<22),
            ("meeting.start at", 16..<16),
            ("policy.notice", 13..<13), ("policy before x", 0..<6), ("2 days before policy.notice", 14..<27),
            ("2 days before 2026-02-30", 22..<24), ("the earlier of a", 16..<16), ("the end of", 10..<10), ("on the", 6..<6),
            ("within 2 hours beginning with x", 7..<8), ("0th Monday after x", 0..<3), ("a no later than", 15..<15),
            ("5 dæys later", 2..<7), ("a no later than b no later than c", 18..<20),
        ])
    func refused(text: String, range: Range<Int>) {
        #expect(problem(text)?.range == range)
        #expect(problem(text)?.message.isEmpty == false)
    }

    @Test("deep nesting and long texts are refused without harm")
    func bounds() {
        #expect(problem(String(repeating: "the earlier of ", count: 50) + "a")?.message == "this is nested too deeply")
        #expect(problem(String(repeating: "x", count: 100_000))?.message == "the rule is too long")
    }

    @Test("any bytes give a rule or a problem within the text")
    func anything() {
        let seed: UInt64 = 20_261_121
        print("seed \(seed)")
        var numbers = SeededNumbers(seed: seed)
        let words = [
            "the", "earlier", "later", "of", "and", "end", "on", "day", "days", "within", "28", "1", "beginning", "with",
            "before",
            "after", "at", "17:00", "3rd", "Thursday", "meeting.start", "policy.notice", "2026-11-18", "no", "than", "clear",
            "é", "month",
        ]
        var understood = 0
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 1...9, using: &numbers)).compactMap { _ in words.randomElement(using: &numbers) }
                .joined(separator: " ")
            switch DeadlineRule.parse(text) {
            case .success(let rule):
                understood += 1
                _ = rule.evaluate(in: facts(meeting: "2026-11-18", entered: "2026-11-01 12:00", due: "2026-11-02 12:00"))
            case .failure(let problem): #expect(problem.range.upperBound <= text.utf8.count, "\(text)")
            }
        }
        #expect(understood > 100)
    }

    @Test("a rule tells the moments and the policy's periods that it names, and where")
    func names() throws {
        let rule = try DeadlineRule.parse("the earlier of policy.notice before meeting.start and last_day").get()
        #expect(rule.anchors.map(\.path) == [["meeting", "start"], ["last_day"]])
        #expect(rule.anchors.map(\.range) == [36..<49, 54..<62])
        #expect(rule.policies.map(\.path) == [["notice"]])
        #expect(!rule.countsFromEntry && !rule.isRelativeToDue)
        #expect(try DeadlineRule.parse("3 days later").get().countsFromEntry)
        #expect(try DeadlineRule.parse("on the day").get().isRelativeToDue)
    }

    @Test("periods are read and written alike", arguments: ["5 clear days", "1 working day", "6 months", "48 hours", "1 year"])
    func periods(text: String) throws {
        #expect(try CountedPeriod.parse(text).get().description == text)
    }

    static let trials: String? = {
        let places = [ProcessInfo.processInfo.environment["MANDATE_SHARED"], #filePath + "/../../../../shared"]
        return places.compactMap(\.self).map { URL(fileURLWithPath: $0 + "/trial").standardized.path }
            .first { FileManager.default.fileExists(atPath: $0) }
    }()

    @Test("every deadline, reminder and delay of the workflows tried on paper is understood", .enabled(if: trials != nil))
    func trial() throws {
        let folder = try #require(Self.trials)
        var read = 0
        for name in ["meeting", "item", "representative", "interest", "term"] {
            let text = try String(contentsOfFile: "\(folder)/\(name).yaml", encoding: .utf8)
            for (pattern, purpose) in Self.patterns {
                for match in text.matches(of: pattern) {
                    let rule = String(match.1).trimmingCharacters(in: .whitespaces)
                    if rule == "notice_due" || rule.hasSuffix("_due") { continue }
                    for part in purpose == .reminder ? rule.components(separatedBy: ", ") : [rule] where !part.isEmpty {
                        #expect(throws: Never.self, "\(name): \(part)") { try DeadlineRule.parse(part, for: purpose).get() }
                        read += 1
                    }
                }
            }
        }
        #expect(read > 60)
    }

    private static var patterns: [(Regex<(Substring, Substring)>, DeadlineRule.Purpose)] {
        [
            (/\bdue: ([^,}\n]+)/, .deadline), (/\bfrom: (\d[^,}\n#]+)/, .opening), (/\bremind: \[([^\]]*)\]/, .reminder),
            (/\bafter: ([^,}\n]+)/, .delay), (/at: \{(\d[^:}]+):/, .deadline),
            (/(?m)^  [a-z_]+: +((?:\d|the |policy)[^\n]*(?:before|after|later|and) ?[^\n]*)$/, .deadline),
        ]
    }
}
