import Foundation
import Testing

/// What the program says of itself.
@Suite struct HelpTests {
    /// A line of help: the group that it stands in, the command's name, what it does.
    struct Line {
        var group: String
        var name: String
        var words: String
    }

    /// The commands as `--help` names them; a line that goes on in the next is read as one of its own, without a name.
    private func commands(_ words: String...) throws -> [Line] {
        let ran = try Program.run(words + ["--help"])
        #expect(ran.code == 0)
        var group = ""
        var lines: [Line] = []
        for line in ran.out.split(separator: "\n") {
            if !line.hasPrefix(" "), line.hasSuffix(":") { group = String(line.dropLast()) }
            guard line.hasPrefix("  "), group != "OPTIONS", !line.hasPrefix("  See ") else { continue }
            let parts = line.dropFirst(2).split(separator: " ", maxSplits: 1)
            let name = line.hasPrefix("   ") ? "" : String(parts[0])
            lines.append(
                Line(group: group, name: name, words: parts.last.map { $0.trimmingCharacters(in: .whitespaces) } ?? ""))
        }
        return lines
    }

    @Test("each command has one plain line, grouped by who uses it")
    func lines() throws {
        let lines = try commands()
        #expect(lines.allSatisfy { !$0.name.isEmpty }, "each fits on one line: \(lines)")
        #expect(lines.allSatisfy { $0.words.hasSuffix(".") && ($0.words.first?.isUppercase ?? false) }, "\(lines)")
        let groups = Dictionary(grouping: lines, by: \.group).mapValues { Set($0.map(\.name)) }
        #expect(groups["FOR REPRESENTATIVES"]?.isSuperset(of: ["checklist", "do", "why", "report"]) == true)
        #expect(groups["FOR SECRETARIES"]?.isSuperset(of: ["meeting", "agenda", "minutes", "log"]) == true)
        #expect(groups["FOR COORDINATORS"]?.isSuperset(of: ["import", "register"]) == true)
        #expect(groups["FOR CRON"]?.contains("remind") == true)
        #expect(groups["FOR AUTHORS"]?.contains("check") == true)
        #expect(groups.keys.allSatisfy { !$0.contains("SUBCOMMANDS") })
    }

    @Test("the commands around a meeting stand in the order of the meeting, one line each")
    func meeting() throws {
        let lines = try commands("meeting")
        #expect(lines.allSatisfy { !$0.name.isEmpty }, "each fits on one line: \(lines)")
        #expect(Set(lines.map(\.group)) == ["BEFORE", "DURING", "ANY TIME"])
    }

    @Test("each command explains itself, and no two have the same words")
    func everyCommand() throws {
        var seen: [String: String] = [:]
        for path in try commands().map({ [$0.name] }) + commands("meeting").map({ ["meeting", $0.name] }) {
            let ran = try Program.run(path + ["--help"])
            #expect(ran.code == 0)
            let overview = ran.out.prefix { $0 != "\n" }
            #expect(overview.hasPrefix("OVERVIEW: "), "\(path)")
            #expect(seen.updateValue(path.joined(separator: " "), forKey: String(overview)) == nil, "\(path): \(overview)")
        }
        #expect(seen.count >= 40)
    }

    @Test("a command that does not exist is told with the nearest that does")
    func nearest() throws {
        let root = try Program.run(["chekclist"])
        #expect(root.code == Program.Exit.usage)
        #expect(root.err.contains("there is no command `mandate chekclist`; did you mean `checklist`?"))
        #expect(root.err.contains("mandate do"))
        let meeting = try Program.run(["meeting", "opne", "m1"])
        #expect(meeting.code == Program.Exit.usage)
        #expect(meeting.err.contains("did you mean `open`?"))
    }

    @Test("without a workspace it says so, and how to make one")
    func noWorkspace() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mandate-nowhere-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let ran = try Program.run(["checklist"], in: folder)
        #expect(ran.code == Program.Exit.notFound)
        #expect(ran.err.contains("mandate init"))
        #expect(ran.out.isEmpty)
        #expect(try Program.run(["init", folder]).code == 0)
        let again = try Program.run(["init", folder])
        #expect(again.code == Program.Exit.occupied)
        #expect(again.err.contains("there is a workspace here already"))
        #expect(try Program.run(["init", "/dev/null/here"]).code == Program.Exit.occupied)
    }

    @Test("an installed program finds its workflows and templates beside itself")
    func installed() throws {
        let prefix = FileManager.default.temporaryDirectory.appendingPathComponent("mandate-prefix-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: prefix) }
        let files = FileManager.default
        try files.createDirectory(atPath: prefix + "/bin", withIntermediateDirectories: true)
        try files.copyItem(atPath: Program.file.path, toPath: prefix + "/bin/mandate")
        let program = URL(fileURLWithPath: prefix + "/bin/mandate")
        let bare = try Program.run(["check"], in: prefix, file: program)
        #expect(bare.code == 69, "there is nothing beside it yet: \(bare)")
        #expect(bare.err.contains("MANDATE_SHARE"))
        try files.createDirectory(atPath: prefix + "/share/mandate", withIntermediateDirectories: true)
        for folder in ["Workflows", "Templates"] {
            try files.copyItem(
                at: ArrowsTests.root.appendingPathComponent(folder),
                to: URL(fileURLWithPath: "\(prefix)/share/mandate/\(folder)"))
        }
        let placed = try Program.run(["check"], in: prefix, file: program)
        #expect(placed.code == 0, "\(placed)")
        #expect(try Program.run(["init", prefix + "/w"], file: program).code == 0)
        #expect(try Program.run(["meeting", "list", "--workspace", prefix + "/w", "--json"], file: program).json == [])
    }
}
