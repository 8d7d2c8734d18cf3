import Calendars
import Documents
public import Governance
import Workflows

// How each seat has been filled and answered for.
extension Papers {
    /// Attendance, reports and views, per seat and body: of one body, of the seats of one organisation, or of all.
    public func accountability(
        body: ID? = nil, organisation: ID? = nil, reader: ID? = nil, isMailed: Bool = false
    ) throws -> AccountabilityView {
        if let body, records.bodies[body] == nil { throw PaperFailure("there is no body `\(body)`") }
        let bodies = body.map { [$0] } ?? records.bodies.keys.sorted(by: numbered)
        let views = bodies.map { account(of: $0, organisation) }.filter { organisation == nil || !$0.seats.isEmpty }
        let held = bodies.flatMap { heldMeetings(of: $0) }
        let period = held.min { $0.start < $1.start }.map { first in
            "\(date(of: first.start, for: first.body)) to \(date(of: now, for: first.body))"
        }
        return AccountabilityView(
            holder: organisation.flatMap { records.organisations[$0]?.name } ?? body.map { self.body($0) } ?? society,
            date: day(of: now, for: body), letter: isMailed ? letter(to: reader, body: body) : nil, period: period,
            bodies: views)
    }

    private func heldMeetings(of body: ID) -> [Meeting] { records.meetings(of: body).filter { $0.ended != nil } }

    private func account(of body: ID, _ organisation: ID?) -> AccountabilityBodyView {
        let held = heldMeetings(of: body)
        let seats = records.seats(of: body).filter { organisation == nil || $0.organisation == organisation }
        return AccountabilityBodyView(
            name: self.body(body), held: held.count,
            seats: seats.flatMap { seat in
                records.representatives.values.filter { $0.seat == seat.id && $0.term != nil }
                    .sorted { numbered($0.id, $1.id) }.map { account(of: $0, seat, held) }
            })
    }

    private func account(of it: Representative, _ seat: Seat, _ held: [Meeting]) -> AccountabilitySeatView {
        let theirs = held.filter { standing.serves(it, on: $0.day) }
        let marks = theirs.map { standing.record(of: it, at: $0) }
        let counted = { (mark: AttendancePolicy.Record) in marks.count { $0 == mark } }
        let there = counted(.attended) + counted(.represented)
        let reports = theirs.compactMap { report(of: it, at: $0) }
        return AccountabilitySeatView(
            seat: seat.name, person: view(of: it), meetings: theirs.count, attended: counted(.attended),
            represented: counted(.represented), apologised: counted(.apologised), absent: counted(.absent),
            share: theirs.isEmpty ? "none held" : "\((100 * there + theirs.count / 2) / theirs.count)%", owed: reports.count,
            sent: reports.count { $0 == .sent || $0 == .sentLate }, late: reports.count { $0 == .sentLate },
            missing: reports.count { $0 == .missing },
            views: records.answers.values.count { $0.representative == it.id },
            declared: theirs.flatMap { declarations(at: $0) }.count { $0.representative.id == it.id && !$0.isOffered })
    }

    /// How a report on a meeting stands; nil where none was owed.
    enum ReportState { case sent, sentLate, pending, missing }

    func report(of it: Representative, at meeting: Meeting) -> ReportState? {
        guard let theirs = latestCase(of: it.id, at: meeting.id), meeting.ended != nil,
            let duty = standing.duties.values.filter({ $0.ofCase == theirs.id && $0.state.hasSuffix("feedback.writing") })
                .max(by: { numbered(($0.opened, $0.id), ($1.opened, $1.id)) })
        else { return nil }
        switch duty.ended?.how {
        case nil: return duty.due < now ? .missing : .pending
        case .done?: return theirs.given["submit_report"].map { $0.at > duty.due ? .sentLate : .sent } ?? .sent
        case .lapsed?: return .missing
        case .excused?, .cancelled?: return nil
        }
    }
}
