import Workflows

// A circle is what can hear of each other: everything of one body. Word, guards and beginnings stay within it, but for cases that are
// about no body at all.
extension Records {
    /// What all circles share: codes and registers, which a case of any body may read.
    public static let shared: ID = "*"

    /// The body to whose circle a record belongs, or `shared`; nil for people and organisations, and for a record of things unknown.
    public func circle(of record: Record) -> ID? {
        switch record {
        case .person, .organisation: nil
        case .body(let it): it.id
        case .seat(let it): it.body
        case .term(let it): seats[it.seat]?.body
        case .representative(let it): seats[it.seat]?.body
        case .meeting(let it): it.body
        case .roll(let it): meetings[it.meeting]?.body
        case .item(let it): meetings[it.meeting]?.body
        case .paper(let it): meetings[it.meeting]?.body
        case .answer(let it): meetings[it.meeting]?.body
        case .interest(let it): circle(ofRepresentative: it.representative)
        case .review(let it): circle(ofRepresentative: it.representative)
        case .code, .row: Self.shared
        }
    }

    private func circle(ofRepresentative id: ID) -> ID? {
        representatives[id].flatMap { seats[$0.seat]?.body }
    }

    /// The organisations that have a seat on a body.
    public func organisations(on body: ID) -> Set<ID> { Set(seats.values.filter { $0.body == body }.map(\.organisation)) }

    /// Everybody who may have to do with a body: who sits, stands in or has a role there or at an organisation with a seat on it, and
    /// who is reported back to.
    public func members(of body: ID) -> Set<ID> {
        var found = Set((bodies[body]?.roles ?? [:]).values.joined())
        let seats = seats.values.filter { $0.body == body }
        for seat in seats { found.formUnion(seat.substitutes) }
        let ids = Set(seats.map(\.id))
        for term in terms.values where ids.contains(term.seat) { found.insert(term.person) }
        for it in representatives.values where ids.contains(it.seat) { found.insert(it.person) }
        for organisation in Set(seats.map(\.organisation)).compactMap({ organisations[$0] }) {
            found.formUnion(organisation.roles.values.joined())
            found.formUnion(organisation.constituency)
        }
        return found
    }

    /// All records, as they stand, by their keys.
    public var all: [Record] {
        var all = people.values.map(Record.person) + organisations.values.map(Record.organisation)
        all += bodies.values.map(Record.body) + seats.values.map(Record.seat) + terms.values.map(Record.term)
        all += representatives.values.map(Record.representative) + meetings.values.map(Record.meeting)
        all += rolls.values.map(Record.roll) + items.values.map(Record.item) + papers.values.map(Record.paper)
        all += answers.values.map(Record.answer) + interests.values.map(Record.interest)
        all += reviews.values.map(Record.review) + codes.values.map(Record.code) + rows.values.map(Record.row)
        return all.sorted { $0.key < $1.key }
    }
}

extension Record {
    /// Names the record among all: `meeting/m3`. One of the same key takes its place.
    public var key: String {
        switch self {
        case .person(let it): "person/" + it.id
        case .organisation(let it): "organisation/" + it.id
        case .body(let it): "body/" + it.id
        case .seat(let it): "seat/" + it.id
        case .term(let it): "term/" + it.id
        case .representative(let it): "representative/" + it.id
        case .meeting(let it): "meeting/" + it.id
        case .roll(let it): "roll/" + it.meeting
        case .item(let it): "item/" + it.id
        case .paper(let it): "paper/" + it.id
        case .answer(let it): "answer/" + it.id
        case .interest(let it): "interest/" + it.id
        case .review(let it): "review/" + it.representative
        case .code(let it): "code/" + it.id
        case .row(let it): "row/" + it.id
        }
    }
}
