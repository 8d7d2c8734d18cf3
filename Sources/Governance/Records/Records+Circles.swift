import Workflows

// A circle is what can hear of each other: everything of one body. Word, guards and beginnings stay within it, but for cases that are
// about no body at all.
extension Records {
    /// The body to whose circle a record belongs; nil for people, organisations, codes and registers, and for a record of things unknown.
    public func circle(of record: Record) -> ID? {
        switch record {
        case .person, .organisation, .code, .row: nil
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
        }
    }

    private func circle(ofRepresentative id: ID) -> ID? {
        representatives[id].flatMap { seats[$0.seat]?.body }
    }

    /// The organisations that have a seat on a body.
    public func organisations(on body: ID) -> Set<ID> { Set(seats(of: body).map(\.organisation)) }

    /// Everybody who may have to do with a body: who sits, stands in or has a role there or at an organisation with a seat on it, and
    /// who is reported back to.
    public func people(around body: ID) -> Set<ID> {
        var found = Set((bodies[body]?.roles ?? [:]).values.joined())
        for seat in seats(of: body) {
            found.formUnion(seat.substitutes)
            for it in representatives(inSeat: seat.id) { found.insert(it.person) }
        }
        for organisation in organisations(on: body).compactMap({ organisations[$0] }) {
            found.formUnion(organisation.roles.values.joined())
            found.formUnion(organisation.constituency)
        }
        return found
    }

    /// All ids of a kind in these circles, in order, with people and organisations, who are in none; nil: in all.
    func ids(of kind: SubjectKind, in circles: Set<ID>?) -> [ID] {
        guard let circles else { return ids(of: kind) }
        let found: [ID] =
            switch kind {
            case .organisation, .person: ids(of: kind)
            case .body: circles.filter { bodies[$0] != nil }
            case .seat: circles.flatMap { seats(of: $0).map(\.id) }
            case .representative:
                circles.flatMap { seats(of: $0) }.flatMap { representatives(inSeat: $0.id) }.map(\.id)
            case .meeting: circles.flatMap { meetings(of: $0) }.map(\.id)
            case .term: terms.values.filter { seats[$0.seat].map { circles.contains($0.body) } ?? false }.map(\.id)
            case .item: circles.flatMap { meetings(of: $0) }.flatMap(\.items)
            case .paper: circles.flatMap { meetings(of: $0) }.flatMap(\.papers)
            case .ofCase: []
            }
        return found.sorted(by: numbered)
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
    /// The subject that it is the record of; nil for one that is about others, from which no deadline is reckoned.
    var subject: (kind: SubjectKind, id: ID)? {
        switch self {
        case .person(let it): (.person, it.id)
        case .organisation(let it): (.organisation, it.id)
        case .body(let it): (.body, it.id)
        case .seat(let it): (.seat, it.id)
        case .term(let it): (.term, it.id)
        case .representative(let it): (.representative, it.id)
        case .meeting(let it): (.meeting, it.id)
        case .item(let it): (.item, it.id)
        case .paper(let it): (.paper, it.id)
        case .roll, .answer, .interest, .review, .code, .row: nil
        }
    }

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
