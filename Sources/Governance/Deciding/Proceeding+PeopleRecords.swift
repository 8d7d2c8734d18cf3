import CEL
import Calendars
import Workflows

// What commands record about people, their seats, what binds them and who belongs where.
extension Proceeding {
    /// A person's name or address, which stand apart from the journal.
    mutating func changeContact(_ fields: [String: Value], of it: Case) throws(Refusal) {
        guard let person = standing.keys(of: it).all[.person] else { throw Refusal(.form, "There is no person here.") }
        let name = fields.text("name").map(standing.words)
        let email = fields.text("email").map(standing.words)
        guard name != nil || email != nil else { throw Refusal(.form, "Say the new name or the new address.") }
        if let email { try checkAddress(email, of: person) }
        keep(contact(of: person, name: name, email: email))
        apply(.recorded(.person(Person(id: person))))
    }

    private func contact(of person: ID, name: String?, email: String?) -> [PersonalValue] {
        [("name", name), ("email", email)].compactMap { part, value in
            value.map { PersonalValue(key: person + "/" + part, owner: person, value: $0) }
        }
    }

    private func checkAddress(_ email: String, of person: ID?) throws(Refusal) {
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        let isPlain = email.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != 0x2C && $0 != 0x3B && $0 != 0x3C && $0 != 0x3E }
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), isPlain, email.utf8.count <= Self.longestAddress else {
            throw Refusal(.form, "`\(email)` is no mail address.")
        }
        let wanted = email.lowercased()
        let holder = standing.records.people.keys.sorted(by: numbered).first { id in
            id != person && standing.email(of: id)?.lowercased() == wanted
        }
        if let holder { throw Refusal(.form, "`\(email)` is the address of \(standing.name(of: holder)) already.") }
    }

    /// RFC 5321, section 4.5.3.1.
    private static let longestAddress = 254

    /// Somebody who may be asked to stand in, after those who are there already.
    mutating func addSubstitute(_ fields: [String: Value]) throws(Refusal) {
        guard var seat = fields.id("seat").flatMap({ standing.records.seats[$0] }), let person = fields.id("person") else {
            throw Refusal(.form, "Who stands in for which seat?")
        }
        guard !seat.substitutes.contains(person) else {
            throw Refusal(.notNow, "\(standing.name(of: person)) is a substitute for \(seat.name) already.")
        }
        seat.substitutes.append(person)
        apply(.recorded(.seat(seat)))
    }

    /// A person takes a seat: the one named, else whoever gives the command, and these until it is filled; from a day, else as soon as the
    /// seat is free; to a day, else as long as the term before was to run.
    mutating func addTerm(_ fields: [String: Value], for it: Case) throws(Refusal) -> ID {
        guard let seat = fields.id("seat").flatMap({ standing.records.seats[$0] }),
            let person = fields.id("person") ?? behalf ?? actor
        else { throw Refusal(.form, "Who takes which seat?") }
        let today = rulebook.binding(of: seat.body).zone.civil(at: effective).date
        endInterim(of: seat.id, before: fields.text("start").flatMap { CivilDate($0) } ?? today.adding(days: 1))
        let before = standing.records.terms.values.filter { $0.seat == seat.id }.max { ($0.end, $0.id) < ($1.end, $1.id) }
        let free = max(today, before.map { $0.end.adding(days: 1) } ?? today)
        let start = fields.text("start").flatMap { CivilDate($0) } ?? free
        let planned = before.flatMap { $0.planned ?? $0.end }
        guard let end = fields.text("end").flatMap({ CivilDate($0) }) ?? planned.flatMap({ $0 > start ? $0 : nil }) else {
            throw Refusal(.form, "Say in `end` until when the term runs.")
        }
        guard end >= start else { throw Refusal(.form, "The term would end before it starts.") }
        let taken = standing.records.terms.values.filter { $0.seat == seat.id && $0.start <= end && start <= $0.end }
        if let other = taken.min(by: { numbered($0.id, $1.id) }) {
            throw Refusal(
                .rule,
                "\(seat.name) is held by \(standing.name(of: other.person)) until \(other.end.words); a term there starts after it."
            )
        }
        var term = Term(id: standing.nextID("t"), seat: seat.id, person: person, start: start, end: end)
        if fields.id("person") == nil { term.isInterim = true }
        apply(.recorded(.term(term)))
        represent([.term(term)])
        return term.id
    }

    /// Who stands in until the seat is filled goes when it is.
    private mutating func endInterim(of seat: ID, before start: CivilDate) {
        for var term in standing.records.terms.values.sorted(by: { numbered($0.id, $1.id) })
        where term.seat == seat && term.isInterim == true && term.start < start && start <= term.end {
            term.planned = term.planned ?? term.end
            term.end = start.adding(days: -1)
            apply(.recorded(.term(term)))
        }
    }

    /// A term ends on another day than was planned.
    mutating func endTerm(_ fields: [String: Value], of it: Case) throws(Refusal) {
        guard var term = standing.keys(of: it).all[.term].flatMap({ standing.records.terms[$0] }),
            let day = fields.text("last_day").flatMap({ CivilDate($0) })
        else { throw Refusal(.form, "There is no term here to end.") }
        let planned = term.planned ?? term.end
        guard day >= term.start else { throw Refusal(.form, "The term began on \(term.start.words) and cannot end before.") }
        guard day <= planned else { throw Refusal(.form, "The term ends on \(planned.words) anyhow.") }
        term.planned = day == planned ? nil : planned
        term.end = day
        apply(.recorded(.term(term)))
    }

    /// A new edition of the code of the organisation, else of the body, that the case is about; those who go by it are told.
    mutating func addCode(_ fields: [String: Value], for it: Case) throws(Refusal) {
        let keys = standing.keys(of: it).all.merging(it.subjects) { $1 }
        guard let kind = [SubjectKind.organisation, .body].first(where: { keys[$0] != nil }), let holder = keys[kind],
            let date = fields.text("date").flatMap({ CivilDate($0) })
        else { throw Refusal(.form, "Whose code is it, and of which date?") }
        let last = standing.records.codes(of: kind, holder).last
        if let last, date < last.date {
            throw Refusal(.form, "The edition in force is of \(last.date.words); a new one is not older.")
        }
        let number = (last?.number ?? 0) + 1
        apply(
            .recorded(
                .code(
                    CodeEdition(
                        id: standing.nextID("e"), holder: kind, holderID: holder, title: fields.text("title") ?? "", date: date,
                        number: number, file: fields.text("file"), recorded: effective))))
        words.append(
            .word(Word(event: "code_changed", about: [kind: holder], payload: ["edition": .int(Int64(number))], from: nil)))
    }

    /// An organisation or a person joins an organisation or leaves it. One that nobody knows yet is named by what it is called.
    mutating func changeMembership(_ fields: inout [String: Value], of it: Case) throws(Refusal) {
        guard var home = standing.keys(of: it).all[.organisation].flatMap({ standing.records.organisations[$0] }) else {
            throw Refusal(.form, "There is no organisation here to join or leave.")
        }
        try makeMember(&fields)
        let (member, person) = (fields.id("member"), fields.id("person"))
        guard member != nil || person != nil else { throw Refusal(.form, "Who joins or leaves?") }
        guard member != home.id else { throw Refusal(.form, "\(home.name) is no member of itself.") }
        let isJoining = fields.text("action") != "leave"
        if let member {
            home.members = try changed(
                home.members ?? [], member, isJoining, standing.records.organisations[member]?.name, home)
        }
        if let person { home.constituency = try changed(home.constituency, person, isJoining, standing.name(of: person), home) }
        apply(.recorded(.organisation(home)))
    }

    private func changed(
        _ list: [ID], _ id: ID, _ isJoining: Bool, _ name: String?, _ home: Organisation
    ) throws(Refusal) -> [ID] {
        guard list.contains(id) != isJoining else {
            throw Refusal(
                .notNow, "\(name ?? id) is \(isJoining ? "a member of \(home.name) already" : "no member of \(home.name)").")
        }
        return isJoining ? list + [id] : list.filter { $0 != id }
    }

    /// The records of an organisation or a person that the form names and the society did not know.
    private mutating func makeMember(_ fields: inout [String: Value]) throws(Refusal) {
        if let name = fields.text("new_organisation") {
            if let known = standing.records.organisations.values.first(where: { $0.name.lowercased() == name.lowercased() }) {
                throw Refusal(.form, "There is an organisation of that name: name \(known.id) as `member`.")
            }
            let id = standing.nextID("o")
            apply(.recorded(.organisation(Organisation(id: id, name: name))))
            fields["member"] = subject(.organisation, id)
        }
        guard let name = fields.text("new_person").map(standing.words) else { return }
        let email = fields.text("email").map(standing.words)
        if let email { try checkAddress(email, of: nil) }
        let id = standing.nextID("p")
        keep(contact(of: id, name: name, email: email))
        apply(.recorded(.person(Person(id: id))))
        fields["person"] = subject(.person, id)
    }

    /// A row of a register about the subject of its kind that the case implies.
    mutating func addRow(to register: RegisterDefinition, _ fields: [String: Value], for it: Case) throws(Refusal) {
        let keys = SubjectKeys(named: it.subjects, in: standing).all
        guard let about = keys[register.about] else {
            throw Refusal(.form, "\(register.title): there is no \(register.about.rawValue) here that it could be about.")
        }
        let own = fields.filter { pair in register.fields.contains { $0.name == pair.key } }
        apply(
            .recorded(
                .row(
                    RegisterRow(
                        id: standing.nextID("g"), register: register.name, kind: register.about, about: about, fields: own,
                        by: behalf ?? actor, ofCase: it.id, recorded: effective))))
    }
}
