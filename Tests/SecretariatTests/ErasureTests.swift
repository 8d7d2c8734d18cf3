import Calendars
import Diagnostics
import Documents
import Foundation
import Governance
import Journals
import Post
import Testing
import Workflows

@testable import Secretariat

/// A society on disk that had a meeting with confirmed minutes, in which one person, whose words are like nobody else's, took part in every way:
/// seat, declaration, apology, edited drafts, messages sent and waiting.
private final class Parish {
    let folder: String
    let workspace: Workspace
    let journal: SQLiteJournal
    let hands = Society.Hands()
    let desk: Desk
    let zoe: ID

    static let name = "Zoë O'Quill-Featherstone"
    static let address = "zoe.quillfeather@wrenhaven.example"
    static let nature = "My cousin Barnabas owns the ferry that bids for it."
    static let reason = "He sold his boats at Michaelmas, to pay for his leg."

    static var words: [String] { [name, "Quill-Featherstone", address, nature, reason] }

    init() throws {
        folder = try scratch()
        try FileManager.default.removeItem(atPath: folder)
        try Workspace.create(at: folder, society: "The Society")
        workspace = try Workspace(folder: folder, shelf: Shelf(folder: Society.share))
        journal = try SQLiteJournal.open(workspace.journalPath)
        hands.now = try #require(Instant("2026-04-01T08:00:00Z"))
        let hands = hands
        desk = try Desk(
            workspace: workspace, journal: journal, files: try FileStore(folder: workspace.filesPath),
            clock: Secretariat.Clock { hands.now })
        let roster = Society.roster.replacing("Ann Archer", with: Self.name).replacing("ann@example.org", with: Self.address)
        try Disk.write(roster, to: workspace.rosterPath, replacing: true)
        let read = Roster(SourceText(name: "roster.csv", text: roster), in: desk.standing)
        #expect(read.findings.isEmpty)
        _ = try desk.adopt(read.records, personal: read.personal, by: nil, id: "import")
        zoe = try desk.lookup().person(Self.address)
        try hold()
    }

