import Calendars
import Documents
public import Governance
import Workflows

// What people owe.
extension Papers {
    /// A duty as its reader sees it; its owner is named to others.
    func view(of owed: OwedDuty, for reader: ID?) -> DutyView {
        let owners = owed.owners.filter { $0 != reader }
        let isOwn = reader.map { owed.owners.contains($0) } ?? false
        return DutyView(
            title: owed.title, due: due(owed.duty.due, hasClock: owed.duty.dueHasClock, for: owed.body),
            remaining: owed.duty.isOpen ? remaining(owed) : nil, isOverdue: owed.isOverdue, about: about(owed, for: reader),
            owner: isOwn ? nil : enumerated(owners.map { standing.name(of: $0) }).nonEmpty, note: note(on: owed),
            basis: owed.basis,
            checklist: owed.checklist.map { ChecklistItemView(text: $0.text, isDone: $0.isDone) }, step: step(for: owed),
            answers: answers(to: owed, for: reader))
    }

    /// `Item 2 (Winter plan), Health Partnership, 17 November 2026`.
    func about(_ owed: OwedDuty, for reader: ID?) -> String? {
        let keys = standing.keys(of: owed.ofCase).all
        var words: [String] = []
        if let item = keys[.item].flatMap({ records.items[$0] }) {
            words.append("item \(number(of: item)) (\(title(of: item, for: reader)))")
        }
        if let body = owed.body { words.append(self.body(body)) }
        if let meeting = owed.meeting.flatMap({ records.meetings[$0] }) {
            words.append(date(of: meeting.start, for: meeting.body))
        }
        return words.joined(separator: ", ").nonEmpty?.capitalised
    }

    /// What follows if it is not done, and, for a report that was sent back, who wants what changed.
    private func note(on owed: OwedDuty) -> String? {
        var notes = [owed.note].compactMap { $0 }
        let it = owed.ofCase
        if it.isInState(owed.duty.state), owed.duty.state.hasSuffix("feedback.writing"), let back = it.given["return_report"] {
            let why = words("why", of: commands("return_report", in: it.id).last).map { ": \($0)" } ?? ""
            notes.append(
                "Sent back by \(back.by.map { standing.name(of: $0) } ?? "the coordinator") on "
                    + "\(date(of: back.at, for: owed.body))\(why)")
        }
        return notes.joined(separator: ". ").nonEmpty
    }

    /// How it is done: the commands that end it as done, as the program takes them.
    private func step(for owed: OwedDuty) -> String? {
        let who = owed.owners.count == 1 ? owed.owners.first.flatMap { standing.email(of: $0) } : nil
        let ends = commands(ending: owed, as: [.done])
        return owed.commands.filter { ends.contains($0.name) }.map { step(by: $0, in: owed.ofCase, as: who) }
            .joined(separator: "; or ").nonEmpty
    }

    /// `Accept: mandate do accept --case c10 --as asha@example.org`.
    func step(by command: CommandDefinition, in it: Case, as address: String?) -> String {
        "\(command.title): mandate do \(command.name) --case \(it.id)" + (address.map { " --as \($0)" } ?? "")
    }

    /// The commands by which a duty's state, or one around it, is left with the duty ended in one of these ways.
    func commands(ending owed: OwedDuty, as ways: Set<DutyEnd>) -> Set<String> {
        guard let workflow = registrar.rulebook.workflow(of: owed.ofCase) else { return [] }
        let state = owed.duty.state
        let names = workflow.transitions.compactMap { note -> String? in
            guard case .command(let name) = note.trigger, let end = note.duty, ways.contains(end),
                workflow.states.indices.contains(note.source)
            else { return nil }
            let source = workflow.states[note.source].path
            return state == source || state.hasPrefix(source + ".") || source.hasPrefix(state + ".") ? name : nil
        }
        return Set(names)
    }

    /// `in 2 working days`, `today`, `3 working days late`.
    private func remaining(_ owed: OwedDuty) -> String {
        let zone = zone(of: owed.body)
        let today = zone.civil(at: now).date
        let day = zone.civil(at: owed.duty.due).date
        if owed.isOverdue {
            let late = workingDays(after: day, through: today, for: owed.body)
            return late == 0 ? "late" : "\(counted(late, "working day")) late"
        }
        if day == today { return "today" }
        let left = workingDays(after: today, through: day, for: owed.body)
        return left == 0 ? "before the next working day" : "in \(counted(left, "working day"))"
    }

