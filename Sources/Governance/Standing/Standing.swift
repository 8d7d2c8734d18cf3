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

    private struct Index: Sendable {
        /// In the order in which they began.
        var openCases: [String: [ID]] = [:]
        var openDuties: [ID: [ID]] = [:]
        var casesOfWorkflow: [String: [ID]] = [:]
        /// Cases in a state that announces the word.
        var announcing: [String: Set<ID>] = [:]
        var keys: [ID: SubjectKeys] = [:]
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
            index.casesOfWorkflow[began.workflow, default: []].append(began.id)
            index.keys[began.id] = ownKeys(of: began)
        case .moved(let move):
            for word in cases[move.ofCase]?.announcing ?? [] { index.announcing[word]?.remove(move.ofCase) }
            cases[move.ofCase]?.take(move)
            for word in move.announcing { index.announcing[word, default: []].insert(move.ofCase) }
        case .ended(let id, let ending, let at):
            cases[id]?.ended = at
            cases[id]?.ending = ending
            if let family = cases[id]?.family { index.openCases[family]?.removeAll { $0 == id } }
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
        case .dutyOpened, .dutyEnded, .dutyMoved, .occurrenceSettled: applyToDuty(change)
        }
    }

    private mutating func applyToDuty(_ change: Change) {
        switch change {
        case .dutyOpened(let duty):
            duties[duty.id] = duty
            count(duty.id)
            index.openDuties[duty.ofCase, default: []].append(duty.id)
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
        case .organisation(let it): count(it.id)
        case .body(let it): count(it.id)
        case .seat(let it):
            count(it.id)
            refreshKeys()
        case .term(let it):
            count(it.id)
            refreshKeys()
        case .representative(let it):
            count(it.id)
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
        for (id, it) in cases { index.keys[id] = ownKeys(of: it) }
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
            index.casesOfWorkflow[it.workflow, default: []].append(it.id)
            for word in it.announcing { index.announcing[word, default: []].insert(it.id) }
        }
        for duty in duties.values.filter(\.isOpen).sorted(by: { numbered($0.id, $1.id) }) {
            index.openDuties[duty.ofCase, default: []].append(duty.id)
        }
        refreshKeys()
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
    public var openFamilies: [String] { index.openCases.filter { !$0.value.isEmpty }.keys.sorted() }

    public func openDuties(of ofCase: ID) -> [Duty] {
        (index.openDuties[ofCase] ?? []).compactMap { duties[$0] }
    }

    /// All cases of a workflow, in the order in which they began.
    public func cases(of workflow: String) -> [Case] { (index.casesOfWorkflow[workflow] ?? []).compactMap { cases[$0] } }

    /// All cases of a workflow for exactly these subjects, oldest first.
    public func cases(of workflow: String, for subjects: [SubjectKind: ID]) -> [Case] {
        cases(of: workflow).filter { $0.subjects == subjects }
    }

    /// What a case is about, with what follows from it.
    public func keys(of it: Case) -> SubjectKeys { index.keys[it.id] ?? ownKeys(of: it) }

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
