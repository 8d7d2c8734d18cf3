import Calendars
import Workflows

/// What the entries of the journal add up to.
public struct Standing: Sendable {
    public var records = Records()
    public var cases: [ID: Case] = [:]
    public var duties: [ID: Duty] = [:]
    /// By case and document: `c3/minutes`.
    public var drafts: [String: Draft] = [:]
    /// The highest number given to each kind of id: `m` → 3 after `m3`.
    public var numbers: [String: Int] = [:]
    /// Personal values by key (`p7/name`); not from the journal, and not part of what replay must give.
    public var personal: [String: String] = [:]
    /// The moment up to which it stands.
    public var moment = Instant.earliest
    /// The bodies whose circles are at hand, where not all are; nil: everything is.
    public var circles: Set<ID>?
    /// By person.
    public var erasures: [ID: Erasure] = [:]
    /// Files that told of erased people, each with the one in its place.
    public var replacedFiles: [String: String] = [:]
    /// What is found again and again, worked out from the rest.
    private var index = Index()

    public init() {}

    /// A workflow with the subjects of a case: few cases share it.
    private struct CaseName: Hashable {
        var workflow: String
        var subjects: [SubjectKind: ID]
    }

    private struct Index: Sendable {
        /// In the order in which they began.
        var openCases: [String: [ID]] = [:]
        var openDuties: [ID: [ID]] = [:]
        var dutiesOfCase: [ID: [ID]] = [:]
        var casesOfWorkflow: [String: [ID]] = [:]
        var casesOfSubjects: [CaseName: [ID]] = [:]
        /// Cases in a state that announces the word.
        var announcing: [String: Set<ID>] = [:]
        var keys: [ID: SubjectKeys] = [:]
        /// By body, "" for those about no body: its cases, in the order in which they began.
        var casesOfCircle: [ID: [ID]] = [:]
        /// The open ones of these.
        var openOfCircle: [ID: [ID]] = [:]
        /// Bodies with which a person has to do, or had.
        var circlesOfPerson: [ID: Set<ID>] = [:]

        mutating func note(_ it: Case) {
            casesOfWorkflow[it.workflow, default: []].append(it.id)
            casesOfSubjects[CaseName(workflow: it.workflow, subjects: it.subjects), default: []].append(it.id)
        }

        mutating func close(_ it: Case, circle: ID) {
            openCases[it.family]?.removeAll { $0 == it.id }
            if openCases[it.family]?.isEmpty ?? false { openCases[it.family] = nil }
            openOfCircle[circle]?.removeAll { $0 == it.id }
        }
    }
}

extension Standing {
    /// Folds one entry in; asks nothing, decides nothing.
    public mutating func evolve(_ entry: Entry) {
        for change in entry.changes { apply(change) }
        moment = max(moment, entry.effective)
    }

    public mutating func apply(_ change: Change) {
        switch change {
        case .recorded(let record):
            records.keep(record)
            note(record)
        case .began(let began):
            cases[began.id] = began
            count(began.id)
            index.openCases[began.family, default: []].append(began.id)
            index.note(began)
            noteKeys(of: began)
        case .moved(let move):
            for word in cases[move.ofCase]?.announcing ?? [] { index.announcing[word]?.remove(move.ofCase) }
            cases[move.ofCase]?.take(move)
            for word in move.announcing { index.announcing[word, default: []].insert(move.ofCase) }
            if !move.variables.isEmpty { notePeople(in: move.ofCase) }
        case .ended(let id, let ending, let at):
            cases[id]?.ended = at
            cases[id]?.ending = ending
            if let it = cases[id] { index.close(it, circle: circle(of: it) ?? "") }
            if ending == .closed {
                for word in cases[id]?.announcing ?? [] { index.announcing[word]?.remove(id) }
                cases[id]?.announcing = []
            }
        case .given(let id, let command, let by, let at):
            cases[id]?.given[command] = Case.Given(by: by, at: at)
        case .deadlines(let id, let named, let moments):
            cases[id]?.deadlines = named
            cases[id]?.moments = moments
        case .woken(let id, let moment, let at):
            cases[id]?.woken[moment] = at
        case .ticked(let id, let state, let line, let isDone):
            if isDone {
                cases[id]?.ticks[state, default: []].insert(line)
            } else {
                cases[id]?.ticks[state]?.remove(line)
            }
        case .drafted(let draft):
            drafts[draft.ofCase + "/" + draft.document] = draft
        case .mailed(let mailing): count(mailing.id)
        case .told, .occurrenceWithdrawn: break
        case .erased(let erasure): keep(erasure)
        case .pinned(let id, let pins): cases[id]?.pins = pins
        case .migrated(let migration):
            for word in cases[migration.ofCase]?.announcing ?? [] { index.announcing[word]?.remove(migration.ofCase) }
            cases[migration.ofCase]?.take(migration)
            for word in migration.announcing { index.announcing[word, default: []].insert(migration.ofCase) }
            notePeople(in: migration.ofCase)
        case .dutyOpened, .dutyEnded, .dutyMoved, .occurrenceSettled: applyToDuty(change)
        }
    }