    /// How many working days there are after one day, up to another; a day about which the holiday table says nothing counts if its weekday
    /// does.
    private func workingDays(after first: CivilDate, through last: CivilDate, for body: ID?) -> Int {
        let binding = registrar.rulebook.binding(of: body)
        let policy = binding.pack.working
        var count = 0
        var date = first
        for _ in 0..<Self.mostDaysCounted where date < last {
            date = date.adding(days: 1)
            if policy.weekdaysLeftOut.contains(date.weekday) { continue }
            if policy.leavesOutHolidays, case .holiday? = binding.holidays?.status(of: date) { continue }
            count += 1
        }
        return count
    }

    private static let mostDaysCounted = 3660
}

// Checklist, digest, reminder, escalation.
extension Papers {
    /// What a person owes: overdue, to do now, later, done lately.
    public func checklist(_ person: ID, isMailed: Bool = false) throws -> ChecklistView {
        guard records.people[person] != nil else { throw PaperFailure("there is no person `\(person)`") }
        let owed = owed(by: person)
        return ChecklistView(
            person: PersonView(name: standing.name(of: person), organisation: organisations(of: person)),
            date: day(of: now, for: body(of: person)), overdue: owed.overdue.map { view(of: $0, for: person) },
            due: owed.due.map { view(of: $0, for: person) }, later: owed.later.map { view(of: $0, for: person) },
            done: doneLately(by: person).map { view(of: $0, for: person) },
            contact: body(of: person).flatMap { secretary(of: $0, unless: person) },
            letter: isMailed ? letter(to: person, body: body(of: person)) : nil)
    }

    /// Duties are to be done now from the moment at which they are shown.
    private func owed(by person: ID) -> (overdue: [OwedDuty], due: [OwedDuty], later: [OwedDuty]) {
        let all = registrar.owed(by: person, in: standing, now: now, everything: true)
        return (
            all.filter(\.isOverdue), all.filter { !$0.isOverdue && isShown($0.duty) },
            all.filter { !$0.isOverdue && !isShown($0.duty) }
        )
    }

    private func isShown(_ duty: Duty) -> Bool { duty.from.map { $0 <= now } ?? true }

    private func doneLately(by person: ID) -> [OwedDuty] {
        let since = now.adding(seconds: -Self.lately)
        return standing.duties(inCirclesOf: person).filter { duty in
            guard let ended = duty.ended, ended.how == .done, ended.at >= since else { return false }
            return registrar.owners(of: duty, in: standing).contains(person)
        }.sorted { numbered(($0.ended?.at ?? now, $0.id), ($1.ended?.at ?? now, $1.id)) }
            .compactMap { registrar.describe($0, in: standing, now: now, for: person) }
    }

    private static let lately: Int64 = 14 * 86_400

    /// The body with which a person has most to do, for the zone of their dates and whom they may ask.
    private func body(of person: ID) -> ID? {
        let seats = records.representatives(ofPerson: person)
        if let body = seats.compactMap({ records.seats[$0.seat]?.body }).first { return body }
        let bodies = standing.circles(of: person).compactMap { records.bodies[$0] }
        return bodies.filter { $0.roles.values.contains { $0.contains(person) } }.map(\.id).min(by: numbered)
    }

    private func organisations(of person: ID) -> String? {
        let names = records.representatives(ofPerson: person).filter { serves($0) }.compactMap { organisation(of: $0) }
        var seen: Set<String> = []
        return enumerated(names.filter { seen.insert($0).inserted }).nonEmpty
    }

    private func describe(_ id: ID?, for reader: ID?) throws(PaperFailure) -> OwedDuty {
        guard let id, let duty = standing.duties[id] else { throw PaperFailure("there is no duty `\(id ?? "")`") }
        guard let owed = registrar.describe(duty, in: standing, now: now, for: reader) else {
            throw PaperFailure("the workflow of the duty `\(id)` is lost")
        }
        return owed
    }

    /// One duty, before or after it is due.
    public func reminder(_ duty: ID, to person: ID?) throws -> ReminderView {
        let owed = try describe(duty, for: person)
        let meeting = owed.meeting.flatMap { records.meetings[$0] }
        let namesPapers = owed.checklist.contains { line in
            line.key.split(separator: "/").last.map { records.papers[String($0)] != nil } ?? false
        }
        return ReminderView(
            letter: letter(to: person, about: owed.ofCase), duty: view(of: owed, for: person),
            meeting: meeting.map { view(of: $0) },
            papers: meeting.flatMap { meeting in namesPapers ? allPapers(of: meeting, for: person) : nil } ?? [])
    }

