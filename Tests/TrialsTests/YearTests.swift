import Calendars
import Foundation
import Governance
import Journals
import Secretariat
import Testing
import Workflows

@testable import Trials

private let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

/// That the harness of simulated years is honest; the years themselves are lived by `mandate-bench soak`.
@Suite struct YearTests {
    @Test("a seed replays exactly")
    func replay() throws {
        let house = try SimulatedHouse(shelf: Shelf(folder: checkout))
        let prints = try (0..<2).map { _ in
            let year = try SimulatedYear(seed: 7, in: house)
            _ = try year.live(days: 40)
            return year.fingerprint
        }
        #expect(prints[0] == prints[1])
    }

    @Test(
        "a planted fault is caught",
        arguments: [
            (SimulatedYear.Planted.forgetsCommits, "lost: "), (.doublesMail, "doubled: "),
        ])
    func planted(_ fault: SimulatedYear.Planted, _ words: String) throws {
        let faults = try SimulatedYear(seed: 11, in: try SimulatedHouse(shelf: Shelf(folder: checkout)), planted: fault).live(
            days: 90
        ).faults
        #expect(faults.contains { $0.contains(words) }, "\(faults.prefix(5))")
    }

    @Test("the oracle knows a reminder that was never fired, and is content with one that was")
    func oracle() throws {
        let moments = try ["2026-05-01T08:00:00Z", "2026-05-04T08:00:00Z", "2026-05-05T16:00:00Z"].map {
            try #require(Instant($0))
        }
        var duty = Duty(
            id: "d1", ofCase: "c1", state: "reading", opened: moments[0], from: nil, due: moments[2], dueHasClock: true,
            isLate: false)
        duty.reminders = [0: moments[1]]
        let entry = { (at: Instant, change: Change) in
            Entry(kind: .timer, name: "x", stream: "m", ofCase: "c1", effective: at, actor: nil, behalf: nil, changes: [change])
        }
        let opened = entry(moments[0], .dutyOpened(duty))
        let fired = entry(moments[1], .occurrenceSettled(duty: "d1", occurrence: "remind.0/0", how: "queued"))
        let ended = entry(moments[2], .dutyEnded(duty: "d1", how: .done, at: moments[2]))
        #expect(DueOracle.missed(in: [opened, ended], until: moments[2]).missed == ["d1/remind.0/0"])
        #expect(DueOracle.missed(in: [opened, fired, ended], until: moments[2]).missed.isEmpty)
        let early = entry(moments[0], .dutyEnded(duty: "d1", how: .done, at: moments[0]))
        #expect(DueOracle.missed(in: [opened, early], until: moments[2]).due == 0)
    }
}
