import Calendars
import Diagnostics
import Foundation
import Testing
import Workflows
import YAML

@Suite("Rule packs") struct RulePackTests {
    static let names = [
        "cio", "company", "england-parish", "england-principal-council", "informal-partnership", "nhs-integrated-care",
        "wales-principal-council",
    ]

    static func source(_ path: String) throws -> SourceText {
        SourceText(name: path, text: try String(contentsOf: repository.appendingPathComponent(path), encoding: .utf8))
    }

    static func pack(_ name: String, own: String = "") throws -> RulePack {
        let text = try source("Workflows/rules/\(name).yaml").text + (own.isEmpty ? "" : "own:\n\(own)\n")
        let (pack, findings) = readRulePack(SourceText(name: name + ".yaml", text: text), hash: "h")
        #expect(findings.isEmpty, "\(rendered(findings))")
        return try #require(pack)
    }

    static func table(_ name: String) throws -> HolidayTable {
        try #require(readHolidayTable(try source("Workflows/holidays/\(name).yaml")).0)
    }

    static func anchored(_ moments: [String: String]) -> @Sendable ([String]) -> Anchor? {
        { path in
            moments[path.joined(separator: ".")].flatMap { try? WrittenMoment.parse($0).get() }.map { Anchor($0, in: .utc) }
        }
    }

    private func deadline(_ rule: String, _ pack: RulePack, _ moments: [String: String]) throws -> Deadline {
        let periods = pack.periods
        return try DeadlineRule.parse(rule, for: .deadline).get().evaluate(
            in: DeadlineFacts(
                zone: .utc, holidays: try Self.table("england-and-wales"), counting: pack.counting, working: pack.working,
                anchor: Self.anchored(moments), period: { periods[$0] })
        ).get()
    }

    @Test("the folder holds these packs and no others")
    func allOfThem() throws {
        let found = try FileManager.default.contentsOfDirectory(
            atPath: repository.appendingPathComponent("Workflows/rules").path)
        #expect(found.sorted() == Self.names.map { $0 + ".yaml" })
    }

    @Test("each shipped pack meets its own cases", arguments: names)
    func cases(name: String) throws {
        let pack = try Self.pack(name)
        #expect(pack.name == name)
        #expect(pack.cases.count >= 7)
        let table = try Self.table(try #require(pack.holidays))
        #expect(pack.failingCases(holidays: table).map { "\($0.case.name): \($0.answer)" } == [])
    }

    @Test("each shipped pack says where its notice, quorum, interests and registration come from", arguments: names)
    func cited(name: String) throws {
        let pack = try Self.pack(name)
        for policy in ["clear_days", "notice", "quorum", "interests", "registration", "review"] {
            #expect(pack.citations[policy]?.source.isEmpty == false, "\(policy)")
        }
        #expect(pack.periods["notice"]?.source == pack.citations["notice"]?.source)
    }

    @Test("a case that does not hold is a finding at its line, with what the rules answer")
    func failingCase() throws {
        let text = try Self.source("Workflows/rules/england-parish.yaml").text
            .replacingOccurrences(of: "gives: 2026-11-12", with: "gives: 2026-11-13")
        let source = SourceText(name: "england-parish.yaml", text: text)
        let pack = try #require(readRulePack(source, hash: "h").0)
        let findings = pack.findings(ofCasesIn: source.name, holidays: try Self.table("england-and-wales"))
        let line = try #require(text.components(separatedBy: "\n").firstIndex { $0.contains("Where only Sundays") }) + 1
        #expect(places(findings) == ["MW074 \(line):5"])
        #expect(findings.first?.message.contains("2026-11-12") == true)
    }

    @Test(
        "a worked case that no longer holds when the counting changes is caught",
        arguments: [
            ("england-principal-council", "  clear_days: [sunday, holidays]"), ("cio", "  clear_days: [sunday]"),
            ("company", "  notice: 13 clear days"),
            (
                "nhs-integrated-care",
                "  quorum: {share: 1/3, of: seats, minimum: 1, withdrawn: not_counted, remote_counts: true, substitutes_count: true}"
            ),
            ("wales-principal-council", "  registration: {period: 28 days, counting: inclusive}"),
            (
                "england-parish",
                "  attendance: {absence: 5 months, apology_excuses: false, substitute_attends: false, by_itself: true, then: Vacant.}"
            ),
        ])
    func planted(name: String, own: String) throws {
        let pack = try Self.pack(name, own: own)
        #expect(!pack.failingCases(holidays: try Self.table("england-and-wales")).isEmpty)
    }

    @Test("the cases of the language article hold for a principal council in England")
    func article() throws {
        let article = try Self.source("Sources/Workflows/Documentation.docc/WorkflowLanguage.md").text
        let start = try #require(article.range(of: "```yaml cases\n")?.upperBound)
        let end = try #require(article.range(of: "```", range: start..<article.endIndex)?.lowerBound)
        let text = try Self.source("Workflows/rules/england-principal-council.yaml").text
        let rules = try #require(text.range(of: "cases:\n")?.upperBound)
        let (pack, findings) = readRulePack(
            SourceText(name: "article.yaml", text: String(text[..<rules]) + String(article[start..<end])), hash: "h")
        #expect(findings.isEmpty, "\(rendered(findings))")
        #expect(pack?.cases.count == 6)
        #expect(pack?.failingCases(holidays: try Self.table("england-and-wales")).map { $0.answer } == [])
    }

    @Test("28 days are two rules, and the derivation says which was applied")
    func twoRules() throws {
        let arose = ["interest.arose": "2026-01-05"]
        let inclusive = try deadline("policy.registration after interest.arose", Self.pack("england-parish"), arose)
        let exclusive = try deadline("policy.registration after interest.arose", Self.pack("nhs-integrated-care"), arose)
        #expect(inclusive.date == CivilDate("2026-02-01"))
        #expect(exclusive.date == CivilDate("2026-02-02"))
        #expect(inclusive.derivation.lines.contains { $0.contains("is the first day counted") })
        #expect(inclusive.derivation.source?.contains("s.31(3)") == true)
    }

    @Test("a period of interests that does not say how it counts is a finding")
    func countingUnsaid() throws {
        let text = try Self.source("Workflows/rules/cio.yaml").text
            .replacingOccurrences(of: "value: {period: 28 days, counting: exclusive}", with: "value: {period: 28 days}")
        let (pack, findings) = readRulePack(SourceText(name: "cio.yaml", text: text), hash: "h")
        #expect(pack == nil)
        #expect(findings.first?.message.contains("needs `counting`") == true)
    }

    @Test("a body's own value takes the pack's place, and the derivation says so")
    func own() throws {
        let pack = try Self.pack("england-principal-council", own: "  notice: 7 clear days\n  clear_days: [sunday]")
        let found = try deadline("policy.notice before meeting.start", pack, ["meeting.start": "2026-11-18"])
        #expect(found.date == CivilDate("2026-11-09"))
        let words = found.derivation.lines.joined(separator: "\n")
        #expect(
            words.contains("from the body's own (mandate.yaml in place of 5 clear days, as england-principal-council has it"))
        #expect(words.contains("Sundays are left out (the body's own"))
        #expect(pack.ownPolicies == ["clear_days", "notice"])
        #expect(pack.nameWithOwn == "england-principal-council, with clear_days, notice of its own")
    }

