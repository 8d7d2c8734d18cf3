import CEL
import Calendars
import Documents
public import Governance
import Workflows

/// An action agreed, from the case that follows it.
struct AgreedAction {
    var view: ActionView
    /// As it was agreed, before anybody was given more time or somebody else took it over.
    var agreed: ActionView
    var agreedDue: Instant?
    var owner: ID?
    var due: Instant?
    var isOpen: Bool
    var item: ID?
    var meeting: ID?
}

// The action log.
extension Papers {
    /// What was agreed to be done on a body, or on any.
    public func actionLog(_ body: ID? = nil, reader: ID? = nil, isMailed: Bool = false) throws -> ActionsView {
        if let body, records.bodies[body] == nil { throw PaperFailure("there is no body `\(body)`") }
        let all = actions(of: body, for: reader)
        let isLate = { (it: AgreedAction) in it.isOpen && (it.due.map { $0 < now } ?? false) }
        return ActionsView(
            holder: body.map { self.body($0) } ?? society, date: day(of: now, for: body),
            letter: isMailed ? letter(to: reader, body: body) : nil, overdue: all.filter(isLate).map(\.view),
            open: all.filter { $0.isOpen && !isLate($0) }.map(\.view), done: all.filter { !$0.isOpen }.map(\.view),
            secretary: body.flatMap { secretary(of: $0) })
    }

    /// The actions of a body that a reader may know of, by their due moments. Each is a case of the workflow `action`.
    func actions(of body: ID? = nil, for reader: ID?) -> [AgreedAction] {
        standing.cases(of: "action").compactMap { it in
            let keys = standing.keys(of: it).all
            guard body == nil || keys[.body] == body else { return nil }
            let item = (keys[.item] ?? it.thing("item")).flatMap { records.items[$0] }
            if let item, isHidden(item, from: reader) { return nil }
            return action(it, keys)
        }.sorted { ($0.due ?? .latest, $0.view.what) < ($1.due ?? .latest, $1.view.what) }
    }

    private func action(_ it: Case, _ keys: [SubjectKind: ID]) -> AgreedAction {
        let duty = standing.duties.values.filter { $0.ofCase == it.id }.max { numbered(($0.opened, $0.id), ($1.opened, $1.id)) }
        let owned = duty.flatMap { registrar.describe($0, in: standing, now: now) }
        let owner = it.thing("owner") ?? it.thing("who") ?? owned?.owners.first
        let due = duty?.due ?? it.deadlines["due"]
        let words = ["what", "action", "title", "text"].compactMap { it.word($0) }.first.map { standing.words($0) }
        let meeting = (keys[.meeting] ?? it.thing("meeting")).flatMap { records.meetings[$0] }
        let view = ActionView(
            what: words?.nonEmpty ?? owned?.title ?? "An action", owner: owner.map { standing.name(of: $0) } ?? "",
            due: due.map { self.due($0, hasClock: duty?.dueHasClock ?? false, for: keys[.body]) },
            source: source(keys[.item] ?? it.thing("item"), meeting), status: status(it, duty, keys[.body]))
        var agreed = view
        agreed.owner = it.thing("agreed_to").map { standing.name(of: $0) } ?? view.owner
        let agreedDue = it.word("agreed_due").flatMap { CivilDate($0) }.map { zone(of: keys[.body]).end(of: $0) }
        if let agreedDue { agreed.due = self.due(agreedDue, hasClock: false, for: keys[.body]) }
        return AgreedAction(
            view: view, agreed: agreed, agreedDue: agreedDue ?? due, owner: owner, due: due, isOpen: it.isOpen,
            item: keys[.item] ?? it.thing("item"),
            meeting: meeting?.id)
    }

    /// `17 November 2026, item 5`.
    private func source(_ item: ID?, _ meeting: Meeting?) -> String? {
        let item = item.flatMap { records.items[$0] }
        let held = meeting ?? item.flatMap { records.meetings[$0.meeting] }
        return [held.map { date(of: $0.start, for: $0.body) }, item.map { "item \(number(of: $0))" }].compactMap(\.self)
            .joined(separator: ", ").nonEmpty
    }

    private func status(_ it: Case, _ duty: Duty?, _ body: ID?) -> String {
        guard let ended = it.ended else { return duty.map { $0.isOpen && $0.due < now ? "overdue" : "open" } ?? "open" }
        return "\(duty?.ended?.how.rawValue ?? "done") \(date(of: ended, for: body))"
    }
}
