import Calendars
import Foundation

/// A TZif file: kinds of local time with their offsets, transitions to them by number, and the rule of its footer. Version 1 has
/// times of four bytes and no footer.
func tzif(
    footer: String = "", version: Int = 2, offsets: [Int] = [0], transitions: [(at: Int64, kind: Int)] = []
) -> [UInt8] {
    func bytes(of number: Int64, _ width: Int) -> [UInt8] {
        (0..<width).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    func block(timeBytes: Int) -> [UInt8] {
        let counts = [0, 0, 0, transitions.count, offsets.count, 4].flatMap { bytes(of: Int64($0), 4) }
        let header = Array("TZif".utf8) + [version == 1 ? 0 : UInt8(48 + version)] + [UInt8](repeating: 0, count: 15) + counts
        let times = transitions.flatMap { bytes(of: $0.at, timeBytes) } + transitions.map { UInt8($0.kind) }
        return header + times + offsets.flatMap { bytes(of: Int64($0), 4) + [0, 0] } + Array("ZZZ".utf8) + [0]
    }
    return version == 1 ? block(timeBytes: 4) : block(timeBytes: 4) + block(timeBytes: 8) + [10] + Array(footer.utf8) + [10]
}

/// London's clocks as they have been since 1996, without a file.
let london: Zone = {
    guard let zone = try? Zone(name: "Europe/London", tzif: tzif(footer: "GMT0BST,M3.5.0/1,M10.5.0")) else {
        preconditionFailure("the footer of London is right")
    }
    return zone
}()

func date(_ text: String) -> CivilDate {
    guard let date = CivilDate(text) else { preconditionFailure("\(text) is a date") }
    return date
}

func instant(_ text: String, in zone: Zone = london) -> Instant {
    guard case .success(let written) = WrittenMoment.parse(text), let instant = written.instant(in: zone) else {
        preconditionFailure("\(text) is a moment")
    }
    return instant
}

/// The bank holidays of England and Wales as announced, with rules for what comes after (rules.md, section 1).
let englandAndWales: HolidayTable = {
    let listed: [Int: String] = [
        2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26", 2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
        2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28", 2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
        2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    ]
    let names = [
        "New Year's Day", "Good Friday", "Easter Monday", "Early May bank holiday", "Spring bank holiday",
        "Summer bank holiday",
        "Christmas Day", "Boxing Day",
    ]
    var days: [CivilDate: String] = [:]
    for (year, list) in listed {
        for (name, day) in zip(names, list.split(separator: " ")) { days[date("\(year)-\(day)")] = name }
    }
    return HolidayTable(name: "england-and-wales", edition: date("2026-03-01"), days: days, rules: englandAndWalesRules)
}()

let englandAndWalesRules = [
    HolidayRule("New Year's Day", .fixed(month: 1, day: 1, substitute: .nextWorkingDay)),
    HolidayRule("Good Friday", .easter(-2)),
    HolidayRule("Easter Monday", .easter(1)),
    HolidayRule("Early May bank holiday", .nthWeekday(1, .monday, month: 5)),
    HolidayRule("Spring bank holiday", .nthWeekday(-1, .monday, month: 5)),
    HolidayRule("Summer bank holiday", .nthWeekday(-1, .monday, month: 8)),
    HolidayRule("Christmas Day", .fixed(month: 12, day: 25, substitute: .nextWorkingDay)),
    HolidayRule("Boxing Day", .fixed(month: 12, day: 26, substitute: .nextWorkingDay)),
]

/// Facts of a meeting at 14:00 on the day, in London.
func facts(
    meeting: String, counting: CountingPolicy = .working, holidays: HolidayTable? = englandAndWales,
    entered: String? = nil, due: String? = nil, others: [String: Anchor] = [:], periods: [String: PolicyPeriod] = [:]
) -> DeadlineFacts {
    let start = instant(meeting.contains(":") ? meeting : "\(meeting) 14:00")
    return DeadlineFacts(
        zone: london, holidays: holidays, counting: counting,
        anchor: { $0 == ["meeting", "start"] ? .instant(start) : others[$0.joined(separator: ".")] },
        period: { periods[$0] }, entered: entered.map { instant($0) }, due: due.map { instant($0) })
}

/// A generator of numbers that gives the same ones for the same seed (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

/// Runs a Python script with text on its standard input; nil where there is no python3 with these modules.
func python(_ script: String, input: String = "", needs modules: String) throws -> String? {
    guard try run(["python3", "-c", "import \(modules)"], input: "").status == 0 else { return nil }
    let answer = try run(["python3", "-c", script], input: input)
    guard answer.status == 0 else { throw PythonFailure(status: answer.status) }
    return answer.output
}

struct PythonFailure: Error { var status: Int32 }

private func run(_ arguments: [String], input: String) throws -> (status: Int32, output: String) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("calendars-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let written = folder.appendingPathComponent("in")
    let answered = folder.appendingPathComponent("out")
    try Data(input.utf8).write(to: written)
    try Data().write(to: answered)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    process.standardInput = try FileHandle(forReadingFrom: written)
    process.standardOutput = try FileHandle(forWritingTo: answered)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: try Data(contentsOf: answered), as: UTF8.self))
}
