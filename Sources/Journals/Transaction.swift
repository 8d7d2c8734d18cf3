/// A reading that may also write; all that it writes is kept together, or nothing.
public final class Transaction: Reading {
    /// The one instant of this transaction, in seconds since 1970: the one handed in, or the newest entry's if that is later.
    public let now: Int64

    init(_ shelf: any Shelf, now: Int64) throws {
        self.now = max(now, try shelf.newestEntry()?.recorded ?? now)
        super.init(shelf)
    }

    /// Refuses texts that the store would cut short.
    func check(_ fields: KeyValuePairs<String, String?>) throws(JournalError) {
        for (name, text) in fields {
            if let text, text.utf8.contains(0) { throw .nulInText(field: name) }
        }
    }
}

// Entries and commands
extension Transaction {
    /// Records an entry at the end of the stream.
    ///
    /// Throws `.conflict` if the stream does not end at `position` (0: it is empty), `.repeatedCommand` if the command id has an entry.
    @discardableResult
    public func append(_ entry: NewEntry, to stream: String, expecting position: Int64) throws -> Entry {
        try check([
            "stream": stream, "actor": entry.actor, "behalf": entry.behalf, "command id": entry.commandID, "kind": entry.kind,
            "payload": entry.payload,
        ])
        let rows = try shelf()
        let head = try rows.head(of: stream) ?? .empty(stream)
        guard head.position == position else {
            throw JournalError.conflict(Conflict(stream: stream, expected: position, last: try rows.lastEntry(of: stream)))
        }
        if let id = entry.commandID, try rows.entry(ofCommand: id) != nil { throw JournalError.repeatedCommand(id) }
        let sequence = (try rows.newestEntry()?.sequence ?? 0) + 1
        let added = Entry(entry, sequence: sequence, after: head, recorded: now)
        try rows.insert(added)
        return added
    }

    /// Keeps what the command was answered, so that the second time it gets the first answer. Throws `.repeatedCommand` if one is kept.
    public func keep(answer: String, to command: String) throws {
        try check(["answer": answer, "command id": command])
        guard try shelf().answer(to: command) == nil else { throw JournalError.repeatedCommand(command) }
        try shelf().insert(answer: answer, to: command)
    }
}

// Read models
extension Transaction {
    /// Puts the row in place of the one with its id, if any.
    public func replaceCase(_ row: CaseRow) throws {
        try check(["id": row.id, "workflow": row.workflow, "stream": row.stream, "circle": row.circle, "json": row.json])
        try shelf().put(row)
    }

    /// Removes the case with its duties and timers.
    public func removeCase(_ id: String) throws {
        try check(["id": id])
        try shelf().removeTimers(ofCase: id)
        try shelf().removeDuties(ofCase: id)
        try shelf().removeCase(id)
    }

    public func replaceDuty(_ row: DutyRow) throws {
        try check(["id": row.id, "case": row.caseID, "owner": row.owner, "state": row.state, "json": row.json])
        try shelf().put(row)
    }

    public func removeDuty(_ id: String) throws {
        try check(["id": id])
        try shelf().removeDuty(id)
    }

    public func replaceTimer(_ row: TimerRow) throws {
        try check(["id": row.id, "case": row.caseID, "kind": row.kind, "json": row.json])
        try shelf().put(row)
    }

    public func removeTimer(_ id: String) throws {
        try check(["id": id])
        try shelf().removeTimer(id)
    }

    public func removeTimers(ofCase id: String) throws {
        try check(["id": id])
        try shelf().removeTimers(ofCase: id)
    }

    public func replaceRecord(_ row: RecordRow) throws {
        try check(["id": row.id, "circle": row.circle, "json": row.json])
        try shelf().put(row)
    }

    /// Says who belongs to a circle, in place of those who did.
    public func replaceMembers(of circle: String, by people: [String]) throws {
        try check(["circle": circle])
        for person in people { try check(["person": person]) }
        try shelf().put(members: people, of: circle)
    }

    /// Removes all cases, duties, timers, records and members, to be made anew from the entries. The outbox stays: what was sent was sent.
    public func dropReadModels() throws { try shelf().removeReadModels() }
}

// Personal values, definitions, meta
extension Transaction {
    public func setPersonalValue(_ value: PersonalValue) throws {
        try check(["id": value.id, "owner": value.owner, "value": value.value])
        let key: PersonalKey
        if let kept = try shelf().personalKey(of: value.owner) {
            key = PersonalKey(kept)
        } else {
            key = PersonalKey()
            try shelf().put(personalKey: key.bytes, of: value.owner)
        }
        try shelf().put(key.seal(value))
    }

    public func removePersonalValue(_ id: String) throws {
        try check(["id": id])
        try shelf().removePersonalValue(id)
    }

    /// Erases all that is known of a person, and the key under which it was kept; the entries, which hold the opaque id only, stay whole.
    public func removePersonalValues(of owner: String) throws {
        try check(["owner": owner])
        try shelf().removePersonalValues(of: owner)
        try shelf().removePersonalKey(of: owner)
    }

    /// Keeps a text that cases are pinned to; answers its hash. A text kept before is kept once, under its first name.
    @discardableResult
    public func define(kind: String, name: String, text: String) throws -> String {
        try check(["kind": kind, "name": name, "text": text])
        let hash = sha256(text)
        if try shelf().definition(hash) == nil {
            try shelf().insert(Definition(hash: hash, kind: kind, name: name, text: text))
        }
        return hash
    }

    public func setMeta(_ value: String, for key: String) throws {
        try check(["key": key, "value": value])
        try shelf().put(meta: value, for: key)
    }
}

extension Transaction {
    /// Puts a message into the outbox unless one of its key is there, whatever became of that one.
    @discardableResult
    public func enqueue(_ message: NewOutboxMessage) throws -> Enqueued {
        try check([
            "key": message.key, "recipient": message.recipient, "address": message.address, "message id": message.messageID,
            "json": message.json,
        ])
        if let there = try shelf().message(message.key) { return .alreadyThere(there.state) }
        try shelf().put(OutboxMessage(message, created: now))
        return .added
    }
}