    deinit {
        journal.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    func at(_ time: String) throws { hands.now = try #require(Instant(time)) }

    @discardableResult
    func give(
        _ command: String, by actor: String = "sam", meeting: String? = "m1", item: String? = nil,
        _ fields: KeyValuePairs<String, String> = [:]
    )
        throws -> Reply
    {
        var request = Request(command, by: actor)
        request.meeting = meeting
        request.item = item
        for (name, text) in fields { request.fill(name, text) }
        let reply = try desk.perform(try desk.prepare(request).get().command)
        #expect(reply.receipt != nil, "\(command): \(reply)")
        return reply
    }

    /// Plans, holds and minutes a meeting; its minutes are edited and confirmed. Then plans another, for which reminders wait.
    private func hold() throws {
        try give("plan_meeting", meeting: nil, ["body": "Health Board", "start": "2026-05-12 14:00"])
        try give("add_item", ["title": "The ferry", "purpose": "decision"])
        let paper = folder + "/ferry.txt"
        try Disk.write("The ferry in full, as \(Self.name) asked.", to: paper)
        try give("add_paper", ["title": "The ferry", "file": paper])
        try FileManager.default.removeItem(atPath: paper)
        try give("give_notice")
        try give("publish_agenda")
        try give("circulate")
        try give("accept", by: Self.address)
        try give("declare", by: Self.address, ["item": "1", "kind": "financial", "nature": Self.nature])
        try give("no_longer", by: Self.address, item: "1", ["why": Self.reason])
        try at("2026-05-08T08:00:00Z")
        _ = try Timekeeper(desk: desk).remind()
        try at("2026-05-12T13:00:00Z")
        for person in [Self.address, "bob", "cora"] { try give("arrive", ["person": person, "manner": "room"]) }
        try give("preside", ["person": "cora"])
        try give("open_meeting")
        try give("end_meeting")
        let it = try #require(desk.findCase(of: "meeting", about: [.meeting: "m1"]))
        let draft = "**Status:** Draft\n\n\(Self.name) was there (\(Self.address)).\n"
        for text in [draft + "First.\n", draft + "Second.\n"] {
            _ = try desk.edit(
                draft: "minutes", of: it.id, text: text, by: try desk.lookup().person("sam"), id: String(text.count))
        }
        try give("send_minutes")
        try give("pass_minutes", by: "cora")
        try give("confirm_without_meeting", by: "cora", ["why": "All agreed, \(Self.name) too."])
        _ = try Timekeeper(desk: desk).remind()
        try give("plan_meeting", meeting: nil, ["body": "Health Board", "start": "2026-07-14 14:00"])
        try give("give_notice", meeting: "m2")
        try give("publish_agenda", meeting: "m2")
        try give("apologise", by: Self.address, meeting: "m2", ["reason": "illness"])
    }

    /// Every file of the workspace that holds one of the words, as UTF-8 or UTF-16, plain or as mail encodes them.
    func findings(of words: [String] = Parish.words, in place: String? = nil) throws -> [String] {
        let folder = place ?? folder
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
        return try paths.filter { !Disk.isFolder(folder + "/" + $0) }.flatMap { path in
            let bytes = Data(try Disk.read(folder + "/" + path))
            let decoded = [bytes, Self.unquoted(bytes)] + Self.unbased(bytes)
            return words.filter { word in
                Self.forms(of: word).contains { form in decoded.contains { $0.range(of: form) != nil } }
                    || path.contains(word)
            }.map { "\(path): \($0)" }
        }
    }

    private static func forms(of word: String) -> [Data] {
        let texts = [
            word, word.decomposedStringWithCanonicalMapping, word.replacing("'", with: "&#39;"),
            word.replacing("'", with: "\\'"),
            word.uppercased(), word.lowercased(),
        ]
        return texts.flatMap { text in
            [Data(text.utf8)]
                + [String.Encoding.utf16LittleEndian, .utf16BigEndian].compactMap { text.data(using: $0) }
        }
    }

    /// Quoted-printable undone by a rule of its own, so that it does not agree with the program's by being the same.
    private static func unquoted(_ bytes: Data) -> Data {
        var text = String(decoding: bytes, as: UTF8.self).replacing("=\r\n", with: "").replacing("=\n", with: "")
        text = text.replacing("%", with: "%25").replacing(/=([0-9A-F]{2})/) { "%" + $0.output.1 }
        return Data((text.removingPercentEncoding ?? text).utf8)
    }

    private static func unbased(_ bytes: Data) -> [Data] {
        String(decoding: bytes, as: UTF8.self).matches(of: /(?:[A-Za-z0-9+\/]{4}[\r\n]*){2,}[A-Za-z0-9+\/=]{0,4}/).compactMap {
            Data(base64Encoded: String($0.output), options: .ignoreUnknownCharacters)
        }
    }
}

@Suite struct ErasureTests {
    private func erased(_ parish: Parish, including record: Bool) throws -> Erased {
        let request = ErasureRequest(of: parish.zoe, includesRecord: record, isForced: true)
        return try parish.desk.erase(request, by: try parish.desk.lookup().person("sam")).get()
    }

    @Test("the words are there before, so that it would be seen if they stayed")
    func before() throws {
        let parish = try Parish()
        let found = try parish.findings()
        #expect(found.contains { $0.hasPrefix("files/") } && found.contains { $0.hasPrefix("mail/") })
        #expect(found.contains { $0.hasPrefix("roster.csv") } && found.contains { $0.hasPrefix("mandate.db") })
        // At rest the values are shut in; it is the messages by which the journal's file holds them.
        #expect(!found.contains { $0.hasSuffix(Parish.reason) }, "\(found)")
    }

    @Test("nobody with a seat, an office or something to do is erased by mistake")
    func refused() throws {
        let parish = try Parish()
        let sam = try parish.desk.lookup().person("sam")
        let before = try parish.findings()
        let reply = try parish.desk.erase(ErasureRequest(of: parish.zoe), by: sam)
        guard case .failure(let refusal) = reply else { throw UnexpectedErasure() }
        #expect(refusal.kind == .rule && refusal.notes.contains { $0.hasPrefix("a term on Health Board until") })
        let stranger = try parish.desk.erase(
            ErasureRequest(of: parish.zoe, isForced: true), by: try parish.desk.lookup().person("bob"))
        guard case .failure(let other) = stranger else { throw UnexpectedErasure() }
        #expect(other.kind == .notYours)
        #expect(try parish.findings() == before)
        #expect(!Disk.exists(parish.folder + "/.erasing"))
    }

    @Test("an elector who holds no office is erased without more ado, and is asked nothing any more")
    func elector() throws {
        let parish = try Parish()
        let eve = try parish.desk.lookup().person("eve@example.org")
        let sam = try parish.desk.lookup().person("sam")
        let done = try parish.desk.erase(ErasureRequest(of: eve), by: sam).get()
        #expect(done.values == 2 && done.rosterRows > 0)
        #expect(parish.desk.standing.records.seats.values.allSatisfy { !$0.substitutes.contains(eve) })
        #expect(try parish.findings(of: ["Eve Elector", "eve@example.org"]) == [])
    }

    @Test("mail that came in and was read goes with its person; what waits unread is read first, or dropped by force")
    func inbox() throws {
        let parish = try Parish()
        for name in ["new", "cur"] { try Disk.makeFolder(parish.folder + "/inbox/" + name) }
        let mail = "From: Someone <bob@example.org>\nTo: secretariat@example.org\nSubject: Ferry\n\nAsk \(Parish.name).\n"
        try Disk.write(mail, to: parish.folder + "/inbox/cur/1:2,S")
        try Disk.write(mail, to: parish.folder + "/inbox/new/2")
        let other = mail.replacing(Parish.name, with: "Bob")
        try Disk.write(other, to: parish.folder + "/inbox/cur/3:2,S")
        let eve = try parish.desk.lookup().person("eve@example.org")
        let sam = try parish.desk.lookup().person("sam")
        #expect(throws: Never.self) { try parish.desk.erase(ErasureRequest(of: eve), by: sam).get() }
        var request = ErasureRequest(of: parish.zoe)
        guard case .failure(let refusal) = try parish.desk.erase(request, by: sam) else { throw UnexpectedErasure() }
        #expect(refusal.kind == .notNow && refusal.reason.contains("mandate inbox"))
        request.isForced = true
        request.includesRecord = true
        _ = try parish.desk.erase(request, by: sam).get()
        #expect(try parish.findings() == [])
        #expect(Disk.exists(parish.folder + "/inbox/cur/3:2,S"))
    }

    @Test("whoever was erased after a backup was made is erased again when it is restored, as far as it was told")
    func restored() throws {
        let parish = try Parish()
        let place = try scratch()
        let told = try Backup.make(of: parish.desk, to: place + "/told")
        _ = try Backup.make(of: parish.desk, to: place + "/moved")
        try FileManager.default.moveItem(atPath: place + "/moved", toPath: place + "/elsewhere")
        try parish.at("2026-05-20T08:00:00Z")
        let done = try erased(parish, including: true)
        #expect(done.untold == [Disk.wholePath(place + "/moved")])
        let shelf = Shelf(folder: Society.share)
        let first = try told.restore(to: place + "/first", at: parish.desk.now, shelf: shelf)
        #expect(first.erased == [parish.zoe] && first.unerased == [])
        #expect(try parish.findings(in: place + "/first") == [])
        // A backup that was moved knows nothing; the present workspace does.
        let moved = try Backup(in: place + "/elsewhere")
        #expect(try moved.restore(to: place + "/second", at: parish.desk.now, shelf: shelf).erased == [])
        #expect(try !parish.findings(in: place + "/second").isEmpty)
        let erasures = parish.desk.erasures(after: Instant(seconds: moved.head.recorded))
        let third = try moved.restore(to: place + "/third", at: parish.desk.now, shelf: shelf, erased: erasures)
        #expect(third.erased == [parish.zoe])
        #expect(try parish.findings(in: place + "/third") == [])
    }

    @Test("with the record, no file of the workspace holds the name, the address or any of the words")
    func everything() throws {
        let parish = try Parish()
        let done = try erased(parish, including: true)
        #expect(try parish.findings() == [])
        #expect(done.left == [] && done.record == [] && done.filesRedacted == 3 && done.mailFiles > 0 && done.messages > 0)
        #expect(done.sent.contains { $0.to == parish.zoe } && done.sent.contains { $0.to != parish.zoe })
        #expect(parish.desk.standing.name(of: parish.zoe) == "a former member")
        let minutes = try parish.desk.document(PaperRequest(document: "minutes", meeting: "m1"), as: .text)
        #expect(minutes.contains("a former member was there ((erased))"))
        let register = try parish.desk.document(PaperRequest(document: "register", meeting: "m1"), as: .text)
        #expect(register.contains("a former member") && register.contains("(erased)"))
        #expect(try Timekeeper(desk: parish.desk).remind().delivery.dead == 0)
        #expect(try parish.findings() == [])
    }

    @Test("without it the name stays in confirmed minutes and circulated papers, and nothing else stays anywhere")
    func record() throws {
        let parish = try Parish()
        let done = try erased(parish, including: false)
        let kept = try parish.findings()
        #expect(
            Set(kept.map { $0.split(separator: ":")[1].trimmingCharacters(in: .whitespaces) }) == [
                Parish.name, "Quill-Featherstone",
            ])
        #expect(kept.allSatisfy { $0.hasPrefix("files/") }, "\(kept)")
        #expect(
            done.record.sorted() == [
                "the circulated paper \"The ferry\"", "the confirmed minutes of the meeting of 12 May 2026",
            ])
        let minutes = try parish.desk.document(PaperRequest(document: "minutes", meeting: "m1"), as: .text)
        #expect(minutes.contains("\(Parish.name) was there ((erased))"))
        #expect(parish.desk.standing.name(of: parish.zoe) == "a former member")
        // Asked again with the record, that goes too; a third time there is nothing left to erase.
        _ = try erased(parish, including: true)
        #expect(try parish.findings() == [])
        #expect(throws: Refusal.self) { try erased(parish, including: true) }
    }

