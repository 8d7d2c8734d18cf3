import Calendars
import Documents
public import Governance
import Workflows

// The coordinator's report.
extension Papers {
    /// What wants attention: of the seats of one organisation, or of those that the reader coordinates, or of all.
    public func overview(organisation: ID? = nil, reader: ID? = nil, isMailed: Bool = false) throws -> OverviewView {
        let own = reader.map { reader in
            records.organisations.values.filter { ($0.roles["coordinator"] ?? []).contains(reader) }.map(\.id)
        }
        let scope = Set(organisation.map { [$0] } ?? own ?? [])
        var view = OverviewView(
            holder: enumerated(scope.sorted(by: numbered).compactMap { records.organisations[$0]?.name }).nonEmpty ?? society,
            date: day(of: now, for: nil), letter: isMailed ? letter(to: reader) : nil, overdue: overdue(scope, reader),
            unreported: unreported(scope),
            vacant: seats(scope).filter { holder(of: $0) == nil }.map { line($0, "the seat is vacant") },
            unsubstituted: seats(scope).filter { $0.substitutes.isEmpty }.map { seat in
                line(seat, "no substitute is named", who: holder(of: seat))
            }, unreviewed: unreviewed(scope), absent: absent(scope))
        view.isClear = [view.overdue, view.unreported, view.vacant, view.unsubstituted, view.unreviewed, view.absent]
            .allSatisfy(\.isEmpty)
        return view
    }

    private func seats(_ scope: Set<ID>) -> [Seat] {
        records.seats.values.filter { scope.isEmpty || scope.contains($0.organisation) }
            .sorted { (body($0.body), $0.name, $0.id) < (body($1.body), $1.name, $1.id) }
    }

    private func line(_ seat: Seat, _ what: String, who: Representative? = nil) -> OverviewLineView {
        OverviewLineView(
            body: body(seat.body), who: who.map { standing.name(of: $0.person) },
            organisation: records.organisations[seat.organisation]?.name, what: "\(seat.name): \(what)")
    }

    /// Duties past their due moment of cases that the organisations have to do with.
    private func overdue(_ scope: Set<ID>, _ reader: ID?) -> [OverviewLineView] {
        let late = standing.duties.values.filter { $0.isOpen && $0.due < now }.compactMap {
            duty -> (Instant, OverviewLineView)? in
            // Who is not named is nobody: what is kept from anyone is kept from them.
            guard let owed = registrar.describe(duty, in: standing, now: now, for: reader ?? "") else { return nil }
            let organisation = standing.keys(of: owed.ofCase).all[.organisation]
            guard scope.isEmpty || organisation.map({ scope.contains($0) }) == true else { return nil }
            let view = self.view(of: owed, for: nil)
            return (
                duty.due,
                OverviewLineView(
                    body: owed.body.map { body($0) } ?? society, who: view.owner,
                    organisation: organisation.flatMap { records.organisations[$0]?.name }, what: owed.title,
                    when: "due \(view.due ?? ""), \(view.remaining ?? "")",
                    note: about(owed, for: reader).flatMap { $0 == owed.body.map { body($0) } ? nil : $0 })
            )
        }
        return late.sorted { ($0.1.body, $0.0, $0.1.what, $0.1.who ?? "") < ($1.1.body, $1.0, $1.1.what, $1.1.who ?? "") }
            .map { $0.1 }
    }

    /// Meetings that were held and have not been reported back from: nothing sent yet, or not to everyone.
    private func unreported(_ scope: Set<ID>) -> [OverviewLineView] {
        let waiting = [
            ("feedback.writing", "the report is not written"), ("feedback.checking", "the report waits to be checked"),
            ("feedback.unreached", "some were not reached"),
        ]
        return standing.cases(of: "representative").filter(\.isOpen).compactMap { it -> (Meeting, OverviewLineView)? in
            let keys = standing.keys(of: it).all
            guard let meeting = keys[.meeting].flatMap({ records.meetings[$0] }), let ended = meeting.ended,
                let organisation = keys[.organisation], scope.isEmpty || scope.contains(organisation),
                let state = waiting.first(where: { it.isIn($0.0) })
            else { return nil }
            return (
                meeting,
                OverviewLineView(
                    body: body(meeting.body), who: keys[.person].map { standing.name(of: $0) },
                    organisation: records.organisations[organisation]?.name, what: state.1.capitalised,
                    when: "held \(date(of: ended, for: meeting.body))")
            )
        }.sorted { ($0.1.body, $0.0.start, $0.1.who ?? "") < ($1.1.body, $1.0.start, $1.1.who ?? "") }.map(\.1)
    }

    private func unreviewed(_ scope: Set<ID>) -> [OverviewLineView] {
        records.bodies.keys.sorted(by: numbered).flatMap { body in
            registrar.forecastReviews(of: body, in: standing, now: now).filter {
                $0.isOverdue && isWithin(scope, $0.representative)
            }
            .map { it in
                let due = (try? it.due.get()).map { "due \($0.date.dayAndMonth)" }
                return OverviewLineView(
                    body: self.body(body), who: standing.name(of: it.person), organisation: organisation(of: it.representative),
                    what: "Registered interests are to be reviewed", when: due,
                    note: "Last reviewed: \(it.reviewed.map { date(of: $0, for: body) } ?? "never")")
            }
        }
    }

    private func absent(_ scope: Set<ID>) -> [OverviewLineView] {
        records.bodies.keys.sorted(by: numbered).flatMap { body in
            registrar.forecastAttendance(of: body, in: standing, now: now)
                .filter { $0.isTooLittle && isWithin(scope, $0.representative) }.map { it in
                    let attended = it.records.count { $0 == .attended }
                    return OverviewLineView(
                        body: self.body(body), who: standing.name(of: it.person),
                        organisation: organisation(of: it.representative),
                        what: "\(attended) of \(it.records.count) meetings attended",
                        when: "last \(it.lastAttended?.dayAndMonth ?? "never")", note: it.consequence.nonEmpty)
                }
        }
    }

    private func isWithin(_ scope: Set<ID>, _ representative: ID) -> Bool {
        guard !scope.isEmpty else { return true }
        let seat = records.representatives[representative].flatMap { records.seats[$0.seat] }
        return seat.map { scope.contains($0.organisation) } ?? false
    }

    private func organisation(of representative: ID) -> String? {
        records.representatives[representative].flatMap { organisation(of: $0) }
    }
}