    @Test("a contested policy says what is disputed where it is applied")
    func contested() throws {
        let found = try deadline(
            "policy.notice before meeting.start", Self.pack("england-parish"), ["meeting.start": "2026-11-17"])
        #expect(found.date == CivilDate("2026-11-12"))
        #expect(found.derivation.lines.joined().contains("contested: whether Saturdays count"))
    }

    @Test("a mistake in a body's own value is found at its place")
    func ownMistake() throws {
        let text = try Self.source("Workflows/rules/cio.yaml").text
        let lines = text.components(separatedBy: "\n").count
        let (pack, findings) = readRulePack(
            SourceText(name: "cio.yaml", text: text + "own:\n  notice: 5 clera days\n  qorum: 3\n"), hash: "h")
        #expect(pack == nil)
        #expect(places(findings).sorted() == ["MW012 \(lines + 2):3 quorum", "MW071 \(lines + 1):13 clear"])
    }

    @Test(
        "the quorum's number is rounded as the policy says",
        arguments: [(10, 3, 4), (11, 4, 4), (12, 4, 4), (13, 4, 5), (14, 5, 5), (1, 1, 1)])
    func rounding(seats: Int, nearest: Int, up: Int) {
        var quorum = QuorumPolicy(
            numerator: 1, denominator: 3, rounding: .nearest, minimum: 1, of: .seats, withdrawn: .notCounted,
            remoteCounts: true,
            substitutesCount: true)
        #expect(quorum.needed(of: seats) == nearest)
        quorum.rounding = .up
        #expect(quorum.needed(of: seats) == up)
    }

    @Test("a mark that no seat bears asks nothing")
    func unmarked() {
        let quorum = QuorumPolicy(
            numerator: 1, denominator: 2, minimum: 1, of: .seats, withdrawn: .notCounted, remoteCounts: true,
            substitutesCount: true, requirements: [.init(.number(1), of: "independent"), .init(.share(1, 2), of: "external")])
        let counted = [QuorumPolicy.Sitter(marks: ["external"]), QuorumPolicy.Sitter(), QuorumPolicy.Sitter()]
        #expect(quorum.lacking(among: counted, marked: []) == [])
        #expect(quorum.lacking(among: counted, marked: ["external"]) == ["at least 1/2 must be external, 1 of 3 are"])
        #expect(quorum.lacking(among: counted, marked: ["independent"]) == ["at least 1 independent needed, 0 there"])
    }

    @Test("values in one line read back as the same values")
    func oneLine() throws {
        let text = "a: [1, \"x: y\", 'it''s']\nb: {c: 1/3, d: \"tab\\there\"}\ne: two, words\n"
        let node = try #require(readRoundTrip(text))
        #expect(readRoundTrip("x: " + node)?.isEmpty == false)
        #expect(readRoundTrip("x: " + node) == "{x: \(node)}")
    }
}

/// A text's value in one line; nil where it cannot be read.
private func readRoundTrip(_ text: String) -> String? {
    let (node, findings) = parseYAML(SourceText(name: "x", text: text))
    return findings.isEmpty ? node?.inOneLine : nil
}
