import CEL
import Calendars
import Documents
public import Governance
import Workflows

// What stands in a case, for the documents of workflows that have no view of their own.
//
// A template finds: `title`, `date`, `society`, `letter`; each subject by its kind (`organisation.name`, `person.name`, `term.start`); the
// case's variables, deadlines (in words) and conditions (flags) by name; `given.COMMAND` with `by` and `date`; `states.PATH` (a flag, with
// `_` for `.`); the cases that belong to it under their plural; `registers.NAME`, a list of rows; `code` with `title`, `date`, `edition`;
// `duties`, what was owed in it and in the cases about it, each with its `basis`, and `owed`, the same by title; `withdrawn`, where the
// register that bears the document's name holds what was published no more; `texts.DOCUMENT`, drafts as somebody edited them.
extension Papers {
    /// The values of a case. What is shown to some only is left out for others.
    public func caseValues(_ id: ID, reader: ID?, isMailed: Bool = false) throws -> ViewValue {
        let it = try theCase(id)
        guard let workflow = registrar.rulebook.workflow(of: it) else {
            throw PaperFailure("the workflow of the case `\(id)` is lost")
        }
        let world = world(of: it, workflow)
        let body = world.keys.all[.body]
        var values = summary(of: it, workflow, world, for: reader)
        for (kind, subject) in world.keys.all { values[kind.rawValue] = thing(kind, subject, for: reader) }
        for (name, moment) in it.deadlines { values[name] = .text(words(forDeadline: moment, for: body)) }
        for name in workflow.deadlines.keys where values[name] == nil { values[name] = ViewValue.none }
        for name in workflow.conditions.keys { values[name] = .flag(world.value(named: name) == .bool(true)) }
        for other in registrar.rulebook.workflows.values {
            let plural = Vocabulary.plural(other.name)
            guard values[plural] == nil, case .list(let related)? = world.value(named: plural) else { continue }
            values[plural] = .list(related.compactMap { row(of: $0, for: reader) })
        }
        let registers = registrar.rulebook.workflows.values.flatMap(\.registers).map { register -> (String, ViewValue) in
            let rows = standing.rows(of: register.name, for: world.keys).filter { registrar.rulebook.stands($0, in: standing) }
            return (register.name, ViewValue.list(rows.map { row($0, register, reader) }))
        }
        values[Vocabulary.registers] = .map(Dictionary(registers) { first, _ in first })
        let code = records.code(for: world.keys.all)
        values["code"] =
            code.map {
                .map(["title": .text($0.title), "date": .text($0.date.dayAndMonth), "edition": .number($0.number)])
            } ?? ViewValue.none
        values["date"] = .text(day(of: now, for: body))
        values["society"] = .text(society)
        values["duties"] = .list(duties(of: it))
        values["owed"] = .list(owed(in: it))
        values["letter"] = isMailed ? caseLetter(to: reader, it, body).viewValue : ViewValue.none
        return .map(values)
    }

    private func world(of it: Case, _ workflow: Workflow) -> CaseWorld {
        CaseWorld(of: it, workflow: workflow, standing: standing, rulebook: registrar.rulebook, now: now)
    }

    private func caseLetter(to reader: ID?, _ it: Case, _ body: ID?) -> LetterView {
        let organisation = standing.keys(of: it).all[.organisation]
        return letter(to: reader, about: it, ask: body == nil ? coordinator(of: organisation) : nil)
    }

