import Calendars
import Documents
public import Governance
import Workflows

// The register of interests.
extension Papers {
    /// The interests that those with a seat on a body, or on any, have declared, seat by seat. A deferred item's interest counts once.
    /// Kind and nature of a sensitive one are there for the secretary and the chair alone.
    public func register(_ body: ID? = nil, reader: ID? = nil, isMailed: Bool = false) throws -> RegisterView {
        if let body, records.bodies[body] == nil { throw PaperFailure("there is no body `\(body)`") }
        let bodies = body.map { [$0] } ?? records.bodies.keys.sorted(by: numbered)
        let isFull = bodies.contains { isOfficer(reader, of: $0) }
        return RegisterView(
            holder: body.map { self.body($0) } ?? society, date: day(of: now, for: body),
            status: isFull ? "In full, for the secretary and the chair" : "As published",
            entries: bodies.flatMap { entries(ofRegister: $0, for: reader) }, secretary: body.flatMap { secretary(of: $0) },
            letter: isMailed ? letter(to: reader, body: body) : nil)
    }

    private func entries(ofRegister body: ID, for reader: ID?) -> [RegisterEntryView] {
        let declared = records.meetings.values.filter { $0.body == body }.sorted {
            numbered(($0.start, $0.id), ($1.start, $1.id))
        }
        .flatMap { declarations(at: $0) }
        let carried = Set(declared.compactMap { $0.ofCase.thing("continues") })
        let latest = declared.filter { !carried.contains($0.ofCase.id) }
        let holders = records.seats(of: body).flatMap { seat in
            records.representatives.values.filter { it in
                it.seat == seat.id && (serves(it) || latest.contains { $0.representative.id == it.id })
            }.sorted { numbered($0.id, $1.id) }
        }
        return holders.map { it in entry(of: it, latest.filter { $0.representative.id == it.id }, reader) }
    }

    private func entry(of it: Representative, _ declared: [Declaration], _ reader: ID?) -> RegisterEntryView {
        RegisterEntryView(
            person: view(of: it), interests: registered(by: it, reader) + declared.map { interest($0, reader) },
            reviewed: lastAnswer(of: it).map { date(of: $0, for: records.seats[it.seat]?.body) })
    }

    /// The interests registered for the term; one that has ended stands there as long as the rules say.
    private func registered(by it: Representative, _ reader: ID?) -> [RegisteredInterestView] {
        let body = records.seats[it.seat]?.body
        let isOfficer = body.map { self.isOfficer(reader, of: $0) } ?? false
        return records.interests.values.filter { $0.representative == it.id && isPublished($0, body) }
            .sorted { numbered($0.id, $1.id) }.map { interest in
                let mayKnow = !interest.isSensitive || isOfficer || reader == it.person
                let words = [standing.words(interest.organisation), standing.words(interest.nature)].filter { !$0.isEmpty }
                return RegisteredInterestView(
                    kind: mayKnow ? interest.kind : nil, nature: mayKnow ? words.joined(separator: ": ") : nil,
                    isSensitive: interest.isSensitive,
                    standing: interest.until == nil ? "actual" : "no longer held", since: interest.since.words,
                    until: interest.until?.words)
            }
    }

    private func isPublished(_ interest: RegisteredInterest, _ body: ID?) -> Bool {
        guard let until = interest.until else { return true }
        let binding = registrar.rulebook.binding(of: body)
        let period = binding.pack.periods["publication"]
        guard period != nil, case .success(let rule) = DeadlineRule.parse("policy.publication after interest.ended"),
            case .success(let end) = rule.evaluate(
                in: DeadlineFacts(
                    zone: binding.zone, holidays: binding.holidays, counting: binding.pack.counting,
                    working: binding.pack.working, anchor: { _ in .date(until) }, period: { _ in period }), explained: false)
        else { return true }
        return now <= end.instant
    }

    private func interest(_ it: Declaration, _ reader: ID?) -> RegisteredInterestView {
        let body = it.meeting.body
        let mayKnow = (!it.isSensitive || isOfficer(reader, of: body)) && !isHidden(it.item, from: reader)
        let subject = "\(title(of: it.item, for: reader)), \(date(of: it.meeting.start, for: body))"
        return RegisteredInterestView(
            kind: !it.isSensitive || isOfficer(reader, of: body) ? it.kind : nil,
            nature: mayKnow ? "\(it.nature) (\(subject))" : it.isSensitive ? nil : subject,
            isSensitive: it.isSensitive, standing: it.dropped == nil ? nil : "no longer held",
            since: date(of: firstDeclared(it), for: body), until: it.dropped.map { date(of: $0, for: body) })
    }

    /// When an interest that came over with deferred items was first declared.
    private func firstDeclared(_ it: Declaration) -> Instant {
        var first = it.ofCase
        for _ in 0..<Self.longestChain {
            guard let earlier = first.thing("continues").flatMap({ standing.cases[$0] }), earlier.id != first.id else { break }
            first = earlier
        }
        return first.began
    }

    private static let longestChain = 1000

    /// When somebody last declared an interest, or that they have none.
    private func lastAnswer(of it: Representative) -> Instant? {
        standing.cases(of: "representative").filter { $0.subjects[.representative] == it.id }
            .flatMap { [$0.given["declare"]?.at, $0.given["declare_none"]?.at] }
            .compactMap { $0 }.reduce(records.reviews[it.id]?.at) { max($0 ?? $1, $1) }
    }
}
