import Calendars
import Documents
import Foundation
public import Governance
import Journals
import Post
import Workflows

/// Whom to erase, and how much.
public struct ErasureRequest: Sendable, Hashable {
    public var person: ID
    /// Also from minutes that were confirmed and papers that were circulated, which are a public record.
    public var includesRecord: Bool
    /// Although the person has an office or something to do, or mail that names them has not been read.
    public var isForced: Bool

    public init(of person: ID, includesRecord: Bool = false, isForced: Bool = false) {
        self.person = person
        self.includesRecord = includesRecord
        self.isForced = isForced
    }
}

extension Desk {
    /// Erases a person: what is known of them, the key under which it was kept, the text of messages to them and about them, and their name in
    /// every file that the program keeps. The journal holds opaque ids, and stays as it is but for one entry more.
    ///
    /// An erasure that was cut off is finished first, whosever it was.
    public func erase(_ request: ErasureRequest, by actor: ID) throws -> Result<Erased, Refusal> {
        let outcome = try Disk.locked(Timekeeper.lockPath(of: workspace)) {
            _ = try finishErasing()
            return try eraseAlone(request, by: actor)
        }
        return outcome ?? .failure(Refusal(.notNow, "A run of `mandate remind` is under way; ask again when it has ended."))
    }

    /// Does what an erasure that was cut off left to do; answers whose it was, if there was one.
    @discardableResult
    func finishErasing() throws -> ID? {
        guard let plan = try ErasurePlan.unfinished(in: workspace) else { return nil }
        try refresh()
        let known = held.standing.erasures[plan.person]
        guard let known, known.staysInRecord == plan.staysInRecord else {
            // It was cut off before the journal said so: nothing was erased yet.
            try ErasurePlan.remove(from: workspace)
            return nil
        }
        try plan.finish(self)
        return plan.person
    }

    /// As above, unless a run is under way that does so itself.
    public func finishErasingPolitely() throws -> ID? {
        try Disk.locked(Timekeeper.lockPath(of: workspace)) { try finishErasing() } ?? nil
    }

    private func eraseAlone(_ request: ErasureRequest, by actor: ID) throws -> Result<Erased, Refusal> {
        var erased = Erased(person: request.person)
        var refusal: Refusal?
        let traces: Traces = try transact { transaction, now in
            var record = Proceedings()
            try fire(upTo: now, &record, transaction)
            let traces = Traces(of: request.person, in: try values(of: request.person, transaction))
            var work = ErasureWork(desk: self, request: request, traces: traces, now: now)
            refusal = try work.decide(by: actor, transaction, &record)
            erased = work.erased
            try finish(&record, transaction, now)
            return traces
        }
        if let refusal { return .failure(refusal) }
        if let plan = try ErasurePlan.unfinished(in: workspace) { try plan.finish(self) }
        erased.left = try WorkspaceSearch(workspace).files(with: traces)
        erased.backups = try backups()
        erased.untold = erased.backups.map(\.folder).filter { folder in
            !ErasureNotice.all(in: folder).contains { $0.person == request.person }
        }
        return .success(erased)
    }

    /// What is known of a person, by key; of one who was erased before, what stays in the record.
    private func values(of person: ID, _ reading: Reading) throws -> [String: String] {
        Dictionary(try reading.personalValues(of: person).map { ($0.id, $0.value) }) { $1 }
    }
}

/// One erasure, within its transaction.
private struct ErasureWork {
    let desk: Desk
    let request: ErasureRequest
    let traces: Traces
    let now: Instant
    var erased: Erased

    init(desk: Desk, request: ErasureRequest, traces: Traces, now: Instant) {
        self.desk = desk
        self.request = request
        self.traces = traces
        self.now = now
        erased = Erased(person: request.person)
    }

    private var standing: Standing { desk.standing }
    private var person: ID { request.person }

