import Workflows

/// The society's records: who there is, which seats they hold, and what happened at meetings.
public struct Records: Sendable, Hashable {
    public private(set) var people: [ID: Person] = [:]
    public private(set) var organisations: [ID: Organisation] = [:]
    public private(set) var bodies: [ID: Body] = [:]
    public private(set) var seats: [ID: Seat] = [:]
    public private(set) var terms: [ID: Term] = [:]
    public private(set) var representatives: [ID: Representative] = [:]
    public private(set) var meetings: [ID: Meeting] = [:]
    public private(set) var rolls: [ID: Roll] = [:]
    public private(set) var items: [ID: Item] = [:]
    public private(set) var papers: [ID: Paper] = [:]
    public private(set) var answers: [ID: Answer] = [:]
    public private(set) var interests: [ID: RegisteredInterest] = [:]
    /// By representative.
    public private(set) var reviews: [ID: InterestReview] = [:]
    public private(set) var codes: [ID: CodeEdition] = [:]
    /// Rows of the registers that workflows declare.
    public private(set) var rows: [ID: RegisterRow] = [:]

    /// What is found again and again; it follows from the rest.
    private(set) var index = RecordIndex()

    public init() {}
}

/// One record as it stands after a change; it takes the place of the one with the same id.
public enum Record: Codable, Hashable, Sendable {
    case person(Person)
    case organisation(Organisation)
    case body(Body)
    case seat(Seat)
    case term(Term)
    case representative(Representative)
    case meeting(Meeting)
    case roll(Roll)
    case item(Item)
    case paper(Paper)
    case answer(Answer)
    case interest(RegisteredInterest)
    case review(InterestReview)
    case code(CodeEdition)
    case row(RegisterRow)
}

extension Records {
    /// Puts a record in its place.
    public mutating func keep(_ record: Record) {
        switch record {
        case .person(let it): people[it.id] = it
        case .organisation(let it): organisations[it.id] = it
        case .body(let it): bodies[it.id] = it
        case .seat(let it):
            index.seats.move(it.id, from: seats[it.id]?.body, to: it.body)
            seats[it.id] = it
        case .term(let it): terms[it.id] = it
        case .representative(let it):
            let known = representatives[it.id]
            index.ofSeat.move(it.id, from: known?.seat, to: it.seat)
            index.ofPerson.move(it.id, from: known?.person, to: it.person)
            representatives[it.id] = it
        case .meeting(let it):
            index.meetings.move(it.id, from: meetings[it.id]?.body, to: it.body)
            meetings[it.id] = it
        case .roll(let it): rolls[it.meeting] = it
        case .item(let it): items[it.id] = it
        case .paper(let it): papers[it.id] = it
        case .answer(let it): answers[it.id] = it
        case .interest(let it): interests[it.id] = it
        case .review(let it): reviews[it.representative] = it
        case .code(let it): codes[it.id] = it
        case .row(let it): rows[it.id] = it
        }
    }

    /// A body's meetings that were not cancelled, in order of time.
    public func meetings(of body: ID) -> [Meeting] {
        index.meetings[body].compactMap { meetings[$0] }.filter { !$0.isCancelled }.sorted {
            numbered(($0.start, $0.id), ($1.start, $1.id))
        }
    }

    public func meeting(after meeting: Meeting) -> Meeting? {
        meetings(of: meeting.body).first { numbered((meeting.start, meeting.id), ($0.start, $0.id)) && $0.opened == nil }
    }

    public func meeting(before meeting: Meeting) -> Meeting? {
        meetings(of: meeting.body).last { numbered(($0.start, $0.id), (meeting.start, meeting.id)) }
    }

    public func seats(of body: ID) -> [Seat] { index.seats[body].compactMap { seats[$0] } }

    /// Those who hold a seat, held it, or stand in.
    public func representatives(inSeat seat: ID) -> [Representative] { index.ofSeat[seat].compactMap { representatives[$0] } }

    /// What a person is, seat by seat.
    public func representatives(ofPerson person: ID) -> [Representative] {
        index.ofPerson[person].compactMap { representatives[$0] }
    }

    public func items(of meeting: ID) -> [Item] { (meetings[meeting]?.items ?? []).compactMap { items[$0] } }

    public func papers(of meeting: ID) -> [Paper] { (meetings[meeting]?.papers ?? []).compactMap { papers[$0] } }

    /// An item's number on its agenda, from 1.
    public func number(of item: Item) -> Int? {
        meetings[item.meeting]?.items.firstIndex(of: item.id).map { $0 + 1 }
    }
}

/// Orders ids such as `i9` and `i10` by their numbers. Everything is sorted by it, so it copies no text.
public func numbered(_ left: ID, _ right: ID) -> Bool {
    let (a, b) = (lettersAndNumber(left), lettersAndNumber(right))
    if a.letters.elementsEqual(b.letters) { return a.number < b.number }
    return a.letters.lexicographicallyPrecedes(b.letters)
}

/// Orders by the first of the two, and what is equal there by the numbers of its ids.
public func numbered<Key: Comparable>(_ left: (key: Key, id: ID), _ right: (key: Key, id: ID)) -> Bool {
    left.key == right.key ? numbered(left.id, right.id) : left.key < right.key
}

private func lettersAndNumber(_ id: ID) -> (letters: Substring.UTF8View, number: Int) {
    let bytes = id.utf8
    var start = bytes.endIndex
    var number = 0
    var worth = 1
    while start > bytes.startIndex {
        let before = bytes.index(before: start)
        guard case 48...57 = bytes[before] else { break }
        // Numbers wrap past 19 digits; no id has as many.
        number &+= Int(bytes[before] &- 48) &* worth
        worth = worth &* 10
        start = before
    }
    return (id[..<start].utf8, number)
}
