import CEL
import Calendars
import Documents
public import Governance
import Workflows

// What a representative is handed at the beginning of a term, and hands on at its end.
extension Papers {
    /// The role pack of one seat of one person.
    public func rolePack(_ id: ID, reader: ID? = nil, isMailed: Bool = false) throws -> RolePackView {
        let (it, seat) = try seated(id)
        let organisation = records.organisations[seat.organisation]
        return RolePackView(
            letter: isMailed ? letter(to: reader, body: seat.body) : nil, date: day(of: now, for: seat.body),
            person: view(of: it), body: body(seat.body), seat: seat.name,
            rights: "You may \(seat.rights == Participation.vote.name ? "speak and vote" : seat.rights)",
            term: it.term.flatMap { records.terms[$0] }.map { "\($0.start.dayAndMonth) to \($0.end.dayAndMonth)" },
            reportsTo: organisation.map { "those whom \($0.name) represents (\(counted($0.constituency.count, "recipient")))" },
            rules: rules(of: seat.body), duties: duties(of: it, seat) { $0 != "interest" },
            interests: duties(of: it, seat) { $0 == "interest" },
            meetings: meetingsAhead(of: seat.body).map { view(of: $0) }, fellows: fellows(of: it, seat),
            contacts: contacts(for: seat))
    }

    /// The handover pack of one seat of one person.
    public func handoverPack(
        _ id: ID, ofCase: ID? = nil, reader: ID? = nil, isMailed: Bool = false
    ) throws -> HandoverPackView {
        let (it, seat) = try seated(id)
        let term = it.term.flatMap { records.terms[$0] }
        let successor = records.representatives.values.filter { other in
            guard other.seat == it.seat, other.id != it.id, let start = other.term.flatMap({ records.terms[$0] })?.start else {
                return false
            }
            return term.map { start > $0.start } ?? false
        }.min { numbered($0.id, $1.id) }
        let owed = registrar.owed(by: it.person, in: standing, now: now, everything: true).filter { $0.body == seat.body }
        return HandoverPackView(
            letter: isMailed ? letter(to: reader, body: seat.body) : nil, representative: view(of: it),
            successor: successor.map { standing.name(of: $0.person) }, body: body(seat.body),
            lastDay: term?.end.dayAndMonth, isDraft: true, meetings: meetingsAhead(of: seat.body).map { view(of: $0) },
            duties: owed.map { view(of: $0, for: it.person) },
            actions: actions(of: seat.body, for: reader).filter { $0.owner == it.person && $0.isOpen }.map(\.view),
            contacts: contacts(for: seat), reports: reports(of: it),
            edited: try editedText("handover_pack", ofCase: ofCase).map { Markdown($0) })
    }

    /// Word that a representative steps down.
    public func steppingDown(_ id: ID, ofCase: ID? = nil, to person: ID?) throws -> SteppingDownView {
        let (it, seat) = try seated(id)
        let theCase = ofCase.flatMap { standing.cases[$0] }
        let lastDay = theCase?.word("last_day").flatMap { CivilDate($0) } ?? it.term.flatMap { records.terms[$0] }?.end
        return SteppingDownView(
            letter: letter(to: person, about: theCase, body: seat.body), representative: view(of: it), body: body(seat.body),
            lastDay: lastDay?.longWords ?? day(of: now, for: seat.body),
            substitute: seat.substitutes.first.map { standing.name(of: $0) })
    }

    private func seated(_ id: ID) throws(PaperFailure) -> (Representative, Seat) {
        guard let it = records.representatives[id], let seat = records.seats[it.seat] else {
            throw PaperFailure("there is no representative `\(id)`")
        }
        return (it, seat)
    }

    private func meetingsAhead(of body: ID) -> [Meeting] {
        records.meetings(of: body).filter { $0.start > now && $0.ended == nil }
    }

    private func contacts(for seat: Seat) -> [ContactView] {
        let officers = Self.offices.flatMap { role, title in
            holders(role, of: seat.body).map { person in contact(person, role: title) }
        }
        return officers + [coordinator(of: seat.organisation)].compactMap(\.self)
    }

    private func fellows(of it: Representative, _ seat: Seat) -> [ContactView] {
        records.seats(of: seat.body).filter { $0.organisation == seat.organisation && $0.id != seat.id }
            .compactMap { holder(of: $0) }.filter { $0.person != it.person }.map { contact($0.person, role: self.seat(of: $0)) }
    }

    /// The reports of the meetings that the representative attended.
    private func reports(of it: Representative) -> [PaperView] {
        standing.cases(of: "representative").filter {
            $0.subjects[.representative] == it.id && $0.given["submit_report"] != nil
        }
        .compactMap { theirs in
            theirs.subjects[.meeting].flatMap { records.meetings[$0] }.map { meeting in
                PaperView(
                    title: "Report on \(words(for: meeting))",
                    status: theirs.given["release_report"].map { "sent \(date(of: $0.at, for: meeting.body))" }
                        ?? "not sent yet")
            }
        }
    }
}

