import Testing

@testable import Journals

@Suite("Every journal keeps an outbox")
struct OutboxContractTests {
    /// Claims with token `t` + number for 60 s.
    private func claim(_ journal: any JournalStore, at now: Int64, token: String = "t1", limit: Int = 10) throws -> [String] {
        try journal.transact(at: now) { try $0.claim(limit: limit, lease: 60, token: token) }.map(\.key)
    }

    @Test("a message of a known key is not taken a second time, whatever became of the first", arguments: Store.allCases)
    func keys(store: Store) throws {
        try store.withJournal { journal throws in
            #expect(try journal.transact(at: 10) { try $0.enqueue(.reminder("m")) } == .added)
            #expect(try journal.transact(at: 11) { try $0.enqueue(.reminder("m", due: 999)) } == .alreadyThere(.pending))
            _ = try journal.transact(at: 12) { try $0.supersede(["m"]) }
            #expect(try journal.transact(at: 13) { try $0.enqueue(.reminder("m")) } == .alreadyThere(.superseded))
            let message = try #require(try journal.read { try $0.message("m") })
            #expect(message.due == 100 && message.created == 10)
        }
    }

    @Test(
        "a courier claims what is due and still of use, oldest first, and no other courier gets it", arguments: Store.allCases)
    func claiming(store: Store) throws {
        try store.withJournal { journal throws in
            try journal.transact(at: 10) { transaction throws in
                try transaction.enqueue(.reminder("late", due: 300))
                try transaction.enqueue(.reminder("b", due: 100))
                try transaction.enqueue(.reminder("a", due: 100))
                try transaction.enqueue(.reminder("first", due: 50))
                try transaction.enqueue(.reminder("stale", due: 50, validUntil: 100))
                try transaction.enqueue(.reminder("always", due: 100, validUntil: nil))
            }
            #expect(try claim(journal, at: 100, token: "t1", limit: 2) == ["first", "a"])
            #expect(try claim(journal, at: 100, token: "t2") == ["always", "b"])
            #expect(try claim(journal, at: 100, token: "t3") == [])
            let claimed = try #require(try journal.read { try $0.message("a") })
            #expect(claimed.state == .sending && claimed.token == "t1" && claimed.leaseUntil == 160 && claimed.tries == 1)
            #expect(claimed.bytes == Array("Subject: a\r\n".utf8))
        }
    }