    /// Erases, unless the rules refuse; nothing is written then.
    mutating func decide(by actor: ID, _ transaction: Transaction, _ record: inout Proceedings) throws -> Refusal? {
        guard try transaction.messages(in: [.sending]).isEmpty else {
            return Refusal(.notNow, "Messages are being sent; ask again in \(Courier.lease / 60) minutes.")
        }
        let search = WorkspaceSearch(desk.workspace)
        if !request.isForced, try !search.unread(with: traces).isEmpty {
            return Refusal(.notNow, "Mail that names them came in and was not read; `mandate inbox` takes it, or give --force.")
        }
        var erasure = Erasure(person: person, at: now, staysInRecord: false, files: [:])
        // Asked before anything is done, so that a refusal costs nothing.
        if case .refused(let refusal) = ask(erasure, by: actor) { return refusal }
        let stays = try !request.includesRecord && isNamedInRecord(transaction)
        erasure.staysInRecord = stays
        erasure.files = try replaceFiles()
        switch ask(erasure, by: actor) {
        case .refused(let refusal): return refusal
        case .taken(let taken):
            _ = try desk.append(taken, command: nil, transaction)
            record.note(taken.entries)
        }
        try eraseValues(nameStays: stays, transaction)
        try eraseMessages(transaction)
        try noteEntries(transaction)
        var plan = ErasurePlan(person: person, staysInRecord: stays)
        plan.mail = try search.mail(with: traces)
        plan.notice = ErasureNotice(person: person, at: now, by: actor, includesRecord: request.includesRecord)
        erased.mailFiles = plan.mail.count
        plan.roster = try rosterWithout()
        try plan.keep(in: desk.workspace)
        return nil
    }

    private func ask(_ erasure: Erasure, by actor: ID) -> Decision {
        desk.registrar.erase(erasure, by: actor, isForced: request.isForced, in: standing, now: now)
    }
}

// What is known, and what others wrote.
extension ErasureWork {
    private mutating func eraseValues(nameStays: Bool, _ transaction: Transaction) throws {
        let known = try transaction.personalValues(of: person)
        let name = known.first { $0.id == person + "/name" || $0.id == Standing.keyOfNameInRecord(person) }?.value
        erased.values = known.count
        try desk.forget(person, transaction)
        if nameStays, let name {
            try desk.keep(
                PersonalValue(key: Standing.keyOfNameInRecord(person), owner: person, value: name), transaction)
        }
        for text in try transaction.personalValues()
        where text.owner != person && text.id.hasPrefix(PersonalValue.mark) && traces.areIn(text.value) {
            erased.othersTexts += 1
            try desk.keep(
                PersonalValue(key: text.id, owner: text.owner, value: traces.redacted(text.value)), transaction)
        }
    }

    /// Entries into which somebody typed the name, as in a title or a decision: the record of what was done, which nobody can alter.
    private mutating func noteEntries(_ transaction: Transaction) throws {
        for entry in try transaction.entries() where traces.areIn(entry.payload) {
            erased.record.append("entry \(entry.sequence) of the journal: what was typed into it names them")
        }
    }
}

// Messages.
extension ErasureWork {
    private mutating func eraseMessages(_ transaction: Transaction) throws {
        for message in try transaction.messages() {
            let note = LetterNote.read(message.json)
            let isTheirs = message.recipient == person
            guard isTheirs || tells(message, note) else { continue }
            if let sent = message.sentAt {
                erased.sent.append(
                    Erased.SentCopy(at: Instant(seconds: sent), to: message.recipient, document: note?.document ?? "message"))
            }
            if isTheirs {
                erased.messages += 1
                try transaction.erase(message.key, json: try bare(note))
            } else {
                erased.othersMessages += 1
                try redact(message, note, transaction)
            }
        }
    }

    private func tells(_ message: OutboxMessage, _ note: LetterNote?) -> Bool {
        if [note?.subject, message.lastError].contains(where: { $0.map { traces.areIn($0) } ?? false }) { return true }
        return message.bytes.map { traces.areIn(Searchable.text(of: $0)) } ?? false
    }

