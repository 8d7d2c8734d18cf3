import Calendars
import Documents
import Governance
import Workflows

/// Who was at a meeting and who was not: worked out once, for minutes, reports and mails alike.
struct RollCall {
    /// Somebody who was there.
    struct Attender {
        var person: ID
        /// The seat in which they sat; nil for those in attendance.
        var representative: Representative?
        /// The holder of the seat, where this is a stand-in.
        var standsFor: Representative?
        var stretches: [Presence]
    }

    /// A member who said that they could not come.
    struct Apology {
        var representative: Representative
        /// Who came, or will come, instead.
        var substitute: ID?
    }

    var present: [Attender] = []
    var apologies: [Apology] = []
    /// Without a word; known when the meeting is over.
    var absent: [Representative] = []
    /// Those who were there without a seat.
    var others: [Attender] = []
}

extension Papers {
    /// All who have, or had, a seat at a meeting, seat by seat: the holder, then stand-ins. Unlike the members of an open meeting, stand-ins
    /// stay on the list when their cases have ended, if they came.
    func seatings(of meeting: Meeting) -> [Representative] {
        let presence = records.rolls[meeting.id]?.presence ?? [:]
        return records.seats(of: meeting.body).flatMap { seat in
            records.representatives(inSeat: seat.id).filter { it in
                if it.term != nil { return standing.serves(it, on: meeting.day) }
                guard let theirs = latestCase(of: it.id, at: meeting.id) else { return false }
                return theirs.isOpen || !(presence[it.person] ?? []).isEmpty
            }.sorted { ($0.term == nil ? 1 : 0, $0.id) < ($1.term == nil ? 1 : 0, $1.id) }
        }
    }

    func rollCall(of meeting: Meeting) -> RollCall {
        let presence = records.rolls[meeting.id]?.presence ?? [:]
        let seatings = seatings(of: meeting)
        var call = RollCall()
        for it in seatings {
            let holder = seatings.first { $0.seat == it.seat && $0.term != nil }
            let standIn = seatings.first { $0.seat == it.seat && $0.term == nil && !(presence[$0.person] ?? []).isEmpty }
            if let stretches = presence[it.person], !stretches.isEmpty {
                let isSeatedTwice = call.present.contains { $0.person == it.person }
                if !isSeatedTwice || it.term == nil {
                    call.present.append(
                        RollCall.Attender(
                            person: it.person, representative: it, standsFor: it.term == nil ? holder : nil,
                            stretches: stretches))
                }
            } else if it.term != nil {
                if let apology = apology(of: it, at: meeting, cameInstead: standIn?.person) {
                    call.apologies.append(apology)
                } else if meeting.ended != nil {
                    call.absent.append(it)
                }
            }
        }
        let seated = Set(call.present.map(\.person))
        call.others = presence.filter { !seated.contains($0.key) && !$0.value.isEmpty }
            .map { RollCall.Attender(person: $0.key, representative: nil, standsFor: nil, stretches: $0.value) }
            .sorted { numbered($0.person, $1.person) }
        return call
    }

    /// A member's apology that still holds, with who comes instead.
    func apology(of it: Representative, at meeting: Meeting, cameInstead: ID? = nil) -> RollCall.Apology? {
        let theirs = latestCase(of: it.id, at: meeting.id)
        let moved = latestCase(of: .meeting, meeting.id)?.given["reschedule"]?.at ?? .earliest
        let said = theirs?.given("apologise", notBefore: "accept").flatMap { $0.at >= moved ? $0 : nil }
        guard said != nil || cameInstead != nil else { return nil }
        let found = theirs.flatMap { standInAccepted(in: $0) ? $0.thing("substitute") : nil }
        return RollCall.Apology(representative: it, substitute: cameInstead ?? found)
    }

    /// `in the room`, `remotely`, or both.
    func manner(of stretches: [Presence]) -> String {
        switch Set(stretches.map(\.manner)) {
        case [.room]: "in the room"
        case [.remote]: "remotely"
        default: "in the room and remotely"
        }
    }

    /// `from 14:20, out 14:32 to 14:50, until 15:10`; nil for who was there throughout.
    func times(of stretches: [Presence], at meeting: Meeting) -> String? {
        guard let first = stretches.first, let opened = meeting.opened else { return nil }
        var words: [String] = []
        if first.from > opened { words.append("from \(clock(first.from, for: meeting.body))") }
        for (one, next) in zip(stretches, stretches.dropFirst()) {
            guard let left = one.until, left < next.from, next.from > opened else { continue }
            words.append("out \(clock(left, for: meeting.body)) to \(clock(next.from, for: meeting.body))")
        }
        if let left = stretches.last?.until, left < meeting.ended ?? .latest {
            words.append("until \(clock(left, for: meeting.body))")
        }
        return words.isEmpty ? nil : words.joined(separator: ", ")
    }

    func view(of attender: RollCall.Attender, at meeting: Meeting) -> AttendanceView {
        AttendanceView(
            person: attender.representative.map { view(of: $0) } ?? view(of: attender.person, on: meeting.body),
            manner: manner(of: attender.stretches), times: times(of: attender.stretches, at: meeting),
            substituteFor: attender.standsFor.map { standing.name(of: $0.person) })
    }

    func view(of apology: RollCall.Apology) -> AbsenceView {
        AbsenceView(
            person: view(of: apology.representative), substitute: apology.substitute.map { standing.name(of: $0) })
    }
}

// The quorum.
extension Papers {
    /// How the quorum stood at a moment, from the roll as it now reads.
    func quorum(of meeting: Meeting, at moment: Instant) -> Quorum {
        let policy = standing.binding(ofMeeting: meeting.id, by: registrar.rulebook).pack.quorum
        let presence = records.rolls[meeting.id]?.presence ?? [:]
        let seatings = seatings(of: meeting)
        let counted = seatings.filter { it in
            guard records.seats[it.seat]?.rights == Participation.vote.name else { return false }
            guard it.term != nil || policy.substitutesCount else { return false }
            return (presence[it.person] ?? []).contains { $0.covers(moment) && ($0.manner == .room || policy.remoteCounts) }
        }
        return Quorum(present: Set(counted.map(\.seat)).count, needed: needed(seatings, meeting, policy))
    }

    /// How it would stand if all came who have not said otherwise.
    func forecast(of meeting: Meeting) -> Quorum {
        let policy = standing.binding(ofMeeting: meeting.id, by: registrar.rulebook).pack.quorum
        let seatings = seatings(of: meeting)
        let coming = seatings.filter { it in
            guard records.seats[it.seat]?.rights == Participation.vote.name else { return false }
            return it.term == nil ? policy.substitutesCount : apology(of: it, at: meeting) == nil
        }
        return Quorum(present: Set(coming.map(\.seat)).count, needed: needed(seatings, meeting, policy))
    }

    private func needed(_ seatings: [Representative], _ meeting: Meeting, _ policy: QuorumPolicy) -> Int {
        switch policy.of {
        case .seats: policy.needed(of: records.seats(of: meeting.body).count)
        case .membersInPost: policy.needed(of: Set(seatings.filter { $0.term != nil }.map(\.seat)).count)
        }
    }

    func words(for quorum: Quorum) -> String {
        "\(quorum.isMet ? "quorate" : "not quorate"): \(quorum.present) present, \(quorum.needed) needed"
    }

    func words(forQuorumOf resolution: Resolution) -> String {
        let state = resolution.present >= resolution.needed ? "quorate" : "not quorate"
        return "\(state): \(resolution.present) present and counted, \(resolution.needed) needed"
    }
}
