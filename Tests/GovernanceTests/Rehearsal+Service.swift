import CEL
import Calendars
import Governance
import Testing
import Workflows

extension Rehearsal {
    /// The society at the beginning of 2026 with everything that is shipped: the second organisation, whose coordinator is dan, is a
    /// member of the first, and the first has a code.
    static func serving(by rules: (inout RulePack) -> Void = { _ in }) -> Rehearsal {
        var it = Rehearsal(whole: "2026-01-05 09:00")
        it.go(by: rules)
        it.settleIn()
        guard var first = it.standing.records.organisations["o1"], var second = it.standing.records.organisations["o2"] else {
            return it
        }
        first.members = ["o2"]
        first.roles["elector"] = [it.id("kim"), it.id("dan")]
        second.roles["coordinator"] = [it.id("dan")]
        it.take(
            it.registrar.adopt(
                [.organisation(first), .organisation(second)], personal: [], by: nil, in: it.standing, now: it.now))
        return it
    }

    /// Ticks every line of the duty that a person owes under a title.
    mutating func tickAll(_ name: String, _ title: String, _ location: SourceLocation = #_sourceLocation) {
        guard let owed = registrar.owed(by: id(name), in: standing, now: now).first(where: { $0.title == title }) else {
            Issue.record("\(name) owes no \(title), but \(owes(name))", sourceLocation: location)
            return
        }
        for line in owed.checklist where !line.isDone {
            take(
                registrar.tick(duty: owed.duty.id, line: line.key, isDone: true, by: id(name), in: standing, now: now), location
            )
        }
    }

    /// The places in the sources that the duties which have been opened, and the workflows that drafted or mailed a document, name.
    var places: Set<String> {
        var bases: [String] = []
        for change in entries.flatMap(\.changes) {
            switch change {
            case .dutyOpened(let duty): bases += registrar.describe(duty, in: standing, now: now).map { [$0.basis] } ?? []
            case .drafted(let draft): bases += workflow(of: draft.ofCase)?.basis.map { [$0] } ?? []
            case .mailed(let mailing): bases += workflow(of: mailing.ofCase)?.basis.map { [$0] } ?? []
            default: break
            }
        }
        return Set(bases.flatMap(Self.places))
    }

    private func workflow(of ofCase: ID) -> Workflow? { standing.cases[ofCase].flatMap { registrar.rulebook.workflow(of: $0) } }

    /// `003 L4, L9` as `003 L4` and `003 L9`.
    static func places(in basis: String) -> [String] {
        let parts = basis.split(separator: " ", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return [] }
        return parts[1].split(separator: ",").map { parts[0] + " " + $0.filter { $0 != " " } }
    }
}