    @Test("what waits can be put off and, while nobody has had it in hand, written anew", arguments: Store.allCases)
    func puttingOff(store: Store) throws {
        try store.withJournal { journal throws in
            try journal.transact(at: 10) { transaction throws in
                try transaction.enqueue(.reminder("a", due: 100))
                try transaction.enqueue(.reminder("urgent", due: 100, validUntil: 200))
                try transaction.enqueue(.reminder("later", due: 300, validUntil: nil))
            }
            #expect(try journal.transact(at: 100) { try $0.putOff(until: 200) } == 1)
            #expect(try journal.transact(at: 100) { try $0.putOff(until: 200) } == 0)
            #expect(try claim(journal, at: 199) == ["urgent"])
            let bytes = Array("Subject: new\r\n".utf8)
            #expect(try journal.transact(at: 199) { try $0.amend("a", bytes: bytes, validUntil: 900, json: "[]") })
            #expect(try !journal.transact(at: 199) { try $0.amend("urgent", bytes: bytes, validUntil: nil, json: "[]") })
            #expect(try !journal.transact(at: 199) { try $0.amend("none", bytes: bytes, validUntil: nil, json: "[]") })
            #expect(try claim(journal, at: 200, token: "t2") == ["a"])
            let message = try #require(try journal.read { try $0.message("a") })
            #expect(
                message.bytes == bytes && message.validUntil == 900 && message.json == "[]"
                    && message.messageID == "<a@example.org>")
            let outcome = DeliveryOutcome.deferred(reason: "busy", nextTry: 400)
            _ = try journal.transact(at: 201) { try $0.settle("a", token: "t2", outcome) }
            #expect(try !journal.transact(at: 202) { try $0.amend("a", bytes: [], validUntil: nil, json: "[]") })
            _ = try journal.transact(at: 203) { try $0.supersede(["a"], reason: "not wanted") }
            #expect(try journal.read { try $0.message("a") }?.lastError == "not wanted")
        }
    }

    @Test(
        "the courier's word decides what becomes of a message",
        arguments: Store.allCases,
        [
            (DeliveryOutcome.accepted, DeliveryState.sent),
            (.refused(reason: "no such mailbox"), .dead),
            (.unknown(reason: "cut off"), .uncertain),
            (.deferred(reason: "busy", nextTry: 500), .pending),
        ])
    func settling(store: Store, fate: (outcome: DeliveryOutcome, state: DeliveryState)) throws {
        try store.withJournal { journal throws in
            try journal.transact(at: 10) { _ = try $0.enqueue(.reminder("m")) }
            _ = try claim(journal, at: 100)
            #expect(try journal.transact(at: 105) { try $0.settle("m", token: "other", fate.outcome) } == .stale(.sending))
            #expect(try journal.transact(at: 110) { try $0.settle("m", token: "t1", fate.outcome) } == .settled(fate.state))
            let message = try #require(try journal.read { try $0.message("m") })
            #expect(message.state == fate.state && message.token == nil && message.leaseUntil == nil)
            #expect(message.sentAt == (fate.state == .sent ? 110 : nil))
            #expect((message.lastError == nil) == (fate.state == .sent))
            #expect(try journal.transact(at: 111) { try $0.settle("m", token: "t1", .accepted) } == .stale(fate.state))
            #expect(try journal.transact(at: 111) { try $0.settle("none", token: "t1", .accepted) } == .noSuchMessage)
            #expect(try claim(journal, at: 499, token: "t2") == [])
            #expect(try claim(journal, at: 500, token: "t2") == (fate.state == .pending ? ["m"] : []))
        }
    }

    @Test(
        "a message whose courier fell silent is sent again with the same bytes, and is dead after three",
        arguments: Store.allCases)
    func silence(store: Store) throws {
        try store.withJournal { journal throws in
            try journal.transact(at: 10) { _ = try $0.enqueue(.reminder("m")) }
            #expect(try claim(journal, at: 100, token: "t1") == ["m"])
            #expect(try claim(journal, at: 159, token: "t2") == [])
            #expect(try claim(journal, at: 160, token: "t2") == ["m"])
            #expect(try journal.transact(at: 161) { try $0.settle("m", token: "t1", .accepted) } == .stale(.sending))
            #expect(try claim(journal, at: 220, token: "t3") == ["m"])
            #expect(try claim(journal, at: 280, token: "t4") == [])
            let message = try #require(try journal.read { try $0.message("m") })
            #expect(message.state == .dead && message.tries == 3 && message.bytes == Array("Subject: m\r\n".utf8))
        }
    }

    @Test("a late word counts as long as no other courier took the message", arguments: Store.allCases)
    func lateWord(store: Store) throws {
        try store.withJournal { journal throws in
            try journal.transact(at: 10) { transaction throws in
                try transaction.enqueue(.reminder("slow"))
                try transaction.enqueue(.reminder("short", validUntil: 150))
            }
            _ = try claim(journal, at: 100)
            #expect(try journal.transact(at: 900) { try $0.settle("slow", token: "t1", .accepted) } == .settled(.sent))
            _ = try journal.transact(at: 901) { try $0.expireMessages() }
            #expect(try journal.state(of: "short") == .uncertain, "it may have been sent")
            #expect(try journal.transact(at: 902) { try $0.settle("short", token: "t1", .accepted) } == .settled(.sent))
        }
    }

    @Test("what is of use no longer expires", arguments: Store.allCases)
    func expiry(store: Store) throws {
        try store.withJournal { journal throws in
            try journal.transact(at: 10) { transaction throws in
                try transaction.enqueue(.reminder("a", validUntil: 200))
                try transaction.enqueue(.reminder("b", validUntil: 201))
                try transaction.enqueue(.reminder("c", validUntil: nil))
            }
            #expect(try journal.transact(at: 200) { try $0.expireMessages() }.map(\.key) == ["a"])
            #expect(try journal.transact(at: 200) { try $0.expireMessages() }.isEmpty)
            #expect(try journal.read { try $0.messages(in: [.expired]) }.map(\.key) == ["a"])
            #expect(try journal.read { try $0.messages(in: [.pending]) }.map(\.key) == ["b", "c"])
            #expect(try journal.read { try $0.messages(to: "p2") }.isEmpty)
        }
    }

    @Test("a message superseded while it is sent is not tried again", arguments: Store.allCases)
    func superseding(store: Store) throws {
        try store.withJournal { journal throws in
            try journal.transact(at: 10) { transaction throws in
                for key in ["a", "b", "c"] { try transaction.enqueue(.reminder(key)) }
            }
            _ = try claim(journal, at: 100, limit: 2)
            #expect(try journal.transact(at: 101) { try $0.supersede(["a", "b", "c", "none"]) } == ["c"])
            _ = try journal.transact(at: 102) { transaction throws in
                _ = try transaction.settle("a", token: "t1", .accepted)
                _ = try transaction.settle("b", token: "t1", .deferred(reason: "busy", nextTry: 103))
            }
            #expect(try journal.state(of: "a") == .sent)
            #expect(try journal.state(of: "b") == .superseded)
            #expect(try claim(journal, at: 200) == [])
            #expect(try journal.transact(at: 201) { try $0.supersede(["a"]) } == [], "what was sent was sent")
        }
    }

    @Test("a message is rendered once", arguments: Store.allCases)
    func rendering(store: Store) throws {
        try store.withJournal { journal throws in
            var bare = NewOutboxMessage.reminder("m")
            bare.bytes = nil
            try journal.transact(at: 10) { _ = try $0.enqueue(bare) }
            _ = try claim(journal, at: 100)
            try journal.transact(at: 101) { transaction throws in
                #expect(try transaction.keep(bytes: [1], of: "m", token: "other") == nil)
                #expect(try transaction.keep(bytes: [1, 0, 2], of: "m", token: "t1") == [1, 0, 2])
                #expect(try transaction.keep(bytes: [9], of: "m", token: "t1") == [1, 0, 2])
            }
            #expect(try journal.read { try $0.message("m") }?.bytes == [1, 0, 2])
        }
    }

    @Test("a person may retry or drop what did not arrive", arguments: Store.allCases)
    func people(store: Store) throws {
        try store.withJournal { journal throws in
            try journal.transact(at: 10) { transaction throws in
                for key in ["a", "b", "c"] { try transaction.enqueue(.reminder(key)) }
            }
            _ = try claim(journal, at: 100, limit: 2)
            try journal.transact(at: 110) { transaction throws in
                _ = try transaction.settle("a", token: "t1", .refused(reason: "full"))
                _ = try transaction.settle("b", token: "t1", .accepted)
                #expect(try transaction.retry("a", validUntil: 90_000) == .dead)
                #expect(try transaction.retry("b", validUntil: nil) == .sent)
                #expect(try transaction.drop("c", reason: "not wanted") == .pending)
                #expect(try transaction.drop("b", reason: "not wanted") == .sent)
                #expect(try transaction.retry("none", validUntil: nil) == nil)
            }
            #expect(try claim(journal, at: 20_000) == ["a"])
            #expect(try journal.read { try $0.message("c") }?.lastError == "not wanted")
            #expect(try journal.state(of: "b") == .sent)
        }
    }

    @Test("after a restore, what was to be sent is uncertain until a person says", arguments: Store.allCases)
    func restoring(store: Store) throws {
        try store.withJournal { journal throws in
            try journal.transact(at: 10) { _ = try $0.enqueue(.reminder("old")) }
            try journal.transact(at: 20) { _ = try $0.enqueue(.reminder("new")) }
            #expect(try journal.transact(at: 30) { try $0.doubtMessages(createdBy: 10) } == 1)
            #expect(try claim(journal, at: 100) == ["new"])
            #expect(try journal.state(of: "old") == .uncertain)
        }
    }

    @Test("a message put off too often is given up", arguments: Store.allCases)
    func mostTries(store: Store) throws {
        try store.withJournal { journal throws in
            try journal.transact(at: 10) { _ = try $0.enqueue(.reminder("m", validUntil: nil)) }
            var now: Int64 = 100
            var tries = 0
            while try claim(journal, at: now) == ["m"], tries < 1_000 {
                tries += 1
                now += 1
                _ = try journal.transact(at: now) { try $0.settle("m", token: "t1", .deferred(reason: "busy", nextTry: now)) }
            }
            #expect(tries == DeliveryPolicy.mostTries)
            #expect(try journal.state(of: "m") == .dead)
        }
    }

    @Test("the wait before a retry doubles to four hours and is spread by chance")
    func retryDelay() {
        let longest = (1...12).map { DeliveryPolicy.retryDelay(afterTries: $0, random: 0.999_999_999) }
        #expect(longest.prefix(4) == [59, 119, 239, 479])
        #expect(longest.suffix(3) == [14_399, 14_399, 14_399])
        #expect(DeliveryPolicy.retryDelay(afterTries: 5, random: 0) == 0)
        #expect(DeliveryPolicy.retryDelay(afterTries: .max, random: 0.5) == 7_200)
        #expect(DeliveryPolicy.retryDelay(afterTries: 0, random: .nan) == 60)
    }
}
