import Testing

@testable import Journals

@Suite("Every journal keeps read models, personal values and definitions")
struct ReadModelContractTests {
    @Test("timers come by instant and id, and only those that are due", arguments: Store.allCases)
    func timers(store: Store) throws {
        try store.withJournal { journal throws in
            try journal.transact(at: 10) { transaction throws in
                try transaction.replaceCase(CaseRow(id: "k1", workflow: "w", stream: "s1", isOpen: true, json: "{}"))
                for (id, at, owner) in [("b", 5, "k1"), ("a", 5, "k2"), ("B", 5, "k1"), ("z", 4, "k1"), ("c", 6, "k1")] {
                    try transaction.replaceTimer(TimerRow(id: id, caseID: owner, at: Int64(at), kind: "at", json: "{}"))
                }
                try transaction.replaceTimer(TimerRow(id: "c", caseID: "k1", at: 7, kind: "moved", json: "{}"))
            }
            try journal.read { reading throws in
                #expect(try reading.timers(TimerFilter(dueBy: 5)).map(\.id) == ["z", "B", "a", "b"])
                #expect(try reading.timers(TimerFilter(dueBy: 5), limit: 2).map(\.id) == ["z", "B"])
                #expect(try reading.timers(TimerFilter(dueBy: 6, stream: "s1")).map(\.id) == ["z", "B", "b"])
                #expect(try reading.timers(TimerFilter(caseID: "k1")).map(\.at) == [4, 5, 5, 7])
                #expect(try reading.timers(TimerFilter(stream: "s2")).isEmpty)
            }
            try journal.transact(at: 10) { transaction throws in
                try transaction.removeTimer("z")
                try transaction.removeTimers(ofCase: "k2")
            }
            #expect(try journal.read { try $0.timers() }.map(\.id) == ["B", "b", "c"])
        }
    }

