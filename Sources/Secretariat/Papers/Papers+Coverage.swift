import CEL
import Calendars
import Documents
public import Governance
import Workflows

// The clauses of the code against duties and evidence.
extension Papers {
    /// Every place of a source that a workflow or a duty names, with how often the duty was owed and what came of it; before them the
    /// clauses that were entered when a code was adopted, each with the duties that carry it.
    public func coverage(reader: ID? = nil, isMailed: Bool = false) throws -> CoverageView {
        let clauses = clauses().sorted { SourcePlace.inOrder($0.basis, $1.basis) }
        let adopted = adoptedClauses(among: clauses)
        let proved = clauses.count { $0.isProved }
        var summary = "\(counted(clauses.count, "place")) of the code, \(proved) with evidence"
        if !adopted.isEmpty {
            let bare = adopted.count { !$0.isCarried }
            summary +=
                "; \(counted(adopted.count, "clause")) adopted, \(bare == 0 ? "each of them carried" : "\(bare) carried by nobody")"
        }
        return CoverageView(
            holder: society, date: day(of: now, for: nil), letter: isMailed ? letter(to: reader) : nil, summary: summary,
            adopted: adopted, clauses: clauses, unproved: clauses.filter { !$0.isProved }.map(\.basis))
    }

    private func clauses() -> [ClauseView] {
        var clauses: [String: ClauseView] = [:]
        let evidence = evidence()
        for workflow in registrar.rulebook.workflows.values.sorted(by: { $0.name < $1.name }) {
            let cases = standing.cases(of: workflow.name)
            for basis in SourcePlace.all(in: workflow.basis).map(\.words) {
                let words =
                    cases.isEmpty ? "no case yet" : "\(counted(cases.count, "case")), \(cases.count { !$0.isOpen }) ended"
                clauses[basis, default: ClauseView(basis: basis)].workflows.append("\(workflow.title): \(words)")
                if cases.contains(where: { $0.ending == .finished }) { clauses[basis]?.isProved = true }
            }
            for state in workflow.states {
                guard let duty = state.duty else { continue }
                let view = evidence[workflow.name + "/" + state.path, default: Evidence()].view(
                    duty.title.plain(), workflow, self)
                for basis in SourcePlace.all(in: duty.basis).map(\.words) {
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
            let excused = ended[.excused, default: 0] + ended[.cancelled, default: 0]
            return ClauseDutyView(
                title: title, workflow: workflow.title, tally: tally, opened: ended.values.reduce(open, +), done: done,
                excused: excused, lapsed: ended[.lapsed, default: 0], open: open, overdue: overdue,
                last: last.map { papers.date(of: $0, for: nil) })
        }

        /// `owed 5 times: 4 done, 1 lapsed`.
        private var tally: String {
            let opened = ended.values.reduce(open, +)
            guard opened > 0 else { return "not owed yet" }
            var parts = DutyEnd.allCases.compactMap { end in ended[end].map { "\($0) \(end.rawValue)" } }
            if open > 0 { parts.append("\(open) open" + (overdue > 0 ? " of which \(overdue) overdue" : "")) }
            return "owed \(opened == 1 ? "once" : "\(opened) times"): " + parts.joined(separator: ", ")
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
}

// The clauses of adopted codes.
extension Papers {
    /// The rows of every public register that has the fields `clause` and `basis`: whichever workflow keeps such a register, its clauses are held
    /// against what is owed.
    private func adoptedClauses(among clauses: [ClauseView]) -> [AdoptedClauseView] {
        let registers = registrar.rulebook.workflows.values.flatMap(\.registers).filter { register in
            register.isPublic && Set(register.fields.map(\.name)).isSuperset(of: ["clause", "basis"])
        }
        let rows = registers.sorted { $0.name < $1.name }.flatMap { standing.rows(of: $0.name) }
        return rows.filter { registrar.rulebook.stands($0, in: standing) }.map { adopted($0, among: clauses) }
    }

    private func adopted(_ row: RegisterRow, among clauses: [ClauseView]) -> AdoptedClauseView {
        let basis = row.word("basis").map { standing.words($0) }?.nonEmpty
        let places = SourcePlace.all(in: basis)
        let carrying = clauses.filter { clause in
            SourcePlace.all(in: clause.basis).contains { place in places.contains { $0.touches(place) } }
        }
        let duties = carrying.flatMap(\.duties).reduce(into: [ClauseDutyView]()) { duties, duty in
            if !duties.contains(duty) { duties.append(duty) }
        }
        let isProved = duties.contains { $0.done > 0 }
        let state = duties.isEmpty ? "nobody carries it" : "carried, \(isProved ? "with evidence" : "nothing of it done yet")"
        return AdoptedClauseView(
            clause: standing.words(row.word("clause") ?? ""), words: row.word("words").map { standing.words($0) },
            holder: name(row.kind, row.about), basis: basis, state: state, isCarried: !duties.isEmpty, duties: duties)
    }
}

/// A place in a source: `003 L45`, or some lines of it, `001 L21-24`.
struct SourcePlace: Hashable {
    var source: String
    /// What follows the source, as it is written.
    var lines: String

    var words: String { lines.isEmpty ? source : source + " " + lines }

    /// `003 L45, L47; 000 L36` names three.
    static func all(in basis: String?) -> [SourcePlace] {
        (basis ?? "").split(separator: ";").flatMap { part -> [SourcePlace] in
            let words = part.split(whereSeparator: \.isWhitespace).map(String.init)
            guard let source = words.first else { return [] }
            let places = words.dropFirst().joined(separator: " ").split(separator: ",").map { $0.filter { $0 != " " } }
            return places.isEmpty
                ? [SourcePlace(source: source, lines: "")] : places.map { SourcePlace(source: source, lines: $0) }
        }
    }

    /// Whether both name a line that is the same, or are written alike.
    func touches(_ other: SourcePlace) -> Bool {
        guard source == other.source else { return false }
        guard let mine = range, let theirs = other.range else { return lines == other.lines }
        return mine.overlaps(theirs)
    }

    /// `L21-24`, `L21`.
    private var range: ClosedRange<Int>? {
        guard lines.hasPrefix("L") else { return nil }
        let ends = lines.dropFirst().split(separator: "-").compactMap { Int($0) }
        guard let first = ends.first, let last = ends.last, ends.count <= 2, first <= last else { return nil }
        return first...last
    }

    /// Numbers by their worth: `003 L9-15` before `003 L45`.
    static func inOrder(_ left: String, _ right: String) -> Bool {
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
