import Testing

@testable import Journals

@Suite("Every journal keeps entries")
struct EntryContractTests {
    @Test("entries are numbered in the journal and in their stream", arguments: Store.allCases)
    func numbering(store: Store) throws {
        try store.withJournal { journal throws in
            try journal.write(["1", "2"], to: "a")
            try journal.write(["3"], to: "b")
            try journal.write(["4"], to: "a")
            let entries = try journal.read { try $0.entries() }
            #expect(entries.map(\.sequence) == [1, 2, 3, 4])
            #expect(entries.map(\.position) == [1, 2, 1, 3])
            #expect(entries.map(\.payload) == ["1", "2", "3", "4"])
            #expect(try journal.read { try $0.entries(after: 1, limit: 2) }.map(\.payload) == ["2", "3"])
            #expect(try journal.read { try $0.entries(of: "a", after: 1) }.map(\.payload) == ["2", "4"])
            #expect(try journal.read { try $0.position(of: "a") } == 3)
            #expect(try journal.read { try $0.position(of: "nowhere") } == 0)
        }
    }

    @Test("an entry comes back with every field it was given", arguments: Store.allCases)
    func fields(store: Store) throws {
        try store.withJournal { journal throws in
            let new = NewEntry(
                effective: -7, actor: "p1", behalf: "p2", commandID: "c1", kind: "décidé", payload: #"{"text": "naïve 🦊"}"#)
            let added = try journal.transact(at: 10) { try $0.append(new, to: "m/1", expecting: 0) }
            #expect(added.recorded == 10 && added.effective == -7 && added.behalf == "p2" && added.previousHash == Entry.origin)
            #expect(try journal.read { try $0.entries() } == [added])
            #expect(try journal.read { try $0.entry(ofCommand: "c1") } == added)
            #expect(try journal.read { try $0.newestEntry() } == added)
            #expect(try journal.read { try $0.entry(ofCommand: "c2") } == nil)
        }
    }

    @Test("an entry at a position that the stream has passed is refused with what stands there", arguments: Store.allCases)
    func conflict(store: Store) throws {
        try store.withJournal { journal throws in
            try journal.write(["1", "2"], to: "a")
            let last = try journal.read { try $0.newestEntry() }
            let expected = JournalError.conflict(Conflict(stream: "a", expected: 1, last: last))
            #expect(throws: expected) {
                try journal.transact(at: 10) { _ = try $0.append(.note("x"), to: "a", expecting: 1) }
            }
            #expect(throws: JournalError.conflict(Conflict(stream: "b", expected: 3, last: nil))) {
                try journal.transact(at: 10) { _ = try $0.append(.note("x"), to: "b", expecting: 3) }
            }
            #expect(expected.description == "the stream a has moved on from 1 to 2: noted by p1")
        }
    }

    @Test("a transaction that throws leaves nothing at all", arguments: Store.allCases)
    func rollback(store: Store) throws {
        try store.withJournal { journal throws in
            try journal.write(["1"], to: "a")
            let head = try journal.read { try $0.head() }
            #expect(throws: Undone.self) {
                try journal.transact(at: 20) { transaction throws in
                    try transaction.append(.note("2", command: "c"), to: "a", expecting: 1)
                    try transaction.keep(answer: "{}", to: "c")
                    try transaction.replaceTimer(TimerRow(id: "t", caseID: "k", at: 1, kind: "at", json: "{}"))
                    try transaction.enqueue(.reminder("m"))
                    try transaction.setPersonalValue(PersonalValue(id: "v", owner: "p1", value: "Ann"))
                    try transaction.define(kind: "workflow", name: "w", text: "x")
                    try transaction.setMeta("1", for: "k")
                    #expect(try transaction.entries().count == 2, "a transaction sees what it wrote")
                    throw Undone()
                }
            }
            try journal.read { reading throws in
                #expect(try reading.head() == head)
                #expect(try reading.entries().count == 1)
                #expect(try reading.answer(to: "c") == nil)
                #expect(try reading.timers().isEmpty && reading.messages().isEmpty)
                #expect(try reading.personalValues().isEmpty && reading.definitions().isEmpty)
                #expect(try reading.meta("k") == nil)
            }
        }
    }

    @Test("a command has one entry and one answer", arguments: Store.allCases)
    func commands(store: Store) throws {
        try store.withJournal { journal throws in
            try journal.transact(at: 10) { transaction throws in
                try transaction.append(.note("1", command: "c"), to: "a", expecting: 0)
                try transaction.keep(answer: #"{"ok":1}"#, to: "c")
            }
            #expect(try journal.read { try $0.answer(to: "c") } == #"{"ok":1}"#)
            #expect(throws: JournalError.repeatedCommand("c")) {
                try journal.transact(at: 10) { _ = try $0.append(.note("2", command: "c"), to: "b", expecting: 0) }
            }
            #expect(throws: JournalError.repeatedCommand("c")) {
                try journal.transact(at: 10) { try $0.keep(answer: "other", to: "c") }
            }
            #expect(try journal.read { try $0.answer(to: "c") } == #"{"ok":1}"#)
        }
    }

    @Test("time does not run backwards in the journal", arguments: Store.allCases)
    func clockBack(store: Store) throws {
        try store.withJournal { journal throws in
            try journal.write(["1"], to: "a", at: 1_000)
            let now = try journal.transact(at: 400) { transaction throws in
                _ = try transaction.append(.note("2"), to: "a", expecting: 1)
                return transaction.now
            }
            #expect(now == 1_000)
            #expect(try journal.read { try $0.entries() }.map(\.recorded) == [1_000, 1_000])
            #expect(try journal.transact(at: 1_001) { $0.now } == 1_001)
        }
    }

    @Test("texts differ as their bytes do", arguments: Store.allCases)
    func exactTexts(store: Store) throws {
        try store.withJournal { journal throws in
            try journal.write(["composed"], to: "\u{E9}")
            try journal.write(["decomposed"], to: "e\u{301}")
            #expect(try journal.read { try $0.entries(of: "\u{E9}") }.map(\.payload) == ["composed"])
            #expect(try journal.read { try $0.verify() } == nil)
        }
    }

    @Test("a NUL, which would cut a text short, is refused and finds nothing", arguments: Store.allCases)
    func nul(store: Store) throws {
        try store.withJournal { journal throws in
            try journal.write(["1"], to: "a")
            #expect(throws: JournalError.nulInText(field: "payload")) {
                try journal.transact(at: 10) { _ = try $0.append(.note("x\0y"), to: "a", expecting: 1) }
            }
            #expect(try journal.read { try $0.entries(of: "a\0b") }.isEmpty)
            #expect(try journal.read { try $0.answer(to: "\0") } == nil)
            try journal.transact(at: 10) { transaction throws in
                try transaction.replaceTimer(TimerRow(id: "a", caseID: "k", at: 1, kind: "at", json: "{}"))
                try transaction.enqueue(.reminder("m", due: 1))
                _ = try transaction.claim(limit: 1, lease: 60, token: "t")
                _ = try transaction.settle("m", token: "t", .refused(reason: "550\0no"))
            }
            #expect(try journal.read { try $0.message("m") }?.lastError == "550 no", "a server may say what it likes")
            #expect(throws: JournalError.nulInText(field: "id")) {
                try journal.transact(at: 10) { try $0.removeTimer("a\0b") }
            }
            #expect(try journal.read { try $0.timers() }.count == 1)
        }
    }

    @Test("a transaction kept beyond its body is of no use", arguments: Store.allCases)
    func ended(store: Store) throws {
        try store.withJournal { journal throws in
            let kept = try journal.transact(at: 10) { $0 }
            #expect(throws: JournalError.ended) { try kept.entries() }
            #expect(throws: JournalError.ended) { try kept.append(.note("x"), to: "a", expecting: 0) }
            let reading = try journal.read { $0 }
            #expect(throws: JournalError.ended) { try reading.head() }
        }
    }
}

