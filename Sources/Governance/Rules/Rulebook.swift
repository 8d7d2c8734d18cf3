import Calendars
import Workflows

/// The definitions that decisions go by: workflows, rule packs, holiday tables, zones.
public struct Rulebook: Sendable {
    /// Which rules bind a body.
    public struct Binding: Sendable {
        public var pack: RulePack
        public var holidays: HolidayTable?
        public var zone: Zone

        public init(pack: RulePack, holidays: HolidayTable?, zone: Zone) {
            self.pack = pack
            self.holidays = holidays
            self.zone = zone
        }
    }

    /// The workflows in force, by name.
    public var workflows: [String: Workflow]
    /// Earlier texts that open cases are pinned to, by hash.
    public var pinned: [String: Workflow]
    /// Rules by body id; others go by the standard.
    public var bindings: [ID: Binding]
    public var standard: Binding
    /// The hour at which a reminder without a clock goes out.
    public var reminderTime: CivilTime

    public init(
        workflows: [String: Workflow], pinned: [String: Workflow] = [:], bindings: [ID: Binding] = [:], standard: Binding,
        reminderTime: CivilTime
    ) {
        self.workflows = workflows
        self.pinned = pinned
        self.bindings = bindings
        self.standard = standard
        self.reminderTime = reminderTime
    }

    /// The workflow that a case began with; nil if its text is lost.
    public func workflow(of it: Case) -> Workflow? {
        if let current = workflows[it.workflow], current.hash == it.hash { return current }
        return pinned[it.hash]
    }

    public func binding(of body: ID?) -> Binding { body.flatMap { bindings[$0] } ?? standard }
}