    /// One that waits is written anew; of one that has ended nothing is kept but that there was one.
    private func redact(_ message: OutboxMessage, _ note: LetterNote?, _ transaction: Transaction) throws {
        let lastError = message.lastError.map { traces.redacted($0) }
        guard [.pending, .uncertain].contains(message.state), let note else {
            return try transaction.redact(message.key, bytes: nil, json: try bare(note), lastError: lastError)
        }
        let anew = try desk.writtenAnew(message, note, transaction, now)
        try transaction.redact(message.key, bytes: anew.bytes, json: anew.json, lastError: lastError)
    }

    private func bare(_ note: LetterNote?) throws -> String {
        guard var note else { return "{}" }
        note.subject = nil
        return try Ledger.text(of: note)
    }
}

// Files.
extension ErasureWork {
    /// Whether confirmed minutes name the person.
    private func isNamedInRecord(_ reading: Reading) throws -> Bool {
        let papers = Papers(desk.facts(at: now, story: []))
        return try standing.records.meetings.values.sorted { numbered($0.id, $1.id) }.contains { meeting in
            guard papers.stateOfMinutes(of: meeting) == .confirmed else { return false }
            return traces.areIn(try desk.document(PaperRequest(document: "minutes", meeting: meeting.id), as: .text, reading))
        }
    }

    /// Files that are a public record, with what they are called.
    private func recordFiles() -> [String: String] {
        let papers = Papers(desk.facts(at: now, story: []))
        var files: [String: String] = [:]
        for draft in standing.drafts.values where draft.document == "minutes" {
            guard let file = draft.file,
                let meeting = standing.cases[draft.ofCase]?.subjects[.meeting]
                    .flatMap({ standing.records.meetings[$0] }), papers.stateOfMinutes(of: meeting) == .confirmed
            else { continue }
            files[standing.file(inPlaceOf: file) ?? file] = "the confirmed minutes of \(papers.words(for: meeting))"
        }
        for paper in standing.records.papers.values where paper.circulated != nil {
            if let file = paper.file {
                files[standing.file(inPlaceOf: file) ?? file] = "the circulated paper \"\(paper.title)\""
            }
        }
        return files
    }

    /// Writes each kept file that tells of the person anew; answers what takes the place of what.
    private mutating func replaceFiles() throws -> [String: String] {
        let record = request.includesRecord ? [:] : recordFiles()
        let names = recordFiles()
        var replaced: [String: String] = [:]
        for hash in try desk.files.hashes() where standing.replacedFiles[hash] == nil {
            let bytes = try desk.files.read(hash)
            let text = String(validating: bytes, as: UTF8.self)
            if text == nil { erased.unsearchable.append(names[hash] ?? "the file \(hash)") }
            if let name = record[hash] {
                if traces.areIn(bytes) { erased.record.append(name) }
                guard let text, traces.areIn(text, sparingName: true) else { continue }
                replaced[hash] = try desk.files.store(Array(traces.redacted(text, sparingName: true).utf8))
                erased.filesRedacted += 1
            } else if let text, traces.areIn(text) {
                replaced[hash] = try desk.files.store(Array(traces.redacted(text).utf8))
                erased.filesRedacted += 1
            } else if text == nil, traces.areIn(bytes) {
                replaced[hash] = ""
                erased.filesErased += 1
            }
        }
        return replaced
    }

    /// The roster without the lines of the person; nil where there is none.
    private mutating func rosterWithout() throws -> String? {
        let path = desk.workspace.rosterPath
        guard Disk.exists(path) else { return nil }
        let text = String(decoding: try Disk.read(path), as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let kept = lines.filter { !traces.areIn(String($0)) }
        guard kept.count < lines.count else { return nil }
        erased.rosterRows = lines.count - kept.count
        return kept.joined(separator: "\n")
    }
}
