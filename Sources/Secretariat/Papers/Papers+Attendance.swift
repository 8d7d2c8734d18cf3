import Calendars
import Documents
public import Governance
import Workflows

// The attendance sheet.
extension Papers {
    /// To be signed at the meeting; once it was opened, what the roll says, from the same roll call as the minutes.
    public func attendance(_ id: ID, reader: ID? = nil, isMailed: Bool = false) throws -> AttendanceSheetView {
        let meeting = try meeting(id)
        let isRecorded = meeting.opened != nil || meeting.ended != nil
        let call = rollCall(of: meeting)
        let quorum =
            meeting.opened.map { words(for: self.quorum(of: meeting, at: $0)) }
            ?? (isRecorded ? nil : quorumRule(of: meeting) + " needed")
        return AttendanceSheetView(
            meeting: view(of: meeting), letter: isMailed ? letter(to: reader, body: meeting.body) : nil, isRecorded: isRecorded,
            quorum: quorum, opened: meeting.opened.map { clock($0, for: meeting.body) },
            ended: meeting.ended.map { clock($0, for: meeting.body) },
            rows: isRecorded ? recorded(call, meeting) : seatings(of: meeting).map { expected($0, meeting) },
            others: isRecorded ? call.others.map { row(of: $0, "in attendance", meeting) } : expectedOthers(meeting),
            secretary: secretary(of: meeting.body))
    }

    private func recorded(_ call: RollCall, _ meeting: Meeting) -> [AttendanceRowView] {
        call.present.map { row(of: $0, "present", meeting) }
            + call.apologies.map { it in
                AttendanceRowView(
                    person: view(of: it.representative), seat: seat(of: it.representative), status: "apologies",
                    substitute: it.substitute.map { standing.name(of: $0) })
            }
            + call.absent.map { AttendanceRowView(person: view(of: $0), seat: seat(of: $0), status: "absent") }
    }

    private func row(of it: RollCall.Attender, _ status: String, _ meeting: Meeting) -> AttendanceRowView {
        let attended = view(of: it, at: meeting)
        let left = it.stretches.last?.until.flatMap { $0 < meeting.ended ?? .latest ? $0 : nil }
        return AttendanceRowView(
            person: attended.person, seat: it.representative.flatMap { seat(of: $0) }, status: status, manner: attended.manner,
            arrived: it.stretches.first.map { clock($0.from, for: meeting.body) },
            left: left.map { clock($0, for: meeting.body) }, times: attended.times, substituteFor: attended.substituteFor)
    }

    /// What somebody with a seat said beforehand.
    private func expected(_ it: Representative, _ meeting: Meeting) -> AttendanceRowView {
        let apology = apology(of: it, at: meeting)
        let holder = it.term == nil ? seatings(of: meeting).first { $0.seat == it.seat && $0.term != nil } : nil
        return AttendanceRowView(
            person: view(of: it), seat: seat(of: it),
            expected: apology == nil ? answer(of: it, at: meeting) : "sends apologies",
            substituteFor: holder.map { standing.name(of: $0.person) },
            substitute: apology?.substitute.map { standing.name(of: $0) })
    }

    func answer(of it: Representative, at meeting: Meeting) -> String {
        if apology(of: it, at: meeting) != nil { return "sends apologies" }
        return hasAccepted(it, at: meeting) ? "comes" : "has not answered"
    }

    func hasAccepted(_ it: Representative, at meeting: Meeting) -> Bool {
        it.term == nil || latestCase(of: it.id, at: meeting.id)?.announcing.contains("accepted") == true
    }

    private func expectedOthers(_ meeting: Meeting) -> [AttendanceRowView] {
        let seated = Set(seatings(of: meeting).map(\.person))
        var seen: Set<ID> = []
        return ["chair", "vice_chair", "secretary", "attendee"].flatMap { holders($0, of: meeting.body) }
            .filter { !seated.contains($0) && seen.insert($0).inserted }.map {
                AttendanceRowView(person: view(of: $0, on: meeting.body))
            }
    }

    func seat(of it: Representative) -> String? { records.seats[it.seat]?.name.nonEmpty }
}
