import Governance
public import Journals

/// What a look through a whole journal and its files came to.
public struct Inspection: Sendable, Hashable {
    public var head: JournalHead
    /// How many files the entries name.
    public var files: Int
    /// Everything that is wrong, in words; nothing where all is whole.
    public var faults: [String]

    public var isWhole: Bool { faults.isEmpty }

    /// Follows every chain, reads every entry and every file that one names; with an exported head, looks whether the journal goes on
    /// from there. The first break of a chain ends it: what comes after proves nothing.
    public init(of journal: any JournalStore, files store: FileStore, against known: JournalHead? = nil) throws {
        var faults: [String] = []
        if let damage = try (journal as? SQLiteJournal)?.findDamage() { faults.append("the file is damaged: \(damage)") }
        let (head, named) = try journal.read { reading in
            let head = try reading.exportedHead()
            if let fault = try reading.verify() {
                faults.append("\(fault)")
                return (head, NamedFiles())
            }
            do { _ = try reading.personalValues() } catch { faults.append("\(error)") }
            if let known, let fault = try reading.verify(against: known) { faults.append("\(fault)") }
            return (head, try Self.filesNamed(in: reading, &faults))
        }
        for hash in named.here.sorted() {
            do { _ = try store.read(hash) } catch { faults.append("\(error)") }
        }
        let there = Set(try store.hashes())
        for hash in named.erased.sorted() where there.contains(hash) {
            faults.append("the file \(hash) was erased with its person, and is still there; erase the person again")
        }
        self.head = head
        self.files = named.here.count
        self.faults = faults
    }

    /// The files that entries name: those that must be there, and those that must not.
    private struct NamedFiles {
        var here: Set<String> = []
        var erased: Set<String> = []
    }

    private static func filesNamed(in reading: Reading, _ faults: inout [String]) throws -> NamedFiles {
        var named: Set<String> = []
        var replaced: [String: String] = [:]
        for placed in try reading.entries() {
            let entry: Governance.Entry
            do { entry = try Ledger.read(placed) } catch {
                faults.append("\(error)")
                continue
            }
            for change in entry.changes {
                switch change {
                case .drafted(let draft): if let file = draft.file { named.insert(file) }
                case .recorded(.paper(let paper)): if let file = paper.file { named.insert(file) }
                case .erased(let erasure): replaced.merge(erasure.files) { $1 }
                default: break
                }
            }
        }
        named.formUnion(replaced.values.filter { !$0.isEmpty })
        return NamedFiles(here: named.subtracting(replaced.keys), erased: Set(replaced.keys))
    }
}

extension Desk {
    /// All entries as one text that can be kept elsewhere and verified alone.
    public func exportedJournal() throws -> [UInt8] { try journal.read { try ExportedJournal.text(of: $0) } }

    /// Where the journal ends now.
    public func exportedHead() throws -> JournalHead { try journal.read { try $0.exportedHead() } }

    /// Whether the rows that others read are, to the byte, those that follow from the entries. Rows of another version of the program say
    /// nothing: nobody reads them, and they are made anew before anything is written.
    public func rowsFollow() throws -> Bool {
        try journal.read { reading in
            try catchUp(reading)
            guard try Rows.numbers(reading) != nil || reading.newestEntry() == nil else { return true }
            let anew = InMemoryJournal()
            let standing = try Self.replayed(reading)
            let expected = try anew.transact(at: 0) { transaction in
                try writeReadModels(of: standing, transaction)
                return try transaction.readModelDigest()
            }
            return try reading.readModelDigest() == expected
        }
    }
}