    @Test("the journal stays whole, goes on from its earlier head, and replay gives the same standing and rows")
    func whole() throws {
        let parish = try Parish()
        let head = try parish.desk.exportedHead()
        let before = parish.desk.standing
        _ = try erased(parish, including: true)
        let digest = try parish.desk.readModelDigest()
        let found = try Inspection(of: parish.journal, files: parish.desk.files, against: head)
        #expect(found.isWhole, "\(found.faults)")
        let anew = try Desk(
            workspace: parish.workspace, journal: parish.journal, files: parish.desk.files,
            clock: .stopped(at: parish.hands.now))
        #expect(anew.standing.records == parish.desk.standing.records && anew.standing.cases == parish.desk.standing.cases)
        #expect(anew.standing.duties == parish.desk.standing.duties && anew.standing.personal == parish.desk.standing.personal)
        #expect(anew.standing.cases == before.cases && anew.standing.records.rolls == before.records.rolls)
        #expect(anew.standing.records.meetings == before.records.meetings)
        #expect(try anew.rowsFollow())
        try anew.rebuildReadModels()
        #expect(try anew.readModelDigest() == digest)
    }

    @Test("an erasure that was cut off once the journal said so is finished by the next")
    func cutOff() throws {
        let parish = try Parish()
        // What the process leaves that dies between the commit and the rest: the plan, and all that it names.
        let copy = try scratch() + "/before"
        try FileManager.default.copyItem(atPath: parish.folder, toPath: copy)
        _ = try erased(parish, including: true)
        var plan = ErasurePlan(person: parish.zoe, staysInRecord: false)
        plan.roster = String(decoding: try Disk.read(parish.workspace.rosterPath), as: UTF8.self)
        for name in ["files", "mail", "roster.csv"] {
            try FileManager.default.removeItem(atPath: parish.folder + "/" + name)
            try FileManager.default.copyItem(atPath: copy + "/" + name, toPath: parish.folder + "/" + name)
        }
        let values = [parish.zoe + "/name": Parish.name, parish.zoe + "/email": Parish.address, "§": Parish.nature]
        plan.mail = try WorkspaceSearch(parish.workspace).mail(with: Traces(of: parish.zoe, in: values))
        try plan.keep(in: parish.workspace)
        #expect(try !parish.findings().isEmpty)
        try parish.desk.finishErasing()
        #expect(try parish.findings() == [])
        #expect(!Disk.exists(parish.folder + "/.erasing"))
    }

