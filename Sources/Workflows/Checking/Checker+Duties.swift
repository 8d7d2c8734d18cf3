import CEL
import Calendars
import Diagnostics
import YAML

extension Checker {
    mutating func duty(_ duty: UncheckedDuty) -> DutyDefinition? {
        let title = text(duty.title, of: "a title")
        let note = duty.note.flatMap { text($0, of: "a note") }
        let owner = role(duty.of, for: .owing)
        let notOf = duty.notOf.flatMap { role($0, for: .giving) }
        let from = duty.from.flatMap { rule($0, for: .opening) }
        let due = rule(duty.due, for: .deadline)
        let checklist = duty.checklist.compactMap { line($0) }
        let reminders = duty.reminders.compactMap { rule($0, for: .reminder) }
        let escalation = escalation(duty)
        guard let title, let owner, let due else { return nil }
        let dueText = duty.due.rawText ?? ""
        return DutyDefinition(
            title: title, note: note, basis: duty.basis, of: owner, notOf: notOf, from: from, due: due,
            dueName: deadlines[dueText] == nil ? nil : dueText, checklist: checklist, reminders: reminders,
            escalation: escalation,
            origin: duty.origin)
    }

    private mutating func escalation(_ duty: UncheckedDuty) -> DutyDefinition.Escalation? {
        guard let to = duty.escalateTo, let after = duty.escalateAfter else { return nil }
        let role = role(to, for: .owing)
        let rule = rule(after, for: .delay)
        guard let role, let rule else { return nil }
        return DutyDefinition.Escalation(to: role, after: rule)
    }

    private mutating func line(_ line: UncheckedDuty.ChecklistLine) -> DutyDefinition.ChecklistLine? {
        switch line {
        case .text(let node): return text(node, of: "a line of a checklist").map { .text($0) }
        case .each(let list, let node):
            guard let program = compile(list, as: .list(.dyn), of: "`each`") else { return nil }
            var element = Kind.dyn
            if case .list(let kind) = program.kind { element = kind }
            return itemText(node, about: element).map { .each(program, $0) }
        }
    }
}
