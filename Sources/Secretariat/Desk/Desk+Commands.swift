import Calendars
public import Governance
import Journals
import Workflows

// What people ask for.
extension Desk {
    /// Carries out a command; the same command id gives the first answer again.
    public func perform(_ command: Command) throws -> Reply {
        try carryOut(command.id, within: { try self.circles(of: command, $0) }) { registrar, standing, now in
            registrar.decide(command, in: standing, now: now)
        }
    }

    /// Carries out several commands as one: all of them, or, where one is refused, none.
    public func perform(_ commands: [Command], id: String) throws -> Reply {
        try carryOut(id) { registrar, standing, now in
            var all = Decision.Taken(entries: [], personal: [], standing: standing, ofCase: nil)
            for command in commands {
                switch registrar.decide(command, in: all.standing, now: now) {
                case .refused(let refusal): return .refused(refusal)
                case .taken(let taken):
                    all.entries += taken.entries
                    all.personal += taken.personal
                    all.standing = taken.standing
                }
            }
            return .taken(all)
        }
    }

    /// Takes records that were read from elsewhere, such as a roster.
    public func adopt(_ records: [Record], personal: [Governance.PersonalValue], by actor: ID?, id: String) throws -> Reply {
        try carryOut(id) { registrar, standing, now in
            registrar.adopt(records, personal: personal, by: actor, in: standing, now: now)
        }
    }

    /// Takes records of bodies that are new, which concern nobody else, so that nothing needs to be in hand.
    package func found(_ records: [Record], personal: [Governance.PersonalValue], id: String) throws -> Reply {
        try carryOut(id, within: { _ in [] }) { registrar, standing, now in
            registrar.adopt(records, personal: personal, by: nil, in: standing, now: now)
        }
    }

    /// Ticks a line of a duty's checklist, or unticks it.
    public func tick(duty: ID, line: String, isDone: Bool, by actor: ID, id: String) throws -> Reply {
        try carryOut(id) { registrar, standing, now in
            registrar.tick(duty: duty, line: line, isDone: isDone, by: actor, in: standing, now: now)
        }
    }

    /// Takes a person's own text of a draft; the text is on the disk before the entry that names it. Without a text the draft is made from
    /// what happened again.
    public func edit(draft document: String, of ofCase: ID, text: String?, by actor: ID, id: String) throws -> Reply {
        let hash = try text.map { try files.store(Array($0.utf8)) }
        return try carryOut(id) { registrar, standing, now in
            registrar.edit(draft: document, of: ofCase, file: hash, by: actor, in: standing, now: now)
        }
    }

    /// Lets open cases go by the holiday table, or the rules, in force.
    public func adopt(_ adoption: RulesAdoption, by actor: ID, id: String) throws -> Reply {
        try carryOut(id) { registrar, standing, now in
            registrar.adopt(adoption, by: actor, in: standing, now: now)
        }
    }

    /// Moves the open cases of a workflow to its text in force.
    public func migrate(_ request: MigrationRequest, by actor: ID, id: String) throws -> Reply {
        try carryOut(id) { registrar, standing, now in
            registrar.migrate(request, by: actor, in: standing, now: now)
        }
    }

    /// Keeps the register of a representative's interests.
    public func keepInterests(of representative: ID, _ request: InterestRequest, by actor: ID, id: String) throws -> Reply {
        try carryOut(id) { registrar, standing, now in
            registrar.keepInterests(of: representative, request, by: actor, in: standing, now: now)
        }
    }

    /// Puts right what an earlier entry says.
    public func amend(_ amendment: Amendment, by actor: ID, id: String) throws -> Reply {
        try carryOut(id) { registrar, standing, now in
            registrar.amend(amendment, by: actor, in: standing, now: now)
        }
    }

    /// Keeps a file; answers its SHA-256.
    public func store(_ bytes: [UInt8]) throws -> String { try files.store(bytes) }

    /// The bytes of a file, or of the one in its place where it told of somebody who was erased.
    public func file(_ hash: String) throws -> [UInt8] { try Self.file(hash, in: files, held.standing) }

