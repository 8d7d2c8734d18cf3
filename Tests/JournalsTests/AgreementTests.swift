import Testing

@testable import Journals

@Suite("The journals agree")
struct AgreementTests {
    @Test("the same steps, drawn by chance, give the same answers and leave the same rows")
    func agreement() throws {
        var reached: Set<DeliveryState> = []
        for seed in 1...8 as ClosedRange<UInt64> { reached.formUnion(try walk(seed: seed)) }
        #expect(reached == Set(DeliveryState.allCases), "the steps reach too little")
    }

    /// Takes the steps of one seed in both journals; answers the states that messages are in at the end.
    private func walk(seed: UInt64) throws -> Set<DeliveryState> {
        let memory = InMemoryJournal()
        try Store.sqlite.withJournal { sqlite in
            var chance = SplitMix(state: seed)
            var now: Int64 = 0
            for number in 0..<300 {
                now += chance.draw(40)
                let step = Step(&chance)
                let answers = [try step.take(in: memory, at: now), try step.take(in: sqlite, at: now)]
                #expect(answers[0] == answers[1], "seed \(seed), step \(number): \(step)")
            }
            let pictures = [try memory.read(picture), try sqlite.read(picture)]
            #expect(pictures[0] == pictures[1] && pictures[0].hasPrefix("whole"), "seed \(seed)")
        }
        return Set(try memory.read { try $0.messages() }.map(\.state))
    }

    private func picture(_ reading: Reading) throws -> String {
        let fault = try reading.verify()?.description ?? "whole"
        return
            "\(fault) \(try reading.head()) \(try reading.readModelDigest()) \(try reading.messages()) \(try reading.entries())"
    }
}

/// One thing done to a journal, with the numbers it takes.
private struct Step {
    private let kind: Int64
    private let key: String
    private let token: String
    private let number: Int64

    init(_ chance: inout SplitMix) {
        kind = chance.draw(12)
        key = ["a", "b", "B", "\u{E9}", "e\u{301}", "c"][Int(chance.draw(6))]
        token = "t\(chance.draw(2))"
        number = chance.draw(200)
    }

    /// Takes the step; answers what it answered, or the error, in words.
    func take(in journal: any JournalStore, at now: Int64) throws -> String {
        do {
            return try journal.transact(at: now) { transaction in
                let answer = try answer(transaction)
                if number == 7 { throw Undone() }
                return answer
            }
        } catch {
            return "\(error)"
        }
    }

    private func answer(_ transaction: Transaction) throws -> String {
        let now = transaction.now
        switch kind {
        case 0:
            let position = try transaction.position(of: key) + (number % 5 == 0 ? 1 : 0)
            return "\(try transaction.append(.note("\(number)"), to: key, expecting: position))"
        case 1:
            try transaction.replaceTimer(TimerRow(id: key, caseID: key, at: number, kind: "at", json: "{}"))
            return "\(try transaction.timers(TimerFilter(dueBy: number), limit: 3))"
        case 2:
            let due = number % 3 == 0 ? nil : number
            try transaction.replaceDuty(DutyRow(id: key, caseID: key, owner: token, due: due, state: "open", json: "{}"))
            return "\(try transaction.duties(DutyFilter(owner: token)))"
        case 3:
            try transaction.replaceCase(CaseRow(id: key, workflow: "w", stream: token, isOpen: number % 2 == 0, json: "{}"))
            return "\(try transaction.cases(CaseFilter(isOpen: true))) \(try transaction.timers(TimerFilter(stream: token)))"
        case 4:
            if number % 4 == 0 { try transaction.removeCase(key) }
            return "\(try transaction.duties())"
        case 5, 6:
            let message = NewOutboxMessage.reminder(
                "\(key)\(number % 20)", due: now + number % 50, validUntil: number % 4 == 0 ? nil : now + number)
            return "\(try transaction.enqueue(message))"
        case 7: return "\(try transaction.claim(limit: 3, lease: number % 60, token: token))"
        case 8, 9:
            let outcomes: [DeliveryOutcome] = [
                .accepted, .refused(reason: "no"), .deferred(reason: "later", nextTry: now + number), .unknown(reason: "cut"),
            ]
            return try transaction.messages(in: [.sending]).map { message in
                "\(try transaction.settle(message.key, token: token, outcomes[Int(number % 4)]))"
            }.joined()
        case 10: return "\(try transaction.expireMessages()) \(try transaction.supersede(["\(key)\(number % 20)"]))"
        default:
            let kept = "\(key)\(number % 20)"
            return
                "\(String(describing: try transaction.retry(kept, validUntil: now + 90))) \(try transaction.drop(kept, reason: "no") ?? .sent)"
        }
    }
}

/// A small generator whose draws follow from the seed.
private struct SplitMix {
    var state: UInt64

    /// A number in 0..<limit.
    mutating func draw(_ limit: Int64) -> Int64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int64((mixed ^ (mixed >> 31)) % UInt64(limit))
    }
}