    private mutating func applyToDuty(_ change: Change) {
        switch change {
        case .dutyOpened(let duty):
            duties[duty.id] = duty
            count(duty.id)
            index.openDuties[duty.ofCase, default: []].append(duty.id)
            index.dutiesOfCase[duty.ofCase, default: []].append(duty.id)
        case .dutyEnded(let id, let how, let at):
            duties[id]?.ended = Duty.Ended(how: how, at: at)
            if let home = duties[id]?.ofCase { index.openDuties[home]?.removeAll { $0 == id } }
        case .dutyMoved(let duty): duties[duty.id] = duty
        case .occurrenceSettled(let id, let occurrence, _):
            duties[id]?.settled.insert(occurrence)
        default: break
        }
    }

    private mutating func note(_ record: Record) {
        switch record {
        case .person(let it): count(it.id)
        case .organisation(let it):
            count(it.id)
            noteMembers(of: it)
        case .body(let it):
            count(it.id)
            noteMembers(Array(it.roles.values.joined()), of: it.id)
        case .seat(let it):
            count(it.id)
            noteMembers(it.substitutes, of: it.body)
            if let organisation = records.organisations[it.organisation] { noteMembers(of: organisation) }
            refreshKeys()
        case .term(let it):
            count(it.id)
            if let seat = records.seats[it.seat] { noteMembers([it.person], of: seat.body) }
            refreshKeys()
        case .representative(let it):
            count(it.id)
            if let seat = records.seats[it.seat] { noteMembers([it.person], of: seat.body) }
            refreshKeys()
        case .meeting(let it): count(it.id)
        case .roll, .review: break
        case .item(let it): count(it.id)
        case .paper(let it): count(it.id)
        case .answer(let it): count(it.id)
        case .interest(let it): count(it.id)
        case .code(let it): count(it.id)
        case .row(let it): count(it.id)
        }
    }

    /// What subjects imply follows the roster.
    private mutating func refreshKeys() {
        guard !cases.isEmpty else { return }
        index.casesOfCircle = [:]
        index.openOfCircle = [:]
        for it in cases.values.sorted(by: { numbered($0.id, $1.id) }) { noteKeys(of: it) }
    }

    private mutating func noteKeys(of it: Case) {
        index.keys[it.id] = ownKeys(of: it)
        index.casesOfCircle[circle(of: it) ?? "", default: []].append(it.id)
        if it.isOpen { index.openOfCircle[circle(of: it) ?? "", default: []].append(it.id) }
    }

    /// Those whom a case's variables name may owe what they have no seat or role for.
    private mutating func notePeople(in ofCase: ID) {
        guard let it = cases[ofCase] else { return }
        noteMembers(Array(peopleNamed(in: it)), of: circle(of: it) ?? "")
    }

    private mutating func noteMembers(_ people: [ID], of body: ID) {
        for person in people { index.circlesOfPerson[person, default: []].insert(body) }
    }

    private mutating func noteMembers(of organisation: Organisation) {
        let people = organisation.roles.values.joined() + organisation.constituency
        guard !people.isEmpty else { return }
        for seat in records.seats.values where seat.organisation == organisation.id {
            noteMembers(Array(people), of: seat.body)
        }
    }

    /// Remembers the number in an id such as `m3`.
    private mutating func count(_ id: ID) {
        let letters = id.prefix { !$0.isNumber }
        guard let number = Int(id.dropFirst(letters.count)) else { return }
        numbers[String(letters), default: 0] = max(numbers[String(letters), default: 0], number)
    }

    /// The next free id with these letters; the caller's change takes it.
    public func nextID(_ letters: String) -> ID { letters + String(numbers[letters, default: 0] + 1) }
}

extension Standing {
    /// Works the index out anew: ids are numbered in the order in which things began.
    mutating func indexAnew() {
        index = Index()
        for it in cases.values.sorted(by: { numbered($0.id, $1.id) }) {
            if it.isOpen { index.openCases[it.family, default: []].append(it.id) }
            index.note(it)
            for word in it.announcing { index.announcing[word, default: []].insert(it.id) }
        }
        for duty in duties.values.sorted(by: { numbered($0.id, $1.id) }) {
            index.dutiesOfCase[duty.ofCase, default: []].append(duty.id)
            if duty.isOpen { index.openDuties[duty.ofCase, default: []].append(duty.id) }
        }
        refreshKeys()
        for body in records.bodies.keys { noteMembers(Array(people(around: body)), of: body) }
    }
}

extension Case {
    fileprivate mutating func take(_ migration: Change.Migration) {
        hash = migration.hash
        active = migration.active
        announcing = migration.announcing
        variables = migration.variables
        history = migration.history
        entered = migration.entered
        ticks = migration.ticks
        // Moments are told apart by their place in the text, which is another now.
        moments = [:]
        woken = [:]
    }