    /// What a case says of itself: its title, variables, what was done and where it stands.
    private func summary(
        of it: Case, _ workflow: Workflow, _ world: CaseWorld, for reader: ID?
    ) -> [String: ViewValue] {
        var values: [String: ViewValue] = [
            "title": .text(workflow.title), "case": .text(it.id), "ended": .flag(!it.isOpen),
            "began": .text(date(of: it.began, for: world.keys.all[.body])),
        ]
        for variable in workflow.variables {
            let isShown = isShown(variable.type, of: it, to: reader)
            values[variable.name] = isShown ? show(it.variables[variable.name] ?? .null, world, for: reader) : ViewValue.none
        }
        let given = workflow.commands.map { command in
            (command.name, it.given[command.name].map { self.given($0, world.keys.all[.body]) } ?? ViewValue.none)
        }
        values["given"] = .map(Dictionary(uniqueKeysWithValues: given))
        let states = workflow.states.filter { !$0.isSynthetic }.map { note in
            (String(note.path.map { $0 == "." ? "_" : $0 }), ViewValue.flag(it.isInState(note.path)))
        }
        values["states"] = .map(Dictionary(states) { first, second in first == .flag(true) ? first : second })
        let texts = workflow.documents.map { document in
            (document, ((try? told(document, ofCase: it.id)) ?? nil).map { ViewValue.markdown($0) } ?? ViewValue.none)
        }
        values["texts"] = .map(Dictionary(uniqueKeysWithValues: texts))
        return values
    }

    /// A deadline at the end of a day is that day.
    private func words(forDeadline moment: Instant, for body: ID?) -> String {
        let zone = zone(of: body)
        let isWholeDay = moment == zone.end(of: zone.civil(at: moment).date)
        return due(moment, hasClock: !isWholeDay, for: body)
    }

    /// A moment at the end of a day is that day; seconds are nobody's business.
    private func words(forMoment moment: Instant, for body: ID?) -> String {
        let zone = zone(of: body)
        let day = date(of: moment, for: body)
        let isWholeDay = moment == zone.end(of: zone.civil(at: moment).date)
        return isWholeDay ? day : "\(day), \(clock(moment, for: body))"
    }

    /// A choice as people say it: `service users` for `service_users`. What anybody wrote is left as it is.
    private static func choiceWords(_ words: String) -> String {
        let isName = words.contains("_") && words.allSatisfy { $0 == "_" || $0.isASCII && ($0.isLowercase || $0.isNumber) }
        return isName ? String(words.map { $0 == "_" ? " " : $0 }) : words
    }

    /// What was owed in a case and in those about it, oldest first.
    private func duties(of it: Case) -> [ViewValue] {
        let found = standing.duties.values.filter { duty in
            duty.ofCase == it.id || standing.cases[duty.ofCase]?.subjects.values.contains(it.id) ?? false
        }.sorted { numbered($0.id, $1.id) }
        return found.compactMap { registrar.describe($0, in: standing, now: now) }.map { owed in
            .map([
                "title": .text(owed.title), "basis": .text(owed.basis),
                "due": .text(due(owed.duty.due, hasClock: owed.duty.dueHasClock, for: owed.body)),
                "owner": .text(enumerated(owed.owners.map { standing.name(of: $0) })),
                "ended": owed.duty.ended.map { .text($0.how.rawValue) } ?? ViewValue.none,
                "ended_on": owed.duty.ended.map { .text(date(of: $0.at, for: owed.body)) } ?? ViewValue.none,
            ])
        }
    }

    /// The same, with those of one title in one line: what became of each, and when the last was done.
    private func owed(in it: Case) -> [ViewValue] {
        let found = standing.duties.values.filter { duty in
            duty.ofCase == it.id || standing.cases[duty.ofCase]?.subjects.values.contains(it.id) ?? false
        }.sorted { numbered($0.id, $1.id) }.compactMap { registrar.describe($0, in: standing, now: now) }
        var titles: [String] = []
        for owed in found where !titles.contains(owed.title) { titles.append(owed.title) }
        return titles.compactMap { title in
            let alike = found.filter { $0.title == title }
            guard let first = alike.first else { return nil }
            let ends = DutyEnd.allCases.compactMap { end -> String? in
                let count = alike.count { $0.duty.ended?.how == end }
                return count == 0 ? nil : alike.count == 1 ? end.rawValue : "\(count) \(end.rawValue)"
            }
            let open = alike.filter(\.duty.isOpen)
            let waiting = open.map(\.duty.due).min().map { due in
                (alike.count == 1 ? "" : "\(open.count) ") + "open, due \(date(of: due, for: first.body))"
            }
            let last = alike.compactMap(\.duty.ended).filter { $0.how == .done }.map(\.at).max()
            return .map([
                "title": .text(title), "basis": .text(first.basis),
                "tally": .text((ends + [waiting].compactMap(\.self)).joined(separator: ", ")),
                "last": last.map { .text(date(of: $0, for: first.body)) } ?? ViewValue.none,
            ])
        }
    }

