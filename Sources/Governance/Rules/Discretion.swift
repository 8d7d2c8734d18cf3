import Calendars
import Workflows

/// What one reader may know of items and papers: the one rule by which packs, mail, checklists and public outputs leave things out.
///
/// What is restricted until a day is known until then to the body's officers and to those with a seat at the meeting. The papers of an
/// item are kept also from a member who may not have them, for an interest of theirs or by the rights of their seat.
public struct Discretion: Sendable {
    public let standing: Standing
    public let rulebook: Rulebook
    public let now: Instant
    /// Nil for everyone, who reads what is public.
    public let reader: ID?

    public init(_ standing: Standing, by rulebook: Rulebook, now: Instant, reader: ID?) {
        self.standing = standing
        self.rulebook = rulebook
        self.now = now
        self.reader = reader
    }

    private var records: Records { standing.records }

    /// Whether something is restricted still, where the body meets.
    public func isRestricted(until day: CivilDate?, for body: ID?) -> Bool {
        day.map { $0 > rulebook.binding(of: body).zone.civil(at: now).date } ?? false
    }

    public func isRestricted(_ item: Item) -> Bool {
        isRestricted(until: item.restrictedUntil, for: records.meetings[item.meeting]?.body)
    }

    /// Whether the reader may read what is restricted: the body's officers, and those with a seat at the meeting.
    public func isInsider(at meeting: Meeting) -> Bool {
        guard let reader else { return false }
        let roles = records.bodies[meeting.body]?.roles ?? [:]
        return Role.bodyRoles.contains { (roles[$0] ?? []).contains(reader) } || !seatings(at: meeting.id).isEmpty
    }

    private func seatings(at meeting: ID) -> [Representative] { standing.members(of: meeting).filter { $0.person == reader } }

    /// Whether the reader may know the item's title and what came of it.
    public func mayKnow(_ item: Item) -> Bool {
        guard isRestricted(item), let meeting = records.meetings[item.meeting] else { return true }
        return isInsider(at: meeting)
    }

    /// Whether the reader may have the paper, and know of it.
    public func mayRead(_ paper: Paper) -> Bool {
        guard let meeting = records.meetings[paper.meeting] else { return false }
        if let item = paper.item.flatMap({ records.items[$0] }), !mayKnow(item) || isBarred(from: item) { return false }
        return !isRestricted(until: paper.restrictedUntil, for: meeting.body) || isInsider(at: meeting)
    }

    /// Whether the reader sits at the meeting and may not have the item's papers in any of their seats.
    public func isBarred(from item: Item) -> Bool {
        let seats = reader == nil ? [] : seatings(at: item.meeting)
        return !seats.isEmpty && seats.allSatisfy { standing.participation(of: $0, in: item.id, by: rulebook) < .papers }
    }

    public func title(of item: Item) -> String { mayKnow(item) ? item.title : Self.hiddenItem }

    public func title(of paper: Paper) -> String { mayRead(paper) ? paper.title : Self.hiddenPaper }

    public static let hiddenItem = "A restricted item"
    public static let hiddenPaper = "a paper that is kept from you"
}
