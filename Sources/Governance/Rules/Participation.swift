import Calendars
import Workflows

extension Standing {
    /// Those with a say at a meeting, each with a seat: representatives whose term covers it, and stand-ins with an open case for it or who
    /// came.
    public func members(of meeting: ID) -> [Representative] {
        guard let record = records.meetings[meeting] else { return [] }
        let family = SubjectKind.meeting.rawValue + "/" + meeting
        let standIns = Set(openCases(inFamily: family).compactMap { $0.subjects[.representative] })
        let presence = records.rolls[meeting]?.presence ?? [:]
        return records.seats(of: record.body).flatMap { records.representatives(inSeat: $0.id) }.filter { it in
            if it.term != nil { return serves(it, on: record.day) }
            return standIns.contains(it.id) || !(presence[it.person] ?? []).isEmpty
        }.sorted { numbered($0.id, $1.id) }
    }

    /// Whether the representative's term covers the day; a stand-in serves no term.
    public func serves(_ it: Representative, on day: CivilDate) -> Bool {
        guard let term = it.term.flatMap({ records.terms[$0] }) else { return false }
        return term.start <= day && day <= term.end
    }

    /// Whether the person is at the meeting: at a moment, or as was recorded last.
    public func isPresent(_ person: ID, at meeting: ID, when moment: Instant? = nil) -> Bool {
        stretch(of: person, at: meeting, when: moment) != nil
    }

    /// The stretch of time in which the person is there.
    func stretch(of person: ID, at meeting: ID, when moment: Instant?) -> Presence? {
        let presence = records.rolls[meeting]?.presence[person] ?? []
        guard let moment else { return presence.last.flatMap { $0.until == nil ? $0 : nil } }
        return presence.last { $0.covers(moment) }
    }

    /// `present`, `represented` (a stand-in came for the seat), `absent`: over the whole of the meeting.
    public func attendance(of it: Representative, at meeting: ID) -> String {
        let presence = records.rolls[meeting]?.presence ?? [:]
        if !(presence[it.person] ?? []).isEmpty { return "present" }
        let stoodIn = members(of: meeting).contains { other in
            other.seat == it.seat && other.id != it.id && !(presence[other.person] ?? []).isEmpty
        }
        return stoodIn ? "represented" : "absent"
    }

    /// What a representative may do on an item: the seat's rights under the caps of all active states, met together. An interest is
    /// the person's, so it caps all seats that they hold.
    public func participation(of it: Representative, in item: ID, by rulebook: Rulebook) -> Participation {
        guard let record = records.items[item], let seat = records.seats[it.seat] else { return .none }
        var level = Participation(name: seat.rights) ?? .vote
        for other in openCases(inFamily: SubjectKind.meeting.rawValue + "/" + record.meeting) {
            guard keys(of: other).all[.person] == it.person, other.subjects[.item].map({ $0 == item }) ?? true else { continue }
            for cap in caps(of: other, by: rulebook) { level = min(level, cap) }
        }
        // Where the body's rules let a member with an interest give no facts, being there is all that is left.
        if level == .facts, !binding(ofMeeting: record.meeting, by: rulebook).pack.interests.mayGiveFacts { return .room }
        return level
    }

    /// The caps that a case's active states put, outer states included.
    private func caps(of it: Case, by rulebook: Rulebook) -> [Participation] {
        guard let workflow = rulebook.workflow(of: it) else { return [] }
        return workflow.states.compactMap { note in
            note.participation.flatMap { cap in it.active.contains { within($0, note.path) } ? cap : nil }
        }
    }

    private func within(_ state: String, _ path: String) -> Bool { state == path || state.hasPrefix(path + ".") }

    /// Whether a person may do this much on an item, in any of their seats, being there.
    public func may(
        _ person: ID, _ wanted: Participation, in item: ID, by rulebook: Rulebook, at moment: Instant? = nil
    ) -> Bool {
        guard let record = records.items[item], isPresent(person, at: record.meeting, when: moment) || wanted <= .papers else {
            return false
        }
        return members(of: record.meeting).contains { member in
            member.person == person && participation(of: member, in: item, by: rulebook) >= wanted
        }
    }

    /// Those present who may vote on an item, each person once and one for each seat: its holder before a stand-in.
    public func voters(on item: ID, by rulebook: Rulebook, at moment: Instant? = nil) -> [ID] {
        guard let record = records.items[item] else { return [] }
        let policy = binding(ofMeeting: record.meeting, by: rulebook).pack.voters
        let members = members(of: record.meeting)
        let able = members.filter { member in
            participation(of: member, in: item, by: rulebook) >= .vote
                && isPresent(member.person, at: record.meeting, when: moment)
                && (policy == .allPresent || hasHeardAll(of: record, member.person))
        }
        var seats: Set<ID> = []
        let seated =
            able.filter { $0.term != nil && seats.insert($0.seat).inserted }
            + able.filter { $0.term == nil && seats.insert($0.seat).inserted }
        var seen: Set<ID> = []
        return seated.sorted { numbered($0.id, $1.id) }.map(\.person).filter { seen.insert($0).inserted }
    }

    /// Whether a person has been there since the item was opened.
    func hasHeardAll(of item: Item, _ person: ID) -> Bool {
        guard let opened = item.opened, let last = records.rolls[item.meeting]?.presence[person]?.last else { return true }
        return last.from <= opened
    }

    /// Members who may not speak on an item in one of their seats: those with an interest in it.
    public func interested(in item: ID, by rulebook: Rulebook) -> [ID] {
        guard let record = records.items[item] else { return [] }
        return members(of: record.meeting).filter { participation(of: $0, in: item, by: rulebook) < .speak }.map(\.person)
    }

    /// Members who came and may not take part in an item for an interest of theirs, whether still there or gone out; each once.
    public func withdrawn(from item: ID, by rulebook: Rulebook) -> [ID] {
        guard let record = records.items[item] else { return [] }
        var seen: Set<ID> = []
        return members(of: record.meeting).filter { member in
            let rights = records.seats[member.seat].flatMap { Participation(name: $0.rights) } ?? .vote
            let level = participation(of: member, in: item, by: rulebook)
            return level <= .room && level < rights
                && !(records.rolls[record.meeting]?.presence[member.person] ?? []).isEmpty
        }.map(\.person).filter { seen.insert($0).inserted }
    }
}