@Suite("Every journal proves that nothing was altered")
struct ChainContractTests {
    @Test("each entry names the one before it, and the walk finds all whole", arguments: Store.allCases)
    func chain(store: Store) throws {
        try store.withJournal { journal throws in
            #expect(try journal.read { try $0.verify() } == nil, "an empty journal is whole")
            for number in 1...3 { try journal.write(["\(number)"], to: "a") }
            try journal.write(["x"], to: "b")
            let entries = try journal.read { try $0.entries(of: "a") }
            #expect(entries.map(\.previousHash) == [Entry.origin] + entries.dropLast().map(\.hash))
            #expect(entries.allSatisfy { $0.hash == $0.expectedHash && $0.hash.count == 64 })
            #expect(try journal.read { try $0.verify() } == nil)
        }
    }

    @Test("the walk passes the end of a page", arguments: Store.allCases)
    func pages(store: Store) throws {
        try store.withJournal { journal throws in
            try journal.transact(at: 10) { transaction throws in
                for position in 0..<Int64(Reading.page * 2 + 1) {
                    try transaction.append(.note("\(position)"), to: "a", expecting: position)
                }
            }
            #expect(try journal.read { try $0.verify() } == nil)
        }
    }

    @Test("the same entries give the same head in every journal")
    func sameHead() throws {
        var heads: Set<String> = []
        for store in Store.allCases {
            try store.withJournal { journal throws in
                let empty = try journal.read { try $0.head() }
                try journal.write(["1", "2"], to: "b")
                try journal.write(["3"], to: "a")
                let head = try journal.read { try $0.head() }
                #expect(head != empty)
                heads.insert(head)
            }
        }
        #expect(heads.count == 1)
    }

    @Test("no field can be changed, nor text moved from one field to the next, without another hash")
    func canonicalForm() {
        let entry = Entry(NewEntry(effective: 1, kind: "ab", payload: "c"), sequence: 1, after: .empty("s"), recorded: 2)
        var forms = [entry.canonicalForm]
        func changed(_ change: (inout Entry) -> Void) {
            var other = entry
            change(&other)
            forms.append(other.canonicalForm)
        }
        changed { $0.sequence = 2 }
        changed { $0.stream = "t" }
        changed { $0.position = 2 }
        changed { $0.recorded = 3 }
        changed { $0.effective = 2 }
        changed { $0.actor = "p" }
        changed { $0.actor = "" }
        changed { $0.behalf = "p" }
        changed { $0.commandID = "p" }
        changed {
            $0.kind = "a"
            $0.payload = "bc"
        }
        changed { $0.previousHash = "1" }
        #expect(Set(forms).count == forms.count)
        #expect(entry.canonicalForm.hasPrefix("mandate entry 1\n1:1\n1:s\n1:1\n1:2\n1:1\n-\n-\n-\n2:ab\n1:c\n64:0000"))
        #expect(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }
}
