import Governance
import Journals
import Workflows

/// How what stands is kept in rows, apart from cases and duties: records and drafts by their keys, and the numbers given so far.
///
/// The rows follow from the entries, and are made anew when the program that reads them is another than the one that wrote them.
enum Rows {
    /// How the rows are written; a change here has them made anew.
    private static let version = 1
    private static let numbersKey = "numbers"
    private static let draftMark = "draft/"
    private static let erasureMark = "erasure/"

    private struct Numbers: Codable {
        var version: Int
        var numbers: [String: Int]
    }

    /// The highest number of each kind of id; nil where the rows are not of this version.
    static func numbers(_ reading: Reading) throws -> [String: Int]? {
        guard let row = try reading.record(numbersKey), let kept: Numbers = try? Ledger.value(from: row.json),
            kept.version == version
        else { return nil }
        return kept.numbers
    }

    static func keep(numbers: [String: Int], _ transaction: Transaction) throws {
        let json = try Ledger.text(of: Numbers(version: version, numbers: numbers))
        try transaction.replaceRecord(RecordRow(id: numbersKey, circle: "", json: json))
    }

    static func keep(_ record: Record, in records: Records, _ transaction: Transaction) throws {
        try transaction.replaceRecord(
            RecordRow(id: record.key, circle: circle(of: record, in: records), json: try Ledger.text(of: record)))
    }

    /// People and organisations are read one by one; what else is of no body, by whoever reads anything.
    private static func circle(of record: Record, in records: Records) -> String {
        switch record {
        case .person, .organisation: ""
        default: records.circle(of: record) ?? common
        }
    }

    private static let common = "common"

    static func keep(_ draft: Draft, in standing: Standing, _ transaction: Transaction) throws {
        let body = standing.cases[draft.ofCase].flatMap { standing.circle(of: $0) }
        try transaction.replaceRecord(
            RecordRow(
                id: draftMark + draft.ofCase + "/" + draft.document, circle: body ?? "", json: try Ledger.text(of: draft)))
    }

    static func keep(_ erasure: Erasure, _ transaction: Transaction) throws {
        try transaction.replaceRecord(
            RecordRow(id: erasureMark + erasure.person, circle: common, json: try Ledger.text(of: erasure)))
    }

    static func keepMembers(of body: ID, in standing: Standing, _ transaction: Transaction) throws {
        let people = standing.people(around: body).union(standing.records.organisations(on: body))
        try transaction.replaceMembers(of: body, by: people.sorted())
    }

    /// What stands in these circles, with the people and organisations that have to do with them; nil: all that stands.
    ///
    /// - Parameter known: circles that are in hand already, and not read again.
    static func portion(_ circles: Set<ID>?, beside known: Set<ID> = [], _ reading: Reading) throws -> Portion {
        var portion = Portion()
        guard let circles else {
            try add(try reading.records(), to: &portion)
            portion.cases = try reading.cases().map { try Ledger.value(from: $0.json) }
            portion.duties = try reading.duties().map { try Ledger.value(from: $0.json) }
            return portion
        }
        for circle in circles.sorted() {
            try add(try reading.records(in: circle), to: &portion)
            portion.cases += try reading.cases(CaseFilter(circle: circle)).map { try Ledger.value(from: $0.json) }
            portion.duties += try reading.duties(DutyFilter(circle: circle)).map { try Ledger.value(from: $0.json) }
        }
        try add(try reading.records(in: common), to: &portion)
        let around = try addPeople(circles, to: &portion, reading)
        try addCommonCases(around, circles.union(known), to: &portion, reading)
        return portion
    }

    /// The cases of no circle that concern these circles: those about their organisations and people, and those about their own cases; with all that
    /// such a case may ask for, which is what stands in the circles of the organisation or person that it is about.
    private static func addCommonCases(
        _ around: (organisations: Set<ID>, people: Set<ID>), _ circles: Set<ID>, to portion: inout Portion, _ reading: Reading
    ) throws {
        let families = Set(portion.cases.map(\.family))
        var wider: Set<ID> = []
        var found: [CaseRow] = try families.sorted().flatMap { try reading.cases(CaseFilter(stream: $0, circle: "")) }
        for (kind, ids) in [("organisation/", around.organisations), ("person/", around.people)] {
            for id in ids.sorted() where !families.contains(kind + id) {
                let theirs = try reading.cases(CaseFilter(stream: kind + id, circle: ""))
                if theirs.contains(where: \.isOpen) { wider.formUnion(try reading.circles(of: id)) }
                found += theirs
            }
        }
        for row in found {
            portion.cases.append(try Ledger.value(from: row.json))
            portion.duties += try reading.duties(DutyFilter(caseID: row.id)).map { try Ledger.value(from: $0.json) }
            try add(try reading.records(under: draftMark + row.id + "/"), to: &portion)
        }
        for circle in wider.subtracting(circles).sorted() {
            try add(try reading.records(in: circle), to: &portion)
            portion.cases += try reading.cases(CaseFilter(circle: circle)).map { try Ledger.value(from: $0.json) }
            portion.duties += try reading.duties(DutyFilter(circle: circle)).map { try Ledger.value(from: $0.json) }
        }
    }

    private static func add(_ rows: [RecordRow], to portion: inout Portion) throws {
        for row in rows where row.id != numbersKey {
            if row.id.hasPrefix(draftMark) {
                portion.drafts.append(try Ledger.value(from: row.json))
            } else if row.id.hasPrefix(erasureMark) {
                portion.erasures.append(try Ledger.value(from: row.json))
            } else {
                portion.records.append(try Ledger.value(from: row.json))
            }
        }
    }

    /// Answers the organisations and people.
    private static func addPeople(
        _ circles: Set<ID>, to portion: inout Portion, _ reading: Reading
    ) throws -> (organisations: Set<ID>, people: Set<ID>) {
        var records = Records()
        for record in portion.records { records.keep(record) }
        var keys: Set<String> = []
        let organisations = circles.reduce(into: Set<ID>()) { $0.formUnion(records.organisations(on: $1)) }
        for organisation in organisations { keys.insert("organisation/" + organisation) }
        try add(try keys.sorted().compactMap { try reading.record($0) }, to: &portion)
        for case .organisation(let it) in portion.records { records.keep(.organisation(it)) }
        // An organisation may be asked for all its seats.
        let others = Set(try organisations.flatMap { try reading.circles(of: $0) }).subtracting(circles)
        for circle in others.sorted() {
            try add(try reading.records(in: circle).filter { !$0.id.hasPrefix(draftMark) }, to: &portion)
        }
        let people = circles.reduce(into: Set<ID>()) { $0.formUnion(records.people(around: $1)) }
        try add(try people.sorted().compactMap { try reading.record("person/" + $0) }, to: &portion)
        return (organisations, people)
    }
}