    static func file(_ hash: String, in files: FileStore, _ standing: Standing) throws -> [UInt8] {
        guard let kept = standing.file(inPlaceOf: hash) else {
            throw PaperFailure("the file \(hash) was erased with its person")
        }
        return try files.read(kept)
    }
}

extension Desk {
    /// One transaction: the first answer if there is one; else all that is due by now, each thing at its own moment, then the decision.
    ///
    /// - Parameter circles: all that the decision needs in hand, where that is known.
    func carryOut(
        _ id: String, within circles: (Reading) throws -> Set<ID>? = { _ in nil },
        _ decide: (Registrar, Standing, Instant) -> Decision
    ) throws -> Reply {
        try transact { transaction, now in
            if let kept = try transaction.answer(to: id) { return .taken(try Ledger.value(from: kept)) }
            if held.standing.circles != nil {
                if let circles = try circles(transaction) {
                    try hold(circles, transaction)
                } else {
                    try holdEverything(transaction)
                }
            }
            var record = Proceedings()
            try fire(upTo: now, &record, transaction)
            switch try ask(&record, transaction, now, { decide($0, $1, now) }) {
            case .refused(let refusal):
                try finish(&record, transaction, now)
                return .refused(refusal)
            case .taken(let taken):
                let known = held.standing.records
                let lines = try append(taken, command: taken.entries.isEmpty ? nil : id, transaction)
                record.note(taken.entries)
                try finish(&record, transaction, now)
                let receipt = Receipt(
                    ofCase: taken.ofCase, entries: lines, made: record.made(since: known), messages: record.messages)
                try transaction.keep(answer: try Ledger.text(of: receipt), to: id)
                return .taken(receipt)
            }
        }
    }

    /// Fires what is due; a decision that the rules refuse here would be a fault of the rules, and stops nothing.
    func fire(upTo now: Instant, _ record: inout Proceedings, _ transaction: Transaction) throws {
        guard try !transaction.timers(TimerFilter(dueBy: now.seconds), limit: 1).isEmpty else { return }
        try holdWhatIsDue(by: now, transaction)
        let decision = try ask(&record, transaction, now) { registrar, standing in registrar.fire(upTo: now, in: standing) }
        guard case .taken(let taken) = decision, !taken.entries.isEmpty else { return }
        _ = try append(taken, command: nil, transaction)
        record.note(taken.entries)
    }

    /// The circles in which a command finds its case; nil where that may be in any.
    private func circles(of command: Command, _ reading: Reading) throws -> Set<ID>? {
        if let id = command.ofCase { return try reading.caseRow(id).map { [$0.circle] } }
        var found: Set<ID> = []
        for (kind, id) in command.subjects where kind != .person && kind != .organisation {
            guard let row = try reading.record("\(kind.rawValue)/\(id)") else { return nil }
            found.insert(row.circle)
        }
        return found.isEmpty ? nil : found
    }

    /// Asks the rules; where not all is in hand, a refusal is asked about once more with everything.
    func ask(
        _ record: inout Proceedings, _ transaction: Transaction, _ now: Instant, _ question: (Registrar, Standing) -> Decision
    ) throws -> Decision {
        let decision = question(registrar, held.standing)
        guard case .refused = decision, held.standing.circles != nil else { return decision }
        // The rows, from which everything is read, are to say what was decided so far.
        try finish(&record, transaction, now)
        record = Proceedings(after: record)
        try holdEverything(transaction)
        return question(registrar, held.standing)
    }

    /// What follows from the entries: read models, messages, texts that cases are pinned to.
    func finish(_ record: inout Proceedings, _ transaction: Transaction, _ now: Instant) throws {
        guard !record.isEmpty else { return }
        if record.touchesBodies { try consult(transaction) }
        try pin(record, transaction)
        try withdraw(record, transaction, now)
        try keepReadModels(record, transaction)
        record.messages += try enqueue(record, transaction, now)
        try supersedeReminders(ofEnded: record, transaction, now)
    }
}
