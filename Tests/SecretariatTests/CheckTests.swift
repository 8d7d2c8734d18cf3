import Diagnostics
import Foundation
import Testing
import Workflows
import YAML

@testable import Secretariat

@Suite struct CheckTests {
    private func workspace(roster: String = Society.roster) throws -> String {
        let folder = try scratch()
        try Workspace.create(at: folder, society: "The Society")
        try Disk.write(roster, to: folder + "/roster.csv", replacing: true)
        return folder
    }

    private func check(_ folder: String?, _ paths: [String] = []) throws -> [Finding] {
        var check = FileCheck(folder: folder, shelf: Shelf(folder: Society.checkout))
        try check.check(paths)
        for finding in check.findings { #expect(check.sources[finding.file] != nil, "\(finding)") }
        return check.findings
    }

    @Test("what is shipped has no finding")
    func shipped() throws { #expect(try check(nil) == []) }

    @Test("all files of a workspace are looked at in one run, and the findings stand in order")
    func everything() throws {
        let folder = try workspace()
        try Disk.write(
            "society: S\nzon: Europe/London\nrules: nowhere\npost: {from: a@b.example}\n", to: folder + "/mandate.yaml",
            replacing: true)
        try Disk.write("kind,name,emil\nbody,B,\n", to: folder + "/roster.csv", replacing: true)
        try Disk.write("Dear {{nobody}},\n", to: folder + "/Templates/agenda.mustache")
        let meeting = try String(contentsOfFile: Society.checkout + "/Workflows/meeting.yaml", encoding: .utf8)
        try Disk.write(
            meeting.replacingOccurrences(of: "{do: [{start: item, for", with: "{do: [{start: itm, for")
                .replacingOccurrences(of: "minutes_approved:", with: "minutes_aproved:"),
            to: folder + "/Workflows/meeting.yaml")
        let findings = try check(folder)
        let seen = Set(findings.map { "\($0.file.dropFirst(folder.count + 1)) \($0.code)" })
        for wanted in [
            "mandate.yaml MW012", "roster.csv MR004", "Templates/agenda.mustache MT006", "Workflows/meeting.yaml MW045",
            "Workflows/meeting.yaml MW047",
        ] { #expect(seen.contains(wanted), "\(wanted) in \(seen.sorted())") }
        #expect(findings == findings.sorted())
    }

    @Test("it is said which files of a workspace go before shipped ones, and which of them is in force")
    func overrides() throws {
        let folder = try workspace()
        let shipped = try String(contentsOfFile: Society.checkout + "/Workflows/item.yaml", encoding: .utf8)
        try Disk.write(
            shipped.replacingOccurrences(of: "title: One item of business", with: "title: Ours"),
            to: folder + "/Workflows/item.yaml")
        try Disk.write("# {{meeting.body}}\n", to: folder + "/Templates/agenda.mustache")
        try Disk.write("# Ours alone\n", to: folder + "/Templates/ours.mustache")
        let notes = try check(folder).filter { $0.code == "MT010" }
        #expect(
            notes.map { String($0.file.dropFirst(folder.count + 1)) }.sorted() == [
                "Templates/agenda.mustache", "Workflows/item.yaml",
            ])
        #expect(notes.allSatisfy { $0.severity == .note })
        let workspace = try Workspace(folder: folder, shelf: Shelf(folder: Society.checkout))
        #expect(workspace.definitions.workflows["item"]?.title == "Ours")
    }

    @Test("a template of a case's document is held against what its workflow defines, at the template's place")
    func documents() throws {
        let folder = try workspace()
        let plan = try String(contentsOfFile: Society.checkout + "/Templates/development-plan.mustache", encoding: .utf8)
        try Disk.write(
            plan.replacingOccurrences(of: "{{done_steps}}", with: "{{doen_steps}}")
                .replacingOccurrences(of: "by {{by_when}}", with: "by {{by_whom}}"),
            to: folder + "/Templates/development-plan.mustache")
        let found = try check(folder).filter { $0.code == "MT006" }
        #expect(
            found.map(\.message) == ["`doen_steps` is not among the values here", "`by_whom` is not among the values here"])
        #expect(found.first?.nearest == "done_steps")
        let line = try #require(
            plan.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.contains("done_steps") })
        #expect(found.first?.range.start.line == line + 1)
        // The same where the template alone is asked for, and where the workflow alone is.
        #expect(try check(folder, [folder + "/Templates/development-plan.mustache"]).filter { $0.code == "MT006" } == found)
        let reflection = Society.checkout + "/Workflows/reflection.yaml"
        #expect(try check(folder, [reflection]).filter { $0.code == "MT006" } == found)
    }

    @Test("what a workflow defines, a template alone names, and is then misspelt, is found at the template")
    func renamed() throws {
        let folder = try workspace()
        let study = try String(contentsOfFile: Society.checkout + "/Workflows/consultation.yaml", encoding: .utf8)
        try Disk.write(
            study.replacingOccurrences(of: "consultation_views", with: "@")
                .replacingOccurrences(of: "views", with: "veiws").replacingOccurrences(of: "@", with: "consultation_views"),
            to: folder + "/Workflows/consultation.yaml")
        let found = try check(folder).filter { $0.file.hasSuffix("consultation-views.mustache") }
        #expect(found.contains { $0.code == "MT006" && $0.nearest == "veiws" }, "\(found)")
    }

    @Test("working days without a holiday table are a warning at the word that says so, in a body's own settings too")
    func noHolidays() throws {
        let folder = try workspace()
        try Disk.write(
            "society: S\nrules: informal-partnership\nholidays: none\n", to: folder + "/mandate.yaml", replacing: true)
        let found = try check(folder).filter { $0.code == "MR032" }
        #expect(found.map(\.severity) == [.warning])
        #expect(found.first?.range.start.line == 3)
        try Disk.write(
            "society: S\nrules: informal-partnership\nbodies:\n  Health Board: {holidays: none}\n",
            to: folder + "/mandate.yaml",
            replacing: true)
        #expect(try check(folder).filter { $0.code == "MR032" }.map(\.range.start.line) == [4])
    }

    @Test("a role that nobody holds is a warning at the place that gives it something")
    func roles() throws {
        let roster = Society.roster.split(separator: "\n").filter { !$0.contains(",chair,") && !$0.contains(",coordinator,") }
        let findings = try check(try workspace(roster: roster.joined(separator: "\n") + "\n"))
        #expect(!findings.isEmpty)
        #expect(findings.allSatisfy { $0.code == "MR040" && $0.severity == .warning }, "\(findings)")
        let chair = try #require(findings.first { $0.file.hasSuffix("meeting.yaml") })
        #expect(chair.message == "nobody is `chair` of Carers Group, Health Board")
        #expect(findings.contains { $0.message == "nobody is `coordinator` of Carers, Forum" })
        // The secretary may give what the chair may.
        #expect(!findings.contains { $0.message.contains("secretary") })
    }

    @Test("every code that the program uses is explained, once, and the article of findings says the same")
    func explained() throws {
        let codes = FindingCode.ofEveryFile.map(\.name)
        #expect(Set(codes).count == codes.count)
        var used: Set<String> = []
        let sources = Society.checkout + "/Sources"
        for case let name as String in try #require(FileManager.default.enumerator(atPath: sources))
        where name.hasSuffix(".swift") {
            let text = try String(contentsOfFile: sources + "/" + name, encoding: .utf8)
            used.formUnion(text.matches(of: /"(M[WRT]\d{3})"/).map { String($0.output.1) })
        }
        #expect(used.subtracting(codes) == [])
        #expect(used.count > 80)
        let path = Society.checkout + "/Sources/mandate/Documentation.docc/Findings.md"
        let written = try? String(contentsOfFile: path, encoding: .utf8)
        if written != FindingCode.article { try Disk.write(FindingCode.article, to: path, replacing: true) }
        #expect(written == FindingCode.article, "it was another; it has been written anew")
    }
}
