import CEL
import Documents
import Governance
import Workflows

// What a representative said on the sector's behalf, and on what it rests.
extension Papers {
    /// What was recorded in a representative's case, with the position or the consultation it rests on; nil for one that rests on
    /// nothing. What was said on an item that is held back is not among it.
    func statements(of it: Case) -> [StatementView] {
        standing.rows(of: "voiced").filter { $0.ofCase == it.id }.compactMap { row in
            let item = row.thing("item").flatMap { records.items[$0] }
            if let item, isRestricted(item) { return nil }
            return StatementView(item: item?.title, said: standing.words(row.word("said") ?? ""), mandate: mandate(of: row, it))
        }
    }

    private func mandate(of row: RegisterRow, _ it: Case) -> String? {
        let consultation = row.thing("consultation").flatMap { standing.cases[$0] }
        switch row.word("rests_on") {
        case "position":
            let known = standing.rows(of: "position", for: standing.keys(of: it)).filter {
                registrar.rulebook.stands($0, in: standing)
            }
            let position = known.last { $0.ofCase == consultation?.id } ?? known.last { $0.recorded <= row.recorded }
            guard let position else { return consultation.map { words(for: $0) } }
            let home = consultation ?? standing.cases[position.ofCase]
            let matter = standing.words(position.word("matter") ?? "")
            return "the collective position on \(matter) of \(date(of: position.recorded, for: nil))"
                + (home.map { " (\(words(for: $0)))" } ?? "")
        case "consultation": return consultation.map { words(for: $0) }
        default: return nil
        }
    }

    /// `the consultation on Buses, with 3 views (c12)`.
    private func words(for consultation: Case) -> String {
        let matter = standing.words(consultation.word("matter") ?? "")
        var heard = 0
        if case .list(let views)? = consultation.variables["views"] { heard = views.count }
        return "the consultation on \(matter), with \(counted(heard, "view")) (\(consultation.id))"
    }
}

extension RegisterRow {
    func word(_ name: String) -> String? {
        if case .string(let text)? = fields[name] { text } else { nil }
    }

    func thing(_ name: String) -> ID? {
        if case .object(let reference)? = fields[name] { reference.id } else { nil }
    }
}