// The role as the workflows and the rules have it.
extension Papers {
    /// What the workflows ask of a representative, in the order of the files.
    private func duties(of it: Representative, _ seat: Seat, where isWanted: (String) -> Bool) -> [RoleDutyView] {
        let names = [
            "body.name": records.bodies[seat.body]?.name, "organisation.name": records.organisations[seat.organisation]?.name,
            "person.name": standing.name(of: it.person),
        ].compactMapValues(\.self)
        return registrar.rulebook.workflows.values.sorted { ($0.basis ?? "", $0.name) < ($1.basis ?? "", $1.name) }
            .filter { isWanted($0.name) }.flatMap { workflow in
                workflow.states.compactMap(\.duty).filter { $0.of == .representative }.map { duty in
                    let rule = duty.dueName.flatMap { workflow.deadlines[$0] } ?? duty.due
                    return RoleDutyView(
                        title: duty.title.plain(knowing: names), due: Self.spoken(rule.text),
                        note: duty.note?.plain(knowing: names), basis: duty.basis,
                        checklist: duty.checklist.compactMap { line in
                            if case .text(let text) = line { text.plain(knowing: names) } else { nil }
                        })
                }
            }
    }

    /// A rule of a deadline in words: the names of moments become what they are.
    static func spoken(_ rule: String) -> String {
        let alone = [
            "meeting.start": "at the meeting", "meeting.ended": "at the end of the meeting",
            "meeting.end": "at the planned end of the meeting", "term.start": "on the first day of the term",
            "term.end": "on the last day of the term",
        ]
        if let words = alone[rule] { return words }
        return [
            ("policy.notice", "the notice period"), ("meeting.start", "the meeting"),
            ("meeting.ended", "the end of the meeting"),
            ("meeting.end", "the planned end of the meeting"),
            ("term.start", "the first day of the term"), ("term.end", "the last day of the term"), ("policy.", "the rules' "),
        ].reduce(rule) { $0.replacing($1.0, with: $1.1) }
    }

    private func rules(of body: ID) -> [String] {
        let binding = registrar.rulebook.binding(of: body)
        let pack = binding.pack
        var rules = ["Rules: \(pack.title)"]
        for (name, title) in [("notice", "Notice of a meeting"), ("agenda", "Agenda"), ("papers", "Papers")] {
            if let period = pack.periods[name] { rules.append("\(title): \(period.period) before it") }
        }
        rules.append(
            "Quorum: \(pack.quorum.needed(of: records.seats(of: body).count)) of \(counted(records.seats(of: body).count, "seat"))"
        )
        rules.append(
            pack.quorum.substitutesCount ? "A substitute counts to the quorum" : "A substitute does not count to the quorum")
        rules.append(pack.quorum.remoteCounts ? "Attending remotely counts" : "Attending remotely does not count to the quorum")
        if let attendance = pack.attendance, let words = attendance.consequence.nonEmpty {
            rules.append("Attendance: \(attendance.condition.map { "after \($0): " } ?? "")\(words)")
        }
        if let review = pack.periods["review"] { rules.append("Registered interests are reviewed every \(review.period)") }
        return rules
    }
}

extension AttendancePolicy {
    /// When attendance is too little: `2 meetings missed in a row or less than 60 % of the meetings`.
    fileprivate var condition: String? {
        let parts = [
            absence.map { "no attendance for \($0)" },
            missesInARow.map { "\(counted($0, "meeting")) missed in a row" },
            leastShare.flatMap { share in
                guard share.count == 2, share[1] > 0 else { return nil }
                return "attendance at less than \(share[0] * 100 / share[1]) % of the meetings"
            },
        ].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: " or ")
    }
}

extension Text {
    /// The sentence as it holds for every case: what is not known before there is one is called by what it is (`the meeting`), or left out
    /// where nothing but a colon leads to it (`Follow up your challenge: {{what}}`).
    /// - Parameter names: what is known, by how the sentence calls it.
    func plain(knowing names: [String: String] = [:]) -> String {
        var text = ""
        for segment in segments {
            switch segment {
            case .words(let words): text += words
            case .value(let program): text += names[program.text] ?? Self.kinds[program.text] ?? "\u{2026}"
            }
        }
        return text.replacing(/: \u{2026}(?=$|, )/, with: "")
    }

    private static let kinds = [
        "matter": "the matter", "meeting.title": "the meeting", "meeting.place": "the place of the meeting",
        "item.title": "the item", "body.name": "the body",
        "organisation.name": "the organisation", "person.name": "the member", "code.title": "the code", "seat.name": "the seat",
        "consultation.title": "the consultation", "paper.title": "the paper",
        "policy.attendance.then": "what the rules lay down",
    ]
}
