import Workflows

/// The society's records: who there is, which seats they hold, and what happened at meetings.
public struct Records: Sendable, Hashable {
    public var people: [ID: Person] = [:]
    public var organisations: [ID: Organisation] = [:]
    public var bodies: [ID: Body] = [:]
    public var seats: [ID: Seat] = [:]
    public var terms: [ID: Term] = [:]
    public var representatives: [ID: Representative] = [:]
    public var meetings: [ID: Meeting] = [:]
    public var rolls: [ID: Roll] = [:]
    public var items: [ID: Item] = [:]
    public var papers: [ID: Paper] = [:]
    public var answers: [ID: Answer] = [:]
    public var interests: [ID: RegisteredInterest] = [:]
    /// By representative.
    public var reviews: [ID: InterestReview] = [:]

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
}

extension Records {
    /// Puts a record in its place.
    public mutating func keep(_ record: Record) {
        switch record {
        case .person(let it): people[it.id] = it
        case .organisation(let it): organisations[it.id] = it
        case .body(let it): bodies[it.id] = it
        case .seat(let it): seats[it.id] = it
        case .term(let it): terms[it.id] = it
        case .representative(let it): representatives[it.id] = it
        case .meeting(let it): meetings[it.id] = it
        case .roll(let it): rolls[it.meeting] = it
        case .item(let it): items[it.id] = it
        case .paper(let it): papers[it.id] = it
        case .answer(let it): answers[it.id] = it
        case .interest(let it): interests[it.id] = it
        case .review(let it): reviews[it.representative] = it
        }
    }

    /// A body's meetings that were not cancelled, in order of time.
    public func meetings(of body: ID) -> [Meeting] {
        meetings.values.filter { $0.body == body && !$0.isCancelled }.sorted { ($0.start, $0.id) < ($1.start, $1.id) }
    }

    public func meeting(after meeting: Meeting) -> Meeting? {
        meetings(of: meeting.body).first { ($0.start, $0.id) > (meeting.start, meeting.id) && $0.opened == nil }
    }

    public func meeting(before meeting: Meeting) -> Meeting? {
        meetings(of: meeting.body).last { ($0.start, $0.id) < (meeting.start, meeting.id) }
    }

    public func seats(of body: ID) -> [Seat] {
        seats.values.filter { $0.body == body }.sorted { numbered($0.id, $1.id) }
    }

    public func items(of meeting: ID) -> [Item] { (meetings[meeting]?.items ?? []).compactMap { items[$0] } }

    public func papers(of meeting: ID) -> [Paper] { (meetings[meeting]?.papers ?? []).compactMap { papers[$0] } }

    /// An item's number on its agenda, from 1.
    public func number(of item: Item) -> Int? {
        meetings[item.meeting]?.items.firstIndex(of: item.id).map { $0 + 1 }
    }
}

/// Orders ids such as `i9` and `i10` by their numbers.
public func numbered(_ left: ID, _ right: ID) -> Bool {
    func parts(_ id: ID) -> (String, Int) {
        let digits = id.reversed().prefix { $0.isASCII && $0.isNumber }.reversed()
        return (String(id.dropLast(digits.count)), Int(String(digits)) ?? 0)
    }
    let (a, m) = parts(left)
    let (b, n) = parts(right)
    return (a, m) < (b, n)
}