    @Test("duties come by due instant, those without one last", arguments: Store.allCases)
    func duties(store: Store) throws {
        try store.withJournal { journal throws in
            try journal.transact(at: 10) { transaction throws in
                for (id, due, owner, state) in [
                    ("d", nil, "p1", "open"), ("c", 9, "p1", "open"), ("b", 9, "p2", "done"), ("a", .max, "p1", "open"),
                ] as [(String, Int64?, String, String)] {
                    try transaction.replaceDuty(
                        DutyRow(id: id, caseID: "k", owner: owner, due: due, state: state, json: #"{"n":1}"#))
                }
            }
            try journal.read { reading throws in
                #expect(try reading.duties().map(\.id) == ["b", "c", "a", "d"])
                #expect(try reading.duties(DutyFilter(owner: "p1", state: "open")).map(\.id) == ["c", "a", "d"])
                #expect(try reading.duties(DutyFilter(caseID: "other")).isEmpty)
                #expect(try reading.duty("b")?.state == "done")
            }
            try journal.transact(at: 10) { try $0.removeDuty("b") }
            #expect(try journal.read { try $0.duty("b") } == nil)
        }
    }

    @Test("a case that is removed takes its duties and timers along", arguments: Store.allCases)
    func cases(store: Store) throws {
        try store.withJournal { journal throws in
            try journal.transact(at: 10) { transaction throws in
                for id in ["k2", "k1"] {
                    try transaction.replaceCase(
                        CaseRow(id: id, workflow: "w" + id, stream: "s", isOpen: id == "k1", json: #"{"a":1}"#))
                    try transaction.replaceDuty(DutyRow(id: "d" + id, caseID: id, owner: "p", due: 1, state: "open", json: ""))
                    try transaction.replaceTimer(TimerRow(id: "t" + id, caseID: id, at: 1, kind: "at", json: ""))
                }
            }
            try journal.read { reading throws in
                #expect(try reading.cases().map(\.id) == ["k1", "k2"])
                #expect(try reading.cases(CaseFilter(isOpen: false)).map(\.id) == ["k2"])
                #expect(try reading.cases(CaseFilter(stream: "s", workflow: "wk1")).map(\.json) == [#"{"a":1}"#])
                #expect(try reading.caseRow("k1")?.isOpen == true)
            }
            try journal.transact(at: 10) { try $0.removeCase("k1") }
            try journal.read { reading throws in
                #expect(try reading.cases().map(\.id) == ["k2"])
                #expect(try reading.duties().map(\.id) == ["dk2"])
                #expect(try reading.timers().map(\.id) == ["tk2"])
            }
        }
    }

    @Test("read models dropped and made anew in another order have the same digest", arguments: Store.allCases)
    func rebuild(store: Store) throws {
        func fill(_ transaction: Transaction, _ order: [String]) throws {
            for id in order {
                try transaction.replaceCase(CaseRow(id: id, workflow: "w", stream: "s", isOpen: true, json: id))
                try transaction.replaceDuty(DutyRow(id: id, caseID: id, owner: "p", due: nil, state: "open", json: id))
                try transaction.replaceTimer(TimerRow(id: id, caseID: id, at: 1, kind: "at", json: id))
            }
        }
        try store.withJournal { journal throws in
            let digests = try journal.transact(at: 10) { transaction throws in
                try transaction.enqueue(.reminder("m"))
                try fill(transaction, ["1", "2", "3"])
                let first = try transaction.readModelDigest()
                try transaction.dropReadModels()
                let dropped = try transaction.readModelDigest()
                #expect(try transaction.cases().isEmpty && transaction.duties().isEmpty && transaction.timers().isEmpty)
                try fill(transaction, ["3", "1", "2"])
                return [first, dropped, try transaction.readModelDigest()]
            }
            #expect(digests[0] == digests[2] && digests[0] != digests[1])
            #expect(try journal.read { try $0.messages() }.count == 1, "the outbox is no read model")
        }
    }

    @Test("what is known of a person can be erased while the chain stays whole", arguments: Store.allCases)
    func personal(store: Store) throws {
        try store.withJournal { journal throws in
            try journal.write(["1"], to: "a")
            try journal.transact(at: 10) { transaction throws in
                for (id, owner, value) in [("2", "p2", "Bo"), ("1", "p1", "Ann"), ("3", "p1", "ann@example.org")] {
                    try transaction.setPersonalValue(PersonalValue(id: id, owner: owner, value: value))
                }
                try transaction.setPersonalValue(PersonalValue(id: "1", owner: "p1", value: "Anne"))
                try transaction.enqueue(.reminder("m"))
            }
            #expect(try journal.read { try $0.personalValues() }.map(\.value) == ["Anne", "Bo", "ann@example.org"])
            try journal.transact(at: 10) { transaction throws in
                try transaction.removePersonalValue("2")
                try transaction.removePersonalValues(of: "p1")
                try transaction.erase("m", json: "{}")
            }
            try journal.read { reading throws in
                #expect(try reading.personalValues().isEmpty)
                #expect(try reading.verify() == nil)
                let message = try #require(try reading.message("m"))
                #expect(message.address.isEmpty && message.bytes == nil && message.state == .dead)
            }
        }
    }

    @Test("a person's values are under one key of theirs, a new one once they were erased", arguments: Store.allCases)
    func personalKeys(store: Store) throws {
        try store.withJournal { journal throws in
            func keep(_ id: String, _ owner: String) throws -> (key: [UInt8]?, box: [UInt8]?) {
                try journal.transact(at: 10) { transaction throws in
                    try transaction.setPersonalValue(PersonalValue(id: id, owner: owner, value: "Ann"))
                    let box = try transaction.shelf().personalValues(of: owner).first { $0.id == id }?.box
                    return (try transaction.shelf().personalKey(of: owner), box)
                }
            }
            let (first, second, other) = (try keep("1", "p1"), try keep("2", "p1"), try keep("3", "p2"))
            #expect(first.key?.count == 32 && first.key == second.key && first.key != other.key)
            #expect(first.box != second.box, "the same words do not look the same")
            try journal.transact(at: 10) { try $0.removePersonalValues(of: "p1") }
            #expect(try journal.read { try $0.shelf().personalKeys() }.count == 1)
            #expect(try keep("1", "p1").key != first.key)
        }
    }

    @Test("a value whose key is gone, or that stands in another's place, is not read", arguments: Store.allCases)
    func lostValues(store: Store) throws {
        try store.withJournal { journal throws in
            try journal.transact(at: 10) { transaction throws in
                for id in ["1", "2"] {
                    try transaction.setPersonalValue(PersonalValue(id: id, owner: "p1", value: id))
                }
            }
            let kept = try journal.read { try $0.shelf().personalValues(of: nil) }
            try journal.transact(at: 10) { try $0.shelf().put(SealedValue(id: "1", owner: "p1", box: kept[1].box)) }
            #expect(throws: JournalError.personalValueLost(id: "1")) { try journal.read { try $0.personalValues() } }
            try journal.transact(at: 10) { transaction throws in
                try transaction.shelf().put(kept[0])
                try transaction.shelf().removePersonalKey(of: "p1")
            }
            #expect(throws: JournalError.personalValueLost(id: "1")) { try journal.read { try $0.personalValues() } }
        }
    }

    @Test("a definition is kept once, under its hash", arguments: Store.allCases)
    func definitions(store: Store) throws {
        try store.withJournal { journal throws in
            let hashes = try journal.transact(at: 10) { transaction throws in
                [
                    try transaction.define(kind: "workflow", name: "meeting", text: "a"),
                    try transaction.define(kind: "workflow", name: "again", text: "a"),
                    try transaction.define(kind: "holidays", name: "england", text: "b"),
                ]
            }
            #expect(hashes[0] == hashes[1] && hashes[0] == sha256("a"))
            #expect(try journal.read { try $0.definition(hashes[0]) }?.name == "meeting")
            #expect(try journal.read { try $0.definitions() }.map(\.name) == ["england", "meeting"])
            #expect(try journal.read { try $0.definition("none") } == nil)
        }
    }

    @Test("a value of the whole journal is replaced by the next", arguments: Store.allCases)
    func meta(store: Store) throws {
        try store.withJournal { journal throws in
            for value in ["1", "2"] { try journal.transact(at: 10) { try $0.setMeta(value, for: "key") } }
            #expect(try journal.read { try $0.meta("key") } == "2")
            #expect(try journal.read { try $0.meta("other") } == nil)
        }
    }
}
