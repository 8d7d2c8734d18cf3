import Calendars
import Foundation
import Testing

@Suite("Time zones")
struct ZoneTests {
    @Test(
        "London's offset is that of its rule",
        arguments: [
            ("2026-03-29T00:59:59Z", 0, "GMT"), ("2026-03-29T01:00:00Z", 3600, "BST"), ("2026-07-01T12:00:00Z", 3600, "BST"),
            ("2026-10-25T00:59:59Z", 3600, "BST"), ("2026-10-25T01:00:00Z", 0, "GMT"), ("2426-07-01T12:00:00Z", 3600, "BST"),
            ("9999-07-01T12:00:00Z", 3600, "BST"), ("9999-12-31T12:00:00Z", 0, "GMT"),
        ])
    func offset(text: String, offset: Int, letters: String) throws {
        let instant = try #require(Instant(text))
        #expect(london.offset(at: instant) == offset)
        #expect(london.abbreviation(at: instant) == letters)
        #expect(london.isDaylightSaving(at: instant) == (offset != 0))
    }

    @Test("a civil time comes back as itself outside gaps, for four thousand years")
    func thereAndBack() throws {
        let newYork = try Zone(
            name: "New York", tzif: tzif(footer: "EST5EDT,M3.2.0,M11.1.0", offsets: [-18_000]))
        var numbers = SeededNumbers(seed: 7)
        for zone in [london, newYork] {
            for _ in 0..<20_000 {
                let instant = Instant(seconds: Int64.random(in: 0...126_000_000_000, using: &numbers))
                let civil = zone.civil(at: instant)
                let back = zone.instant(of: civil)
                #expect(zone.civil(at: back) == civil)
                #expect(back == instant || back < instant && instant.seconds - back.seconds == 3600)
            }
        }
    }

    @Test(
        "footers of each form give their changes",
        arguments: [
            ("XXX3EDT4,0/0,J365/23", "2026-01-01T00:00:00Z", -4 * 3600),  // summer time for ever
            ("XXX3EDT4,0/0,J365/23", "2026-12-31T23:59:59Z", -4 * 3600),
            ("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", "2026-03-29T00:59:59Z", -3 * 3600),  // Nuuk: Saturday 22:00
            ("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", "2026-03-29T01:00:00Z", -2 * 3600),
            ("IST-2IDT,M3.4.4/26,M10.5.0", "2026-03-26T23:59:59Z", 2 * 3600),  // Jerusalem: Friday 02:00
            ("IST-2IDT,M3.4.4/26,M10.5.0", "2026-03-27T00:00:00Z", 3 * 3600),
            ("<+0545>-5:45", "2026-03-27T00:00:00Z", 5 * 3600 + 45 * 60),
            ("LMT-0:36:32", "2026-03-27T00:00:00Z", 36 * 60 + 32),
            ("AAA0BBB,J60,J305", "2028-03-01T01:59:59Z", 0), ("AAA0BBB,J60,J305", "2028-03-01T02:00:00Z", 3600),
            ("AAA0BBB,59,304", "2028-02-29T01:59:59Z", 0), ("AAA0BBB,59,304", "2028-02-29T02:00:00Z", 3600),
            ("NZST-12NZDT,M9.5.0,M4.1.0/3", "2026-01-01T00:00:00Z", 13 * 3600),  // summer over the new year
            ("NZST-12NZDT,M9.5.0,M4.1.0/3", "2026-07-01T00:00:00Z", 12 * 3600),
        ])
    func footers(footer: String, text: String, offset: Int) throws {
        // Without a change in the footer the kind of local time holds from ever.
        let zone = try Zone(name: footer, tzif: tzif(footer: footer, offsets: [footer.contains(",") ? 0 : offset]))
        #expect(zone.offset(at: try #require(Instant(text))) == offset)
    }

