import Foundation
import Testing

/// Someone at the program's command line: a workspace, a time that the test sets, and who acts where nobody is named.
///
/// Each command is a process of its own, so that whatever it knows it has from the workspace's files.
final class Clerk {
    let folder: String
    /// The time by which the program goes: `2026-10-14 14:00`, in the workspace's zone.
    var now: String
    var actor: String
    private(set) var commands = 0

    /// Begins in a folder that is not there yet.
    /// What is shipped, without the workflows that ask something of everybody from the first day on: a transcript counts what its own
    /// story brings about.
    static let share: String = {
        let files = FileManager.default
        let folder = files.temporaryDirectory.appendingPathComponent("mandate-share-\(UUID().uuidString)").path
        try? files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in ["Workflows", "Templates"] {
            try? files.copyItem(atPath: ArrowsTests.root.path + "/" + name, toPath: folder + "/" + name)
        }
        for name in ["term", "code_of_conduct"] { try? files.removeItem(atPath: folder + "/Workflows/\(name).yaml") }
        return folder
    }()

    init(at now: String, as actor: String) {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("mandate-clerk-\(UUID().uuidString)").path
        self.now = now
        self.actor = actor
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Runs a command, whatever comes of it.
    func run(_ words: [String], as other: String? = nil) throws -> Program.Ran {
        commands += 1
        return try Program.run(
            words,
            environment: [
                "MANDATE_WORKSPACE": folder, "MANDATE_NOW": now, "MANDATE_AS": other ?? actor, "HOME": folder,
                "MANDATE_SHARE": Self.share,
            ])
    }

    /// A command that is taken; what it answers to `--json`.
    @discardableResult
    func gives(_ words: String..., as other: String? = nil, here: SourceLocation = #_sourceLocation) throws -> JSON {
        let ran = try run(words + ["--json"], as: other)
        expect(ran, 0, here)
        #expect(ran.err.isEmpty, "\(said(ran))", sourceLocation: here)
        return try JSON(reading: ran.out)
    }

    /// What a command prints for people.
    func says(_ words: String..., as other: String? = nil, here: SourceLocation = #_sourceLocation) throws -> String {
        let ran = try run(words, as: other)
        expect(ran, 0, here)
        return ran.out
    }

    /// A command that the rules refuse; the refusal with its reason, its notes and what is allowed.
    @discardableResult
    func refused(_ words: String..., as other: String? = nil, here: SourceLocation = #_sourceLocation) throws -> JSON {
        let ran = try run(words + ["--json"], as: other)
        expect(ran, Program.Exit.refused, here)
        let refusal = ran.json["refused"]
        #expect(!refusal["reason"].text.isEmpty, "\(said(ran))", sourceLocation: here)
        #expect(ran.err.contains(refusal["reason"].text), "\(said(ran))", sourceLocation: here)
        return refusal
    }

    /// A command that ends with this exit code; what it says on standard error.
    @discardableResult
    func fails(
        _ code: Int32, _ words: String..., as other: String? = nil, here: SourceLocation = #_sourceLocation
    ) throws -> String {
        let ran = try run(words, as: other)
        expect(ran, code, here)
        return ran.err
    }

    private func expect(_ ran: Program.Ran, _ code: Int32, _ here: SourceLocation) {
        #expect(ran.code == code, "\(said(ran))", sourceLocation: here)
    }

    private func said(_ ran: Program.Ran) -> String {
        "at \(now), mandate \(ran.words.joined(separator: " ")): exit \(ran.code)\n\(ran.out)\(ran.err)"
    }
}

extension Clerk {
    /// Writes a file into the workspace; answers its path.
    func write(_ name: String, _ text: String) throws -> String {
        let file = URL(fileURLWithPath: folder).appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    /// The messages that have gone out, as texts.
    func mail() throws -> [String] {
        let new = folder + "/mail/new"
        guard FileManager.default.fileExists(atPath: new) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: new).sorted().map {
            try String(contentsOfFile: new + "/" + $0, encoding: .utf8)
        }
    }

    /// Where a case of a meeting stands: that of the workflow, of the person if one is named.
    func states(_ workflow: String, of meeting: String, _ person: String? = nil) throws -> [String] {
        let cases = try gives("meeting", "show", meeting)["cases"].list.filter {
            $0["workflow"] == .text(workflow) && (person == nil || $0["person"].text == person)
        }
        return cases.last?["states"].list.map(\.text) ?? []
    }

    /// The titles of what a person owes.
    func owed(by person: String, here: SourceLocation = #_sourceLocation) throws -> [String] {
        try gives("checklist", "--for", person, here: here).each("title")
    }
}
