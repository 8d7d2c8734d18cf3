import GRDB

extension SQLiteShelf {
    private static let caseColumns = "SELECT id, workflow, stream, is_open, circle, json FROM case_row"
    private static let dutyColumns = "SELECT id, case_id, owner, due, state, json FROM duty"
    private static let timerColumns = "SELECT id, case_id, at, kind, json FROM timer"

    private func caseRow(_ row: Row) throws -> CaseRow {
        CaseRow(
            id: try row.decode(atIndex: 0), workflow: try row.decode(atIndex: 1), stream: try row.decode(atIndex: 2),
            isOpen: try row.decode(atIndex: 3), circle: try row.decode(atIndex: 4), json: try row.decode(atIndex: 5))
    }

    private func duty(_ row: Row) throws -> DutyRow {
        DutyRow(
            id: try row.decode(atIndex: 0), caseID: try row.decode(atIndex: 1), owner: try row.decode(atIndex: 2),
            due: try row.decode(atIndex: 3), state: try row.decode(atIndex: 4), json: try row.decode(atIndex: 5))
    }

    private func timer(_ row: Row) throws -> TimerRow {
        TimerRow(
            id: try row.decode(atIndex: 0), caseID: try row.decode(atIndex: 1), at: try row.decode(atIndex: 2),
            kind: try row.decode(atIndex: 3), json: try row.decode(atIndex: 4))
    }

    func caseRow(_ id: String) throws -> CaseRow? { try one(Self.caseColumns + " WHERE id = ?", [id], caseRow) }

    func cases(_ filter: CaseFilter) throws -> [CaseRow] {
        var conditions = Conditions()
        conditions.require("stream = ?", filter.stream)
        conditions.require("workflow = ?", filter.workflow)
        conditions.require("is_open = ?", filter.isOpen)
        conditions.require("circle = ?", filter.circle)
        return try all(Self.caseColumns + conditions.clause + " ORDER BY id", conditions.values, caseRow)
    }

    func put(_ row: CaseRow) throws {
        try run(
            """
            INSERT INTO case_row (id, workflow, stream, is_open, circle, json) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET workflow = excluded.workflow, stream = excluded.stream,
            is_open = excluded.is_open, circle = excluded.circle, json = excluded.json
            """,
            [row.id, row.workflow, row.stream, row.isOpen, row.circle, row.json])
    }

    func removeCase(_ id: String) throws { try run("DELETE FROM case_row WHERE id = ?", [id]) }

    func duty(_ id: String) throws -> DutyRow? { try one(Self.dutyColumns + " WHERE id = ?", [id], duty) }

    func duties(_ filter: DutyFilter) throws -> [DutyRow] {
        var conditions = Conditions()
        conditions.require("owner = ?", filter.owner)
        conditions.require("case_id = ?", filter.caseID)
        conditions.require("state = ?", filter.state)
        conditions.require("case_id IN (SELECT id FROM case_row WHERE circle = ?)", filter.circle)
        return try all(
            Self.dutyColumns + conditions.clause + " ORDER BY due IS NULL, due, id", conditions.values, duty)
    }

    func put(_ row: DutyRow) throws {
        try run(
            """
            INSERT INTO duty VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET case_id = excluded.case_id,
            owner = excluded.owner, due = excluded.due, state = excluded.state, json = excluded.json
            """,
            [row.id, row.caseID, row.owner, row.due, row.state, row.json])
    }

    func removeDuty(_ id: String) throws { try run("DELETE FROM duty WHERE id = ?", [id]) }

    func removeDuties(ofCase id: String) throws { try run("DELETE FROM duty WHERE case_id = ?", [id]) }

    func timers(_ filter: TimerFilter, limit: Int) throws -> [TimerRow] {
        var conditions = Conditions()
        conditions.require("at <= ?", filter.dueBy)
        conditions.require("case_id = ?", filter.caseID)
        conditions.require("case_id IN (SELECT id FROM case_row WHERE stream = ?)", filter.stream)
        let sql = Self.timerColumns + conditions.clause + " ORDER BY at, id LIMIT ?"
        return try all(sql, conditions.values + [max(0, limit)], timer)
    }

    func put(_ row: TimerRow) throws {
        try run("INSERT OR REPLACE INTO timer VALUES (?, ?, ?, ?, ?)", [row.id, row.caseID, row.at, row.kind, row.json])
    }

    func removeTimer(_ id: String) throws { try run("DELETE FROM timer WHERE id = ?", [id]) }

    func removeTimers(ofCase id: String) throws { try run("DELETE FROM timer WHERE case_id = ?", [id]) }

    func removeReadModels() throws {
        for table in ["timer", "duty", "case_row", "record", "member"] { try run("DELETE FROM \(table)", []) }
    }
}
