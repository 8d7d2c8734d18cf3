import Calendars
import Documents
public import Governance
import Workflows

// The clauses of the code against duties and evidence.
extension Papers {
    /// Every place of a source that a workflow or a duty names, with how often the duty was owed and what came of it.
    public func coverage(reader: ID? = nil, isMailed: Bool = false) throws -> CoverageView {
        let clauses = clauses().sorted { Self.inOrder($0.basis, $1.basis) }
        let proved = clauses.count { $0.isProved }
        return CoverageView(
            holder: society, date: day(of: now, for: nil), letter: isMailed ? letter(to: reader) : nil,
            summary: "\(counted(clauses.count, "place")) of the code, \(proved) with evidence", clauses: clauses,
            unproved: clauses.filter { !$0.isProved }.map(\.basis))
    }

    private func clauses() -> [ClauseView] {
        var clauses: [String: ClauseView] = [:]
        let evidence = evidence()
        for workflow in registrar.rulebook.workflows.values.sorted(by: { $0.name < $1.name }) {
            let cases = standing.cases(of: workflow.name)
            for basis in Self.places(workflow.basis) {
                let words =
                    cases.isEmpty ? "no case yet" : "\(counted(cases.count, "case")), \(cases.count { !$0.isOpen }) ended"
                clauses[basis, default: ClauseView(basis: basis)].workflows.append("\(workflow.title): \(words)")
                if cases.contains(where: { $0.ending == .finished }) { clauses[basis]?.isProved = true }
            }
            for state in workflow.states {
                guard let duty = state.duty else { continue }
                let view = evidence[workflow.name + "/" + state.path, default: Evidence()].view(
                    duty.title.plain(), workflow, self)
                for basis in Self.places(duty.basis) {
                    clauses[basis, default: ClauseView(basis: basis)].duties.append(view)
                    if view.done > 0 { clauses[basis]?.isProved = true }
                }
            }
        }
        return Array(clauses.values)
    }

    /// What became of the duties of one state.
    private struct Evidence {
        var ended: [DutyEnd: Int] = [:]
        var open = 0
        var overdue = 0
        var last: Instant?

        func view(_ title: String, _ workflow: Workflow, _ papers: Papers) -> ClauseDutyView {
            let done = ended[.done, default: 0]
            return ClauseDutyView(
                title: title, workflow: workflow.title, opened: ended.values.reduce(open, +), done: done,
                excused: ended[.excused, default: 0] + ended[.cancelled, default: 0], lapsed: ended[.lapsed, default: 0],
                open: open,
                overdue: overdue, last: last.map { papers.date(of: $0, for: nil) })
        }
    }

    private func evidence() -> [String: Evidence] {
        var evidence: [String: Evidence] = [:]
        for duty in standing.duties.values {
            guard let it = standing.cases[duty.ofCase] else { continue }
            let key = it.workflow + "/" + duty.state
            var found = evidence[key] ?? Evidence()
            if let ended = duty.ended {
                found.ended[ended.how, default: 0] += 1
                if ended.how == .done { found.last = max(found.last ?? ended.at, ended.at) }
            } else {
                found.open += 1
                if duty.due < now { found.overdue += 1 }
            }
            evidence[key] = found
        }
        return evidence
    }

    /// `003 L45; 003 L47` names two places.
    private static func places(_ basis: String?) -> [String] {
        (basis ?? "").split(separator: ";").map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
            .filter { !$0.isEmpty }
    }

    /// Numbers by their worth: `003 L9-15` before `003 L45`.
    private static func inOrder(_ left: String, _ right: String) -> Bool {
        let (a, b) = (pieces(left), pieces(right))
        for (one, other) in zip(a, b) where one != other {
            if let first = Int(one), let second = Int(other), first != second { return first < second }
            return one < other
        }
        return a.count < b.count
    }

    /// The runs of digits and of other signs.
    private static func pieces(_ text: String) -> [String] {
        text.reduce(into: []) { pieces, sign in
            if let last = pieces.last?.last, last.isNumber == sign.isNumber {
                pieces[pieces.count - 1].append(sign)
            } else {
                pieces.append(String(sign))
            }
        }
    }
}
