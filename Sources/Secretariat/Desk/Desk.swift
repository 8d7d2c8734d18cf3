public import Calendars
import Diagnostics
public import Documents
public import Governance
public import Journals
import Workflows

/// The only writer: takes what people ask for to the rules, and keeps what follows in one transaction.
///
/// Between commands it holds what stands in memory and catches up with what others wrote. One desk serves one thread; several
/// processes may each have one, as the journal lets one write at a time.
public final class Desk {
    public let workspace: Workspace
    let journal: any JournalStore
    let files: FileStore
    let clock: Clock
    let chance: Chance
    /// Fills documents from what stands; the views live under Papers.
    let fill: @Sendable (PaperRequest, PaperFacts) throws -> ViewValue
    public private(set) var registrar: Registrar
    /// What stands, as far as it was read.
    var held: Held

    /// - Parameter extent: how much of what stands it has in hand from the start.
    public init(
        workspace: Workspace, journal: any JournalStore, files: FileStore, clock: Clock = .system, chance: Chance = .system,
        holding extent: Extent = .everything,
        fill: @escaping @Sendable (PaperRequest, PaperFacts) throws -> ViewValue = Papers.fill
    ) throws {
        self.workspace = workspace
        self.journal = journal
        self.files = files
        self.clock = clock
        self.chance = chance
        self.fill = fill
        held = Held(extent: extent)
        registrar = Registrar(rulebook: workspace.definitions.rulebook(bodies: [:]))
        try refresh()
    }

    /// Opens the workspace's journal and files.
    public convenience init(
        opening workspace: Workspace, clock: Clock = .system, chance: Chance = .system, holding extent: Extent = .everything
    ) throws {
        try self.init(
            workspace: workspace, journal: try SQLiteJournal.open(workspace.journalPath),
            files: try FileStore(folder: workspace.filesPath), clock: clock, chance: chance, holding: extent)
    }

    public var standing: Standing { held.standing }

    /// The instant by which the desk works: the clock's, but never before the newest entry.
    public var now: Instant { max(clock.now, newest) }

    /// When the newest entry was recorded.
    var newest: Instant = .earliest

    /// Catches up with what others wrote.
    @discardableResult
    public func refresh() throws -> Standing {
        try journal.read { try catchUp($0) }
        return held.standing
    }

    public func lookup() -> Lookup {
        let rulebook = registrar.rulebook
        return Lookup(held.standing, now: now) { rulebook.binding(of: $0).zone }
    }
}

extension Desk {
    /// Opens the rulebook at the bodies and texts that now stand.
    func consult(_ reading: Reading) throws {
        let current = Set(workspace.definitions.workflows.values.map(\.hash))
        let rulebook = registrar.rulebook
        var pinned = PinnedTexts(workflows: rulebook.pinned, packs: rulebook.pinnedPacks, tables: rulebook.pinnedTables)
        for it in held.standing.cases.values where it.isOpen && !current.contains(it.hash) && pinned.workflows[it.hash] == nil {
            guard let kept = try reading.definition(it.hash) else { continue }
            pinned.workflows[it.hash] = workspace.definitions.workflow(from: kept)
        }
        for pins in Set(held.standing.cases.values.filter(\.isOpen).compactMap(\.pins)) {
            for hash in [pins.pack, pins.holidays].compactMap(\.self) { try readRules(hash, into: &pinned, reading) }
        }
        registrar = Registrar(rulebook: workspace.definitions.rulebook(bodies: held.standing.records.bodies, pinned: pinned))
    }
}

extension Desk {
    /// Reads a rule pack or holiday table that is no longer in force from the text that was kept; one that this program no longer
    /// understands, or that was not kept, gives way to the one in force.
    private func readRules(_ hash: String, into pinned: inout PinnedTexts, _ reading: Reading) throws {
        guard workspace.definitions.ruleTexts[hash] == nil, pinned.packs[hash] == nil, pinned.tables[hash] == nil,
            let kept = try reading.definition(hash)
        else { return }
        let source = SourceText(name: kept.name, text: kept.text)
        switch kept.kind {
        case "rules": pinned.packs[hash] = readRulePack(source, hash: hash).0
        case "holidays": pinned.tables[hash] = readHolidayTable(source).0
        default: break
        }
    }

    /// Runs `work` as the only writer; if it throws, what is held in memory goes back as well.
    func transact<Answer>(_ work: (Transaction, Instant) throws -> Answer) throws -> Answer {
        let before = held
        do {
            return try journal.transact(at: clock.now.seconds) { transaction in
                try catchUp(transaction)
                if held.rowsAreOld { try renewRows(transaction) }
                return try work(transaction, Instant(seconds: transaction.now))
            }
        } catch {
            held = before
            throw error
        }
    }

    /// Erases what is known of a person, with the key under which it was kept.
    func forget(_ person: ID, _ transaction: Transaction) throws {
        for value in try transaction.personalValues(of: person) { held.standing.personal[value.id] = nil }
        try transaction.removePersonalValues(of: person)
    }

    /// Keeps a value apart from the journal.
    func keep(_ value: Governance.PersonalValue, _ transaction: Transaction) throws {
        try transaction.setPersonalValue(Journals.PersonalValue(id: value.key, owner: value.owner, value: value.value))
        held.standing.personal[value.key] = value.value
    }

    /// Writes a decision's entries and takes over what stands after them.
    func append(_ taken: Decision.Taken, command: String?, _ transaction: Transaction) throws -> [Receipt.Line] {
        var lines: [Receipt.Line] = []
        for (place, entry) in taken.entries.enumerated() {
            let placed = try transaction.append(
                try Ledger.written(entry, command: place == 0 ? command : nil), to: entry.stream,
                expecting: try position(of: entry.stream, transaction))
            held.positions[entry.stream] = placed.position
            held.sequence = placed.sequence
            held.stories[entry.stream]?.append(entry)
            newest = max(newest, Instant(seconds: placed.recorded))
            lines.append(
                Receipt.Line(sequence: placed.sequence, kind: entry.kind.rawValue, name: entry.name, ofCase: entry.ofCase))
        }
        held.standing = taken.standing
        for value in taken.personal { try keep(value, transaction) }
        return lines
    }
}