    @Test("a plan whose journal never said so is thrown away, and erases nothing")
    func neverSaid() throws {
        let parish = try Parish()
        let before = try parish.findings()
        var plan = ErasurePlan(person: parish.zoe, staysInRecord: false)
        plan.roster = ""
        try plan.keep(in: parish.workspace)
        try parish.desk.finishErasing()
        #expect(try parish.findings() == before && !Disk.exists(parish.folder + "/.erasing"))
    }

    @Test("what is held about a person is given out whole, and nothing of it after they were erased")
    func export() throws {
        let parish = try Parish()
        let file = try parish.desk.personFile(of: parish.zoe)
        #expect(Set(file.values.map(\.value)) == [Parish.name, Parish.address, Parish.nature, Parish.reason, "illness"])
        #expect(file.values.first { $0.value == Parish.nature }?.from?.hasPrefix("Declare an interest") == true)
        #expect(file.places.map(\.what) == ["term", "term"] && file.attendance.count == 1 && file.interests.count == 1)
        #expect(file.duties.contains { $0.title == "Say whether you will attend" && $0.state == "done" })
        #expect(file.messages.contains { $0.state == "sent" && $0.text?.contains("To: ") == true } && file.files.count == 3)
        #expect(file.acts.contains { $0.what.hasPrefix("Send apologies") })
        let folder = try scratch() + "/zoe"
        try parish.desk.write(file, to: folder)
        #expect(try Disk.read(folder + "/person.md").count > 1000 && Disk.isFolder(folder + "/messages"))
        #expect(throws: BackupFailure.occupied(folder)) { try parish.desk.write(file, to: folder) }
        _ = try erased(parish, including: true)
        let rest = try parish.desk.personFile(of: parish.zoe)
        #expect(rest.values.isEmpty && rest.files.isEmpty && rest.messages.allSatisfy { $0.text == nil && $0.address.isEmpty })
        for word in Parish.words { #expect(!rest.markdown.contains(word)) }
    }

    @Test("backups that were made before are listed with their date")
    func backups() throws {
        let parish = try Parish()
        let path = try scratch() + "/backup"
        _ = try Backup.make(of: parish.desk, to: path)
        let done = try erased(parish, including: false)
        #expect(done.backups.map(\.at) == [parish.hands.now] && done.backups[0].folder.hasSuffix("/backup"))
    }
}

private struct UnexpectedErasure: Error {}

@Suite struct TracesTests {
    private let traces = Traces(
        of: "p1",
        in: [
            "p1/name": "Zoë O'Quill", "p1/email": "zoe@wren.example", "§a/why": "illness",
            "§b/nature": "I own the bus company.",
        ])