    private func given(_ given: Case.Given, _ body: ID?) -> ViewValue {
        .map([
            "by": given.by.map { .text(standing.name(of: $0)) } ?? ViewValue.none,
            "date": .text(date(of: given.at, for: body)),
        ])
    }

    private func isShown(_ type: FieldType, of it: Case, to reader: ID?) -> Bool {
        if type.shownTo.isEmpty { return true }
        guard let reader else { return false }
        return type.shownTo.contains { standing.people($0, of: it).contains(reader) }
            || standing.keys(of: it).all[.person] == reader
    }

    /// A value for people. A case stands with its own values, other things by their names.
    private func show(_ value: Value, _ world: CaseWorld, for reader: ID?) -> ViewValue {
        switch value {
        case .null: return .none
        case .bool(let flag): return .flag(flag)
        case .int(let number): return .number(Int(number))
        case .string(let text):
            guard mayRead(text, world, reader) else { return .none }
            let words = standing.words(text)
            return .text(CivilDate(words)?.dayAndMonth ?? Self.choiceWords(words))
        case .timestamp(let stamp): return .text(self.words(forMoment: Instant(stamp), for: world.keys.all[.body]))
        case .list(let values): return .list(values.map { show($0, world, for: reader) })
        case .map(let map):
            let named = map.map { (world.plain($0.key), show($0.value, world, for: reader)) }
            return .map(Dictionary(named) { first, _ in first })
        case .object(let reference): return row(of: .object(reference), for: reader) ?? .text(world.plain(value))
        default: return .text(world.plain(value))
        }
    }

    /// Whether the reader may read what was written in a form, wherever it has got to since: its field says to whom it is shown.
    private func mayRead(_ text: String, _ world: CaseWorld, _ reader: ID?) -> Bool {
        guard text.hasPrefix(PersonalValue.mark), let name = text.split(separator: "/").last else { return true }
        let fields = world.workflow.commands.flatMap(\.allFields).filter { $0.name == name }
        return fields.allSatisfy { isShown($0.type, of: world.it, to: reader) }
    }

    /// A related case with its subjects.
    private func row(of value: Value, for reader: ID?) -> ViewValue? {
        guard case .object(let reference) = value, let it = standing.cases[reference.id],
            let workflow = registrar.rulebook.workflow(of: it)
        else { return nil }
        let world = world(of: it, workflow)
        var values = summary(of: it, workflow, world, for: reader)
        for (kind, id) in world.keys.all { values[kind.rawValue] = thing(kind, id, for: reader) }
        return .map(values)
    }

    /// A row of a register, with the date and the one who recorded it.
    private func row(_ row: RegisterRow, _ register: RegisterDefinition, _ reader: ID?) -> ViewValue {
        var values: [String: ViewValue] = [
            "recorded": .text(date(of: row.recorded, for: nil)),
            "by": row.by.map { .text(standing.name(of: $0)) } ?? ViewValue.none,
            "about": .text(name(row.kind, row.about)),
        ]
        guard let home = standing.cases[row.ofCase], let workflow = registrar.rulebook.workflow(of: home) else {
            return .map(values)
        }
        let world = world(of: home, workflow)
        for field in register.fields {
            let isShown = isShown(field.type, of: home, to: reader)
            values[field.name] = isShown ? show(row.fields[field.name] ?? .null, world, for: reader) : ViewValue.none
        }
        return .map(values)
    }

