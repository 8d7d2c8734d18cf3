public import Diagnostics
public import Governance
public import Workflows

/// What a roster file asks for: the records that it adds or changes, or all that is wrong with it.
///
/// The file is taken whole or not at all. Things are recognised by the `id` column if it is filled, a person else by e-mail, then by
/// exact name, so that reading the same file again changes nothing and a changed name or address stays with its person. A line that
/// gives both name and address introduces a person; a line of kind `person` is for those without a part of their own. What the
/// file does not mention stays as it is; the holders of a role, the substitutes of a seat and the constituency of an organisation
/// are replaced where the file names any.
public struct Roster: Sendable {
    public let findings: [Finding]
    /// New and changed records, each after those that it names.
    public let records: [Record]
    /// New and changed names, addresses and references.
    public let personal: [PersonalValue]

    public var changesNothing: Bool { records.isEmpty && personal.isEmpty }

    /// - Parameter roles: those that workflows declare, beside the ones that always are.
    public init(_ source: SourceText, in standing: Standing, roles: [String: SubjectKind] = [:]) {
        let reading = RosterReading(source)
        var merge = RosterMerge(reading, standing, roles)
        merge.mergeAll()
        findings = merge.findings.sorted()
        guard findings.isEmpty else {
            records = []
            personal = []
            return
        }
        records = merge.changedRecords(since: standing.records)
        personal = merge.changedPersonal(since: standing)
    }
}

/// The records with a roster laid over them, line by line.
struct RosterMerge {
    var records: Records
    var personal: [String: String]
    /// Whose each changed personal value is.
    var owners: [String: ID] = [:]
    var findings: [Finding]
    let rows: [RosterRow]
    let file: String
    let declared: [String: SubjectKind]
    private var numbers: [String: Int]
    /// Things that a line of this file is about.
    private(set) var claimed: [ID: RosterRow] = [:]

    init(_ reading: RosterReading, _ standing: Standing, _ roles: [String: SubjectKind]) {
        declared = roles
        records = standing.records
        personal = standing.personal
        findings = reading.findings
        rows = reading.rows
        file = reading.file
        numbers = standing.numbers
    }

    mutating func mergeAll() {
        for row in rows where row.kind == .body { mergeBody(row) }
        for row in rows where row.kind == .organisation { mergeOrganisation(row) }
        mergePeople(rows(.person) + mentioned())
        for row in rows where row.kind == .seat { mergeSeat(row) }
        for row in rows where row.kind == .term { mergeTerm(row) }
        checkTerms()
        mergeSubstitutes(rows.filter { $0.kind == .substitute })
        mergeRoles(rows.filter { $0.kind == .role })
        mergeConstituencies(rows.filter { $0.kind == .constituency })
    }

    func rows(_ kind: RosterKind) -> [RosterRow] { rows.filter { $0.kind == kind } }

    mutating func note(
        _ row: RosterRow, _ column: RosterColumn, _ code: String, _ message: String, expected: String? = nil,
        nearest: String? = nil, related: RosterRow? = nil
    ) {
        let places = related.map {
            [Finding.Related(file: file, range: $0.whole, message: "row \($0.number) is the other")]
        }
        findings.append(
            Finding(
                code: code, file: file, range: row.range(of: column),
                message: "row \(row.number), column `\(column.rawValue)`: \(message)", expected: expected, nearest: nearest,
                related: places ?? []))
    }

    mutating func newID(_ letters: String) -> ID {
        numbers[letters, default: 0] += 1
        return letters + String(numbers[letters, default: 1])
    }

    /// Marks a thing as told of by this line; a second line about the same thing is a finding.
    mutating func claim(_ id: ID, _ row: RosterRow, _ column: RosterColumn) {
        if let first = claimed[id] {
            note(row, column, "MR020", "the same \(row.kind.rawValue) stands in row \(first.number) already", related: first)
        } else {
            claimed[id] = row
        }
    }

    mutating func setPersonal(_ key: String, of owner: ID, to value: String) {
        personal[key] = value
        owners[key] = owner
    }

    /// The thing that an earlier roster, or the workspace itself, knows by this reference.
    func known(_ reference: String, among ids: some Sequence<ID>) -> ID? {
        let ids = Set(ids)
        return ids.first { personal[$0 + "/reference"] == reference } ?? (ids.contains(reference) ? reference : nil)
    }

    mutating func keepReference(_ row: RosterRow, of id: ID) {
        guard let reference = row[.id], reference != id else { return }
        setPersonal(id + "/reference", of: id, to: reference)
    }
}

extension RosterMerge {
    func changedRecords(since before: Records) -> [Record] {
        func changed<Thing: Hashable>(
            _ after: [ID: Thing], _ before: [ID: Thing], _ record: (Thing) -> Record
        ) -> [Record] {
            after.keys.filter { after[$0] != before[$0] }.sorted(by: numbered).compactMap { after[$0].map(record) }
        }
        return changed(records.people, before.people, Record.person)
            + changed(records.organisations, before.organisations, Record.organisation)
            + changed(records.bodies, before.bodies, Record.body) + changed(records.seats, before.seats, Record.seat)
            + changed(records.terms, before.terms, Record.term)
            + changed(records.representatives, before.representatives, Record.representative)
    }

    func changedPersonal(since before: Standing) -> [PersonalValue] {
        owners.keys.sorted().compactMap { key in
            guard let owner = owners[key], let value = personal[key], before.personal[key] != value else { return nil }
            return PersonalValue(key: key, owner: owner, value: value)
        }
    }
}