    @Test(
        "words are found as HTML, Markdown and lines have them",
        arguments: [
            "Dear Zoë O'Quill,", "ZOË O'QUILL", "Zoe\u{308} O'Quill", "Zoë O&#39;Quill", "Zoë O&#x27;Quill", "Zoë O\\'Quill",
            "Zoë\n  O'Quill", "<zoe@wren.example>", "Zoe@Wren.Example", "i own the  bus company.",
        ])
    func found(text: String) {
        #expect(traces.areIn(text))
        #expect(!traces.areIn(traces.redacted(text)))
    }

    @Test(
        "others' words are not", arguments: ["illness", "Zoë O'Quilly", "amazoë O'Quill", "xzoe@wren.example", "O'Quill", ""])
    func others(text: String) {
        #expect(!traces.areIn(text))
        #expect(traces.redacted(text) == text)
    }

    @Test("only what tells of the person is taken out of a text")
    func redacted() {
        #expect(traces.redacted("Zoë O'Quill (zoe@wren.example), Bob") == "a former member ((erased)), Bob")
        #expect(traces.redacted("Zoë O'Quill (zoe@wren.example)", sparingName: true) == "Zoë O'Quill ((erased))")
    }

    @Test("they are found in bytes of UTF-16, in either order and wherever these begin")
    func wide() throws {
        for encoding in [String.Encoding.utf16LittleEndian, .utf16BigEndian] {
            let bytes = Array(try #require("by Zoë O'Quill.".data(using: encoding)))
            #expect(traces.areIn(bytes) && traces.areIn([0xFF] + bytes))
        }
        #expect(!traces.areIn([0, 1, 2, 0xFF]))
    }

    @Test("they are found in a composed message, whatever its encodings")
    func mail() throws {
        for text in ["Dear Zoë O'Quill", String(repeating: "x ", count: 33) + "Zoë O'Quill", "会議会議会議会議会議会議 Zoë O'Quill 会議会議"] {
            for subject in ["Plain", "For Zoë O'Quill and others who are many enough to fold the line of this subject"] {
                for name in ["a.txt", "report of Zoë O'Quill, long enough for two pieces of it, and then some.txt"] {
                    for body in [text, "nothing"] {
                        let message = Message(
                            from: try Mailbox(address: "a@example.org"), to: [try Mailbox(address: "b@example.org")],
                            subject: subject, date: 0, messageID: "<a@b>", text: body,
                            attachments: [Attachment(name: name, mediaType: "text/plain", bytes: [1])])
                        let isThere = body == text || subject != "Plain" || name != "a.txt"
                        #expect(
                            traces.areIn(Searchable.text(of: try message.composed())) == isThere, "\(subject) \(name) \(body)")
                    }
                }
            }
        }
    }
}
