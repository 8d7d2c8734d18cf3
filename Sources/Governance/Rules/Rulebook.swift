import Calendars
import Workflows

/// The definitions that decisions go by: workflows, rule packs, holiday tables, zones.
public struct Rulebook: Sendable {
    /// Which rules bind a body.
    public struct Binding: Sendable {
        public var pack: RulePack
        public var holidays: HolidayTable?
        /// The hash of the holiday table's text; nil where there is none, or it does not come from a text.
        public var holidaysHash: String?
        public var zone: Zone

        public init(pack: RulePack, holidays: HolidayTable?, holidaysHash: String? = nil, zone: Zone) {
            self.pack = pack
            self.holidays = holidays
            self.holidaysHash = holidaysHash
            self.zone = zone
        }

        /// What a case that begins now is pinned to.
        var pins: Pins { Pins(pack: pack.hash, holidays: holidaysHash) }
    }

    /// The workflows in force, by name.
    public var workflows: [String: Workflow] { didSet { found = Found(in: workflows) } }
    /// Earlier texts that open cases are pinned to, by hash.
    public var pinned: [String: Workflow]
    /// Earlier rule packs and holiday tables that open cases are pinned to, by hash.
    public var pinnedPacks: [String: RulePack]
    public var pinnedTables: [String: HolidayTable]
    /// Rules by body id; others go by the standard.
    public var bindings: [ID: Binding]
    public var standard: Binding
    /// The hour at which a reminder without a clock goes out.
    public var reminderTime: CivilTime
    /// What is asked of all workflows again and again.
    private var found: Found

    private final class Found: Sendable {
        let ordered: [Workflow]
        let names: [String: String]
        let subjects: Set<String>

        init(in workflows: [String: Workflow]) {
            ordered = workflows.values.sorted { $0.name < $1.name }
            names = Dictionary(ordered.map { (Vocabulary.plural($0.name), $0.name) }) { first, _ in first }
            subjects = Set(
                ordered.flatMap(\.subjects).compactMap { kind in
                    if case .ofCase(let name) = kind { name } else { nil }
                })
        }
    }

    public init(
        workflows: [String: Workflow], pinned: [String: Workflow] = [:], pinnedPacks: [String: RulePack] = [:],
        pinnedTables: [String: HolidayTable] = [:], bindings: [ID: Binding] = [:], standard: Binding,
        reminderTime: CivilTime
    ) {
        self.workflows = workflows
        found = Found(in: workflows)
        self.pinned = pinned
        self.pinnedPacks = pinnedPacks
        self.pinnedTables = pinnedTables
        self.bindings = bindings
        self.standard = standard
        self.reminderTime = reminderTime
    }

    /// The workflows in force, by their names.
    var ordered: [Workflow] { found.ordered }

    /// The names of the workflows by their plurals.
    var names: [String: String] { found.names }

    /// The workflows whose cases others are about.
    var subjectWorkflows: Set<String> { found.subjects }

    /// The roles that workflows declare, with what they are held for.
    public var roles: [String: SubjectKind] {
        workflows.values.reduce(into: [:]) { roles, workflow in roles.merge(workflow.roles) { first, _ in first } }
    }

    /// A register that some workflow declares.
    public func register(named name: String) -> RegisterDefinition? {
        workflows.values.lazy.flatMap(\.registers).first { $0.name == name }
    }

    /// Whether a row still says what it said: its register may hold it only while the case that recorded it is in certain states.
    public func stands(_ row: RegisterRow, in standing: Standing) -> Bool {
        guard let home = standing.cases[row.ofCase],
            let register = workflow(of: home)?.registers.first(where: { $0.name == row.register })
        else { return true }
        return register.whileStates.isEmpty || register.whileStates.contains { home.isInState($0) }
    }

    /// The workflow that a case began with; nil if its text is lost.
    public func workflow(of it: Case) -> Workflow? {
        if let current = workflows[it.workflow], current.hash == it.hash { return current }
        return pinned[it.hash]
    }

    /// The rules that bind a body now.
    public func binding(of body: ID?) -> Binding { body.flatMap { bindings[$0] } ?? standard }

    /// The rules of a body as they stood in texts that a case is pinned to; a text that is lost gives way to the present one.
    public func binding(of body: ID?, pinnedTo pins: Pins?) -> Binding {
        var binding = binding(of: body)
        guard let pins else { return binding }
        if pins.pack != binding.pack.hash, let pack = pinnedPacks[pins.pack] { binding.pack = pack }
        if let hash = pins.holidays, hash != binding.holidaysHash, let table = pinnedTables[hash] {
            binding.holidays = table
            binding.holidaysHash = hash
        }
        if pins.holidays == nil, binding.holidaysHash != nil {
            binding.holidays = HolidayTable.none
            binding.holidaysHash = nil
        }
        return binding
    }
}

/// The texts of rules that a case goes by, by their hashes.
public struct Pins: Codable, Hashable, Sendable {
    public var pack: String
    /// Nil where no day is a holiday.
    public var holidays: String?

    public init(pack: String, holidays: String?) {
        self.pack = pack
        self.holidays = holidays
    }
}

extension Standing {
    /// The rules by which a case goes.
    public func binding(for it: Case, by rulebook: Rulebook) -> Rulebook.Binding {
        rulebook.binding(of: keys(of: it).all[.body], pinnedTo: it.pins)
    }

    /// The rules by which a meeting goes: those of its own case, or, while it has none, those of its body now.
    public func binding(ofMeeting id: ID, by rulebook: Rulebook) -> Rulebook.Binding {
        let it = cases(of: SubjectKind.meeting.rawValue, for: [.meeting: id]).last
        return rulebook.binding(of: records.meetings[id]?.body, pinnedTo: it?.pins)
    }
}