    private func allPapers(of meeting: Meeting, for reader: ID?) -> [PaperView] {
        records.papers(of: meeting.id).filter { !isHidden($0, from: reader) }.map { view(of: $0, at: meeting) }
    }

    /// Word to whoever looks after an overdue duty.
    public func escalation(_ duty: ID, to person: ID?) throws -> EscalationView {
        let owed = try describe(duty, for: person)
        let owner = owed.owners.first
        let names = enumerated(owed.owners.map { standing.name(of: $0) })
        return EscalationView(
            letter: letter(to: person, about: owed.ofCase), duty: view(of: owed, for: person),
            owner: PersonView(name: names, organisation: owner.flatMap { organisations(of: $0) }),
            contact: owner.flatMap { standing.email(of: $0) },
            meeting: owed.meeting.flatMap { records.meetings[$0] }.map { view(of: $0) },
            reminded: reminded(of: owed), choices: choices(of: person, owed, names))
    }

    /// The days on which reminders of the duty were queued.
    private func reminded(of owed: OwedDuty) -> [String] {
        let duty = owed.duty
        return duty.reminders.filter { duty.settled.contains("remind.\($0.key)/\(duty.revision)") && $0.value <= now }
            .values.sorted().map { date(of: $0, for: owed.body) }
    }

    private func choices(of person: ID?, _ owed: OwedDuty, _ owners: String) -> [String] {
        let allowed = person.map { registrar.allowed(for: $0, in: owed.ofCase.id, standing: standing, now: now) } ?? []
        let ends = commands(ending: owed, as: [.done, .excused, .cancelled])
        let address = person.flatMap { standing.email(of: $0) }
        return ["Speak with \(owners)"]
            + allowed.filter { ends.contains($0.name) }.map { step(by: $0, in: owed.ofCase, as: address) }
    }

    /// One mail for one person and one day: the duties named first, then whatever else is owed by now.
    public func digest(_ person: ID, duties: [ID]) throws -> DigestView {
        let all = try duties.map { try describe($0, for: person) }
        let named = all.filter { $0.owners.contains(person) }
        let rest = owed(by: person)
        let known = Set(duties)
        let overdue = named.filter(\.isOverdue) + rest.overdue.filter { !known.contains($0.duty.id) }
        let later = rest.due.filter { !known.contains($0.duty.id) }
        return DigestView(
            letter: letter(to: person, body: body(of: person)), date: day(of: now, for: body(of: person)),
            overdue: overdue.map { view(of: $0, for: person) },
            due: named.filter { !$0.isOverdue }.map { view(of: $0, for: person) },
            later: later.map { view(of: $0, for: person) },
            watched: all.filter { !$0.owners.contains(person) }.map { view(of: $0, for: person) },
            meetings: meetingsToCome(of: person).map { view(of: $0) })
    }

    /// Word that duties are due at another moment than before.
    public func deadlinesMoved(_ person: ID, duties: [ID]) throws -> DeadlinesMovedView {
        let moved = try duties.map { try describe($0, for: person) }
        return DeadlinesMovedView(
            letter: letter(to: person, about: moved.first?.ofCase), reason: reason(forMoving: moved.first),
            duties: moved.map { view(of: $0, for: person) })
    }

    /// Why duties moved: the meeting did, or the rules by which it goes.
    private func reason(forMoving owed: OwedDuty?) -> String? {
        guard let meeting = owed?.meeting.flatMap({ records.meetings[$0] }) else { return nil }
        let moved = latestCase(of: .meeting, meeting.id)?.given["reschedule"]?.at
        if moved == now { return "The meeting is now on \(moment(meeting.start, for: meeting.body))" }
        return "The days are counted by other rules, or with other holidays, than before"
    }

    /// The next meeting of each body on which a person sits or has a role.
    private func meetingsToCome(of person: ID) -> [Meeting] {
        standing.circles(of: person).sorted(by: numbered).compactMap { body in
            records.meetings(of: body).first { meeting in
                meeting.start > now
                    && (isInsider(person, at: meeting) || holders("attendee", of: body).contains(person))
            }
        }.sorted { numbered(($0.start, $0.id), ($1.start, $1.id)) }
    }
}
