import CEL
import Calendars
import Foundation
import Governance
import Testing
import Workflows

@testable import Secretariat

/// Foundation's coders, by which the first journals were written.
private enum Oracle {
    static func text(of value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func value<Value: Decodable>(_ type: Value.Type, from text: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}

/// Something of each kind, some of it absent.
private struct Everything: Codable, Hashable {
    enum Choice: Codable, Hashable {
        case none
        case one(String)
        case named(first: Int, second: [String: Bool])
        indirect case again(Choice)
    }

    enum Word: String, Codable { case yes, no }

    var text: String
    var absent: String?
    var flags: [Bool]
    var numbers: [String: Int]
    var byNumber: [Int: String]
    var small: Int8
    var large: UInt64
    var negative: Int64
    var fraction: Double
    var choices: [Choice]
    var word: Word
    var lists: [[Int?]]
    var empty: [String: String]
    var zebra: Word?
    var instant: Instant
    var date: CivilDate
}

private struct Chance: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 31)
    }

    private static let letters: [Character] = [
        "a", "Z", "0", " ", "\"", "\\", "/", "\n", "\t", "\r", "\u{8}", "\u{C}", "\u{1}", "\u{1F}", "\u{7F}", "é", "e\u{301}",
        "\u{2028}", "€", "😀", "{", "}", ",", ":", "[", "]", "-", ".", "<",
    ]

    mutating func text() -> String {
        String((0..<Int.random(in: 0...24, using: &self)).compactMap { _ in Self.letters.randomElement(using: &self) })
    }

    mutating func choice(_ depth: Int = 0) -> Everything.Choice {
        switch Int.random(in: 0...(depth > 3 ? 2 : 3), using: &self) {
        case 0: .none
        case 1: .one(text())
        case 2: .named(first: Int.random(in: -100...100, using: &self), second: [text(): true, text(): false])
        default: .again(choice(depth + 1))
        }
    }

    mutating func everything() -> Everything {
        let count = Int.random(in: 0...5, using: &self)
        return Everything(
            text: text(), absent: Bool.random(using: &self) ? text() : nil, flags: [true, false].shuffled(using: &self),
            numbers: Dictionary((0..<count).map { _ in (text(), Int.random(in: .min ... .max, using: &self)) }) { $1 },
            byNumber: Dictionary((0..<count).map { _ in (Int.random(in: -20...20, using: &self), text()) }) { $1 },
            small: .random(in: .min ... .max, using: &self), large: .random(in: .min ... .max, using: &self),
            negative: .random(in: .min ... .max, using: &self),
            fraction: [0, -0.0, 1, 1e21, 1e-7, 0.1, -12.5, .random(in: -1e6...1e6, using: &self)].randomElement(using: &self)
                ?? 0,
            choices: (0..<count).map { _ in choice() }, word: .yes,
            lists: [[], [nil, 1, nil], [Int.random(in: 0...9, using: &self)]], empty: [:],
            zebra: Bool.random(using: &self) ? .no : nil,
            instant: Instant(seconds: .random(in: -70_000_000_000...260_000_000_000, using: &self)),
            date: CivilDate(daysSince1970: .random(in: -800_000...3_000_000, using: &self)))
    }
}

@Suite("Values stand in the journal as they always did")
struct LedgerTests {
    @Test("the bytes are those of Foundation's encoder, and either reads what the other wrote")
    func bytes() throws {
        var chance = Chance(state: 17)
        for _ in 0..<2000 {
            let value = chance.everything()
            let text = try Ledger.text(of: value)
            #expect(try text == Oracle.text(of: value))
            #expect(try Oracle.value(Everything.self, from: text) == value)
            let read: Everything = try Ledger.value(from: text)
            #expect(read == value)
        }
    }

    @Test("whatever may stand in an entry has the same bytes")
    func entries() throws {
        let moment = try #require(Instant("2026-11-18T14:00:30Z"))
        let values: [String: Value] = [
            "z": .null, "a": .map([.string("k"): .int(-3), .bool(true): .list([.double(0.5)])]),
            "t": .timestamp(Timestamp(moment)),
            "o": .object(Reference(kind: "person", id: "p7")), "n": .optional(nil), "b": .bytes([0, 255]), "u": .uint(9),
        ]
        var duty = Duty(
            id: "d1", ofCase: "c1", state: "sitting.planned", opened: moment, from: nil, due: moment, dueHasClock: true,
            isLate: false)
        duty.reminders = [1: moment, 0: moment, 10: moment]
        duty.settled = ["remind.0/0", "escalate/1"]
        let entry = Governance.Entry(
            kind: .command, name: "plan_meeting", stream: "m1", ofCase: "c1", effective: moment, actor: "p1", behalf: nil,
            fields: values,
            changes: [
                .dutyOpened(duty), .dutyEnded(duty: "d1", how: .done, at: moment), .recorded(.person(Person(id: "p1"))),
                .deadlines(ofCase: "c1", named: ["notice": moment], moments: [2: moment]),
                .told(Word(event: "e", about: [.meeting: "m1", .body: "b1"], payload: values, from: nil)),
            ])
        let text = try Ledger.text(of: entry)
        #expect(try text == Oracle.text(of: entry))
        let read: Governance.Entry = try Ledger.value(from: text)
        #expect(read == entry)
    }

    @Test(
        "what is no JSON, or not what is wanted, is refused as Foundation refuses it",
        arguments: [
            "", "{", "}", "[1,]", "[1 2]", "{\"a\":1,}", "{\"a\"}", "{\"a\":}", "{a:1}", "[\"a]", "[\"\\q\"]", "[\"\\u12\"]",
            "[\"\\ud800\"]", "[1]x", "[tru]", "[nul]", "[--1]", "[1.5]", "[1e400]", "[\"\n\"]", "[256]", "[-1]", "null",
            "[null]",
            "[true]", "[\"1\"]", "[[1]]", "[{}]", "[+1]", "[.5]", String(repeating: "[", count: 100_000),
        ])
    func refused(_ text: String) {
        #expect(throws: DecodingError.self) { try Oracle.value([UInt8].self, from: text) }
        #expect(throws: DecodingError.self) {
            let _: [UInt8] = try Ledger.value(from: text)
        }
    }

    @Test("blanks, escapes and numbers are read however they are written")
    func spellings() throws {
        let text: [String] = try Ledger.value(from: " [ \"\\u0041\\ud83d\\ude00\\/\\b\" ,\n\"\\\"\\\\\"\t] ")
        #expect(text == ["A😀/\u{8}", "\"\\"])
        let numbers: [Int] = try Ledger.value(from: "[1.0, 1e2, -0, 12]")
        #expect(numbers == [1, 100, 0, 12])
        let named: [String: Int] = try Ledger.value(from: "{\"b\" : 1, \"\\u0061\":2}")
        #expect(named == ["a": 2, "b": 1])
    }
}