    private func thing(_ kind: SubjectKind, _ id: ID, for reader: ID?) -> ViewValue {
        if kind.isCase { return row(of: .object(Reference(kind: kind.objectKind, id: id)), for: reader) ?? .none }
        if kind == .meeting, let meeting = records.meetings[id] { return view(of: meeting).viewValue }
        var values: [String: ViewValue] = ["name": .text(name(kind, id)), "id": .text(id)]
        if kind == .term, let term = records.terms[id] {
            values["start"] = .text(term.start.dayAndMonth)
            values["end"] = .text(term.end.dayAndMonth)
        }
        return .map(values)
    }

    func name(_ kind: SubjectKind, _ id: ID) -> String {
        switch kind {
        case .person: standing.name(of: id)
        case .organisation: records.organisations[id]?.name ?? id
        case .body: body(id)
        case .seat: records.seats[id]?.name ?? id
        case .term: records.terms[id].map { standing.name(of: $0.person) } ?? id
        case .representative: records.representatives[id].map { standing.name(of: $0.person) } ?? id
        case .item: records.items[id]?.title ?? id
        case .paper: records.papers[id]?.title ?? id
        case .meeting: records.meetings[id].map { words(for: $0) } ?? id
        case .ofCase: id
        }
    }
}

// Registers as they are printed.
extension Papers {
    /// The rows of a declared register. Who holds no office reads those of a public one alone, and never what is shown to some.
    public func rows(of name: String, reader: ID?) throws -> RegisterRowsView {
        guard let register = registrar.rulebook.register(named: name) else {
            throw PaperFailure("there is no register `\(name)`")
        }
        let rows = standing.rows(of: name).filter { register.isPublic || isKeeper(reader, of: $0) }
        let fields = register.fields.filter { register.isPublic ? !isPersonal($0) || reader != nil : true }
        return RegisterRowsView(
            title: register.title, date: day(of: now, for: nil),
            columns: ["about"] + fields.map { spaced($0.name) } + ["recorded"],
            rows: rows.map { row in
                guard registrar.rulebook.stands(row, in: standing) else {
                    return withdrawn(row, of: fields.count)
                }
                guard case .map(let values) = self.row(row, register, reader) else { return RegisterRowView(cells: []) }
                return RegisterRowView(cells: (["about"] + fields.map(\.name) + ["recorded"]).map { cell(values[$0]) })
            })
    }

    /// What a row that stands no more shows: whom it was about, and when.
    private func withdrawn(_ row: RegisterRow, of count: Int) -> RegisterRowView {
        let blanks = (0..<count).map { $0 == 0 ? "withdrawn" : "" }
        return RegisterRowView(cells: [name(row.kind, row.about)] + blanks + [date(of: row.recorded, for: nil)])
    }

    private func isPersonal(_ field: Field) -> Bool { !field.type.shownTo.isEmpty }

    private func spaced(_ name: String) -> String { String(name.map { $0 == "_" ? " " : $0 }) }

    private func cell(_ value: ViewValue?) -> String {
        switch value {
        case .text(let text)?: text
        case .number(let number)?: String(number)
        case .flag(let flag)?: flag ? "yes" : "no"
        case .list(let list)?: list.map { cell($0) }.joined(separator: ", ")
        default: ""
        }
    }

    /// Whether somebody may read a row of a register that is not public: the one whom it is about, and those who may work for others on
    /// the case in which it was recorded.
    private func isKeeper(_ reader: ID?, of row: RegisterRow) -> Bool {
        guard let reader else { return false }
        guard let home = standing.cases[row.ofCase] else { return row.about == reader }
        return row.about == reader || standing.keys(of: home).all[.person] == reader || standing.mayRecord(reader, for: home)
    }
}