    @Test(
        "a footer that cannot be read is refused",
        arguments: [
            "GMT", "G0", "GMT0BST,M3.5.0", "GMT0BST,M13.5.0,M10.5.0", "GMT0BST,M3.6.0,M10.5.0", "GMT25", "GMT0BST,J0,J5",
            "<GM0", "GMT0BST,M3.5.7,M10.5.0", "GMT0BST,M3.5.0/1,M10.5.0/168", "é",
        ])
    func brokenFooters(footer: String) {
        #expect(throws: ZoneFailure.self) { try Zone(name: "x", tzif: tzif(footer: footer)) }
    }

    @Test(
        "transitions stand before the footer, gaps and folds of any width have their rule, and version 1 is read",
        arguments: [1, 2])
    func listedTransitions(version: Int) throws {
        // At 100,000 s clocks go three hours forward, at 200,000 s back by a day (as on a change of the date line), then stay.
        let bytes = tzif(version: version, offsets: [0, 10_800, -75_600], transitions: [(100_000, 1), (200_000, 2)])
        let zone = try Zone(name: "x", tzif: bytes)
        func seconds(_ local: Int64) -> Int64 { zone.instant(of: Instant(seconds: local).utc).seconds }
        #expect(zone.offset(at: Instant(seconds: 99_999)) == 0 && zone.offset(at: Instant(seconds: 100_000)) == 10_800)
        #expect(zone.offset(at: Instant(seconds: 200_000)) == -75_600 && zone.offset(at: .latest) == -75_600)
        #expect(seconds(99_999) == 99_999)
        #expect(seconds(100_000) == 100_000 && seconds(105_000) == 105_000)
        #expect(zone.civil(at: Instant(seconds: 105_000)) == Instant(seconds: 115_800).utc)
        #expect(seconds(110_800) == 100_000 && seconds(210_799) == 199_999)
        #expect(seconds(150_000) == 139_200)
        #expect(seconds(210_800) == 286_400)
        #expect(zone.transitions(from: .earliest, through: .latest).map(\.seconds) == [100_000, 200_000])
    }

    @Test("files that contradict themselves are refused")
    func contradictions() {
        let broken = [
            tzif(offsets: []), tzif(offsets: [100_000]), tzif(offsets: [0], transitions: [(5, 1)]),
            tzif(offsets: [0, 1], transitions: [(5, 1), (5, 0)]), tzif(offsets: [0, 1], transitions: [(.min, 1)]),
        ]
        for bytes in broken { #expect(throws: ZoneFailure.self) { try Zone(name: "x", tzif: bytes) } }
    }

    @Test("any bytes are a zone or a failure")
    func anyBytes() throws {
        let seed: UInt64 = 42
        print("seed \(seed)")
        var numbers = SeededNumbers(seed: seed)
        let good = tzif(
            footer: "GMT0BST,M3.5.0/1,M10.5.0", offsets: [0, 3600, -7200],
            transitions: [(-5_000_000_000, 1), (0, 2), (900_000_000, 0)])
        for length in 0..<good.count {
            #expect(throws: ZoneFailure.self) { try Zone(name: "x", tzif: Array(good.prefix(length))) }
        }
        var read = 0
        for _ in 0..<5_000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...4, using: &numbers) {
                bytes[Int.random(in: 0..<bytes.count, using: &numbers)] = UInt8.random(in: 0...255, using: &numbers)
            }
            guard let zone = try? Zone(name: "x", tzif: bytes) else { continue }
            read += 1
            let instant = Instant(seconds: Int64.random(in: -9_000_000_000...90_000_000_000, using: &numbers))
            for civil in [zone.civil(at: instant), CivilDateTime(.earliest, .midnight), CivilDateTime(.latest, .midnight)] {
                _ = zone.civil(at: zone.instant(of: civil))
            }
        }
        #expect(read > 500)
        #expect(throws: ZoneFailure.notTZif) {
            try Zone(name: "x", tzif: Array("hello, this is text and no zone at all, none".utf8))
        }
    }
}