    fileprivate mutating func take(_ move: Change.Move) {
        active = move.active
        announcing = move.announcing
        variables.merge(move.variables) { $1 }
        history = move.history
        entered = move.entered
    }
}

extension Standing {
    /// A person's name; of one who was erased only that they were there; their id where it was never known.
    public func name(of person: ID) -> String {
        personal[person + "/name"] ?? (isErased(person) ? Self.erasedName : person)
    }

    public func email(of person: ID) -> String? { personal[person + "/email"] }

    /// The words behind a personal value's key; other text stands for itself.
    public func words(_ text: String) -> String {
        guard text.hasPrefix(PersonalValue.mark) else { return text }
        return personal[text] ?? "(erased)"
    }

    /// In the order in which they began.
    public func openCases(inFamily family: String) -> [Case] { openCaseIDs(inFamily: family).compactMap { cases[$0] } }

    func openCaseIDs(inFamily family: String) -> [ID] { index.openCases[family] ?? [] }

    /// The families that have an open case, in order.
    public var openFamilies: [String] { index.openCases.keys.sorted() }

    /// The families of these bodies' circles, and of no circle, that have an open case, in order; of all where none are named.
    func openFamilies(inCircles bodies: Set<ID>?) -> [String] {
        guard let bodies else { return openFamilies }
        let ids = bodies.union([""]).flatMap { index.openOfCircle[$0] ?? [] }
        return Set(ids.compactMap { cases[$0]?.family }).sorted()
    }

    /// The open cases of a body's circle and of no circle, in the order in which they began; nil: all.
    func openCaseIDs(inCircle body: ID?) -> [ID] {
        guard let body else { return index.openOfCircle.values.joined().sorted(by: numbered) }
        guard let others = index.openOfCircle[""], !others.isEmpty else { return index.openOfCircle[body] ?? [] }
        return ((index.openOfCircle[body] ?? []) + others).sorted(by: numbered)
    }

    public func openDuties(of ofCase: ID) -> [Duty] {
        (index.openDuties[ofCase] ?? []).compactMap { duties[$0] }
    }

    /// The bodies with which a person has to do, or had: who sits, stands in or has a role there, or for an organisation with a seat.
    public func circles(of person: ID) -> Set<ID> { index.circlesOfPerson[person] ?? [] }

    /// Everybody who has to do with a body: by its records, or named by a case.
    public func people(around body: ID) -> Set<ID> {
        let theirs = (index.casesOfCircle[body] ?? []).compactMap { cases[$0] }
        return theirs.reduce(into: records.people(around: body)) { $0.formUnion(peopleNamed(in: $1)) }
    }

    private func peopleNamed(in it: Case) -> Set<ID> {
        guard !it.variables.isEmpty else { return [] }
        return Set(it.variables.values.compactMap { person(in: $0) })
    }

    /// All duties that a person may owe or have owed: those of their circles and of no circle.
    public func duties(inCirclesOf person: ID) -> [Duty] {
        let bodies = circles(of: person).union([""]).sorted(by: numbered)
        let cases = bodies.flatMap { index.casesOfCircle[$0] ?? [] }
        return cases.flatMap { index.dutiesOfCase[$0] ?? [] }.compactMap { duties[$0] }
    }

    /// All cases of a workflow, in the order in which they began.
    public func cases(of workflow: String) -> [Case] { (index.casesOfWorkflow[workflow] ?? []).compactMap { cases[$0] } }

    /// All cases of a workflow for exactly these subjects, oldest first.
    public func cases(of workflow: String, for subjects: [SubjectKind: ID]) -> [Case] {
        (index.casesOfSubjects[CaseName(workflow: workflow, subjects: subjects)] ?? []).compactMap { cases[$0] }
    }

    /// What a case is about, with what follows from it.
    public func keys(of it: Case) -> SubjectKeys { index.keys[it.id] ?? ownKeys(of: it) }

    /// The body to whose circle a case belongs; nil for one about no body, and for one about another case, which may be of any.
    public func circle(of it: Case) -> ID? { keys(of: it).circle }

    private func ownKeys(of it: Case) -> SubjectKeys {
        let kind = SubjectKind(named: it.workflow)
        return SubjectKeys(named: it.subjects, in: self, own: kind.isCase ? SubjectKeys.Own(kind: kind, id: it.id) : nil)
    }

    /// Whether some case that concerns these subjects is in a state that announces the word.
    public func isAnnounced(_ word: String, for keys: SubjectKeys) -> Bool {
        (index.announcing[word] ?? []).contains { id in
            cases[id].map { self.keys(of: $0).reaches(keys) } ?? false
        }
    }
}

/// A value that belongs to a person and stands apart from the journal, so that it can be erased.
public struct PersonalValue: Hashable, Sendable {
    /// Keys that stand in the place of words begin with it.
    public static let mark = "§"

    public var key: String
    /// The person whose value it is.
    public var owner: ID
    public var value: String

    public init(key: String, owner: ID, value: String) {
        self.key = key
        self.owner = owner
        self.value = value
    }
}
