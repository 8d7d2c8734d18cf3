import Calendars
import Diagnostics
import Governance
import Journals
import Workflows
import YAML

// What binds a body: a rule pack, with the body's own values laid over it, and a holiday table.
extension DefinitionReader {
    mutating func binding(
        rules: String, holidays: String?, zone: String, policies: [String: String], body: String?
    ) -> Rulebook.Binding? {
        let pack = self.pack(rules, policies, body)
        let name = holidays == Settings.noHolidays ? nil : holidays
        let table = name.flatMap { self.table($0) }
        let place = self.zone(zone)
        if let pack, name == nil, pack.countsByHolidays { noteNoHolidays(pack) }
        guard let pack, let place, name == nil || table != nil else { return nil }
        return Rulebook.Binding(pack: pack, holidays: table?.table ?? HolidayTable.none, holidaysHash: table?.hash, zone: place)
    }

    /// The pack with the body's own values under `own:`, so that one text holds all that binds, and can be kept.
    private mutating func pack(_ name: String, _ policies: [String: String], _ body: String?) -> RulePack? {
        guard let source = named(name, in: "rules", what: "rule pack") else { return nil }
        let own = policies.sorted { $0.key < $1.key }
        let lastBreak = source.text.hasSuffix("\n") ? "" : "\n"
        let written = own.isEmpty ? "" : lastBreak + "own:\n" + own.map { "  \($0.key): \($0.value)\n" }.joined()
        let whole = SourceText(name: source.name, text: source.text + written)
        let hash = Fingerprint.of(whole.text)
        let (pack, found) = readRulePack(whole, hash: hash)
        let lines = (source.text + lastBreak).split(separator: "\n", omittingEmptySubsequences: false).count
        add(
            found.map { finding in
                let place = finding.range.start.line - lines - 1
                guard own.indices.contains(place) else { return finding }
                return moved(finding, to: own[place].key, body)
            })
        keep("rules", name, hash: hash, whole.text)
        return pack
    }

    /// What is wrong with a body's own value is found where mandate.yaml says it.
    private func moved(_ finding: Finding, to policy: String, _ body: String?) -> Finding {
        let settings = parseYAML(settingsSource).0
        let ofBody = body.flatMap { settings?["bodies"]?[$0]?["policies"] }
        let place = [ofBody, settings?["policies"]].compactMap(\.self).compactMap { $0.place(of: policy) }.first
        var moved = finding
        moved.file = settingsSource.name
        moved.range = place ?? .start
        return moved
    }

    private mutating func table(_ name: String) -> (table: HolidayTable, hash: String)? {
        guard let source = named(name, in: "holidays", what: "holiday table") else { return nil }
        let (table, found) = readHolidayTable(source)
        add(found)
        let hash = Fingerprint.of(source.text)
        keep("holidays", name, hash: hash, source.text)
        return table.map { ($0, hash) }
    }
}

extension RulePack {
    /// Whether its ways of counting days leave holidays out, so that a holiday that is not known makes a deadline wrong.
    var countsByHolidays: Bool { counting.leavesOutHolidays || working.leavesOutHolidays }
}

extension Node {
    /// Where the value under a key stands, or the key itself.
    fileprivate func place(of key: String) -> SourceRange? {
        guard let entry = entries?.first(where: { $0.key.rawText == key }) else { return nil }
        return SourceRange(entry.key.range.start, entry.value.range.end)
    }
}