private let folder = "/usr/share/zoneinfo"
private let hasZones = FileManager.default.fileExists(atPath: folder + "/Europe/London")
private let hasZoneOracle = hasZones && (try? python("", needs: "zoneinfo")) != nil

@Suite("Time zones against Python's", .enabled(if: hasZoneOracle, "needs python3 with zoneinfo and /usr/share/zoneinfo"))
struct ZoneOracle {

    /// For each zone: instants with their offset, then local times with the instant that Python finds for them (fold 0).
    private static let script = """
        import sys, zoneinfo, datetime as d
        from zoneinfo._zoneinfo import ZoneInfo as Plain
        zoneinfo.reset_tzpath(to=['/usr/share/zoneinfo'])
        utc = d.timezone.utc
        epoch = d.datetime(1970, 1, 1)
        first, last = 0, 2145916800
        def offset(zone, t):
            return round((epoch + d.timedelta(seconds=t)).replace(tzinfo=utc).astimezone(zone).utcoffset().total_seconds())
        for name in sorted(zoneinfo.available_timezones()):
            zone, plain = zoneinfo.ZoneInfo(name), Plain.no_cache(name)
            found = {t for t in plain._trans_utc if first <= t <= last}
            step = 5 * 86400
            t, before = first, offset(zone, first)
            while t < last:
                after = offset(zone, t + step)
                if after != before:
                    low, high = t, t + step
                    while high - low > 1:
                        middle = (low + high) // 2
                        if offset(zone, middle) == before: low = middle
                        else: high = middle
                    found.add(high)
                t, before = t + step, after
            answer = [name]
            for t in sorted(found | {first, last}):
                for s in (t - 1, t, t + 1):
                    answer.append('%d=%d' % (s, offset(zone, s)))
                for o in (offset(zone, t - 1), offset(zone, t)):
                    for s in (t + o - 1, t + o, t + o + 1800):
                        civil = (epoch + d.timedelta(seconds=s)).replace(tzinfo=zone)
                        answer.append('%d>%d' % (s, s - round(civil.utcoffset().total_seconds())))
            print(' '.join(answer))
        """

    @Test("every zone of this system agrees at every transition from 1970 to 2037, a second before and after")
    func everyTransition() throws {
        let output = try #require(try python(Self.script, needs: "zoneinfo"))
        var compared = 0
        let lines = output.split(separator: "\n")
        for line in lines {
            let parts = line.split(separator: " ")
            let name = String(try #require(parts.first))
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
            let zone = try Zone(name: name, tzif: Array(bytes))
            let wrong = disagreements(zone, parts.dropFirst())
            #expect(wrong.isEmpty, "\(name): \(wrong.prefix(6))")
            compared += parts.count - 1
        }
        print("\(lines.count) zones, \(compared) comparisons")
        #expect(lines.count > 300 && compared > 100_000)
        // The harness must catch a fault: London's clocks moved an hour too late in autumn.
        let planted = try Zone(name: "Europe/London", tzif: tzif(footer: "GMT0BST,M3.5.0/1,M10.5.0/3"))
        let london = try #require(lines.first { $0.hasPrefix("Europe/London ") }).split(separator: " ").dropFirst()
        #expect(disagreements(planted, london).count > 30)
    }

    private func disagreements(_ zone: Zone, _ answers: some Sequence<Substring>) -> [Substring] {
        answers.filter { answer in
            let numbers = answer.split { $0 == "=" || $0 == ">" }.compactMap { Int64($0) }
            if answer.contains("=") { return zone.offset(at: Instant(seconds: numbers[0])) != Int(numbers[1]) }
            return zone.instant(of: Instant(seconds: numbers[0]).utc).seconds != numbers[1]
        }
    }

    @Test("files that count leap seconds are refused")
    func leapSeconds() throws {
        let path = "\(folder)/right/Europe/London"
        guard FileManager.default.fileExists(atPath: path) else { return }
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(throws: ZoneFailure.leapSeconds) { try Zone(name: "right", tzif: bytes) }
    }
}
