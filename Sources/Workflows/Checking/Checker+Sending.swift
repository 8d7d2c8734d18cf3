import CEL
import Diagnostics
import Statecharts
import YAML

/// What is sent, what it carries, and the charts that are started.
extension Checker {
    mutating func send(_ sending: UncheckedSending, _ form: [String]?, _ origin: SourceRange) -> [Action] {
        let event = text(sending.event, form)
        let target = sending.target.flatMap { self.target($0, form) }
        let isTargetKnown = sending.target == nil || target != nil
        var delay = Delay.milliseconds(0)
        var isDelayKnown = true
        switch sending.delay {
        case .milliseconds(let milliseconds): delay = .milliseconds(milliseconds)
        case .computed(let node):
            let program = compile(node, as: .dyn, of: "a delay", form: form)
            isDelayKnown = program != nil
            delay = program.map { .computed($0) } ?? delay
        }
        let isVariableKnown = sending.idVariable.map { isVariable($0) } ?? true
        let data = payload(sending.with, form)
        guard let event, isTargetKnown, isDelayKnown, isVariableKnown else { return [] }
        return [
            .send(
                SendAction(
                    event: event, data: data, delay: delay, id: sending.id?.text, idVariable: sending.idVariable?.text,
                    target: target, origin: origin))
        ]
    }

    /// `parent`, or the id of a started chart; SCXML's own words, which begin with `#_`, stand too.
    private mutating func target(_ target: UncheckedText, _ form: [String]?) -> Statecharts.Text? {
        guard case .word(let word) = target else { return text(target, form) }
        return .constant(word.text.hasPrefix("#_") ? word.text : "#_\(word.text)")
    }

    mutating func text(_ text: UncheckedText, _ form: [String]?) -> Statecharts.Text? {
        switch text {
        case .word(let word): .constant(word.text)
        case .computed(let node): compile(node, as: .string, of: "a name", form: form).map { .computed($0) }
        }
    }

    mutating func payload(_ with: UncheckedPayload, _ form: [String]?) -> Payload {
        switch with {
        case .none: return .none
        case .whole(let node):
            return compile(node, as: .dyn, of: "`with`", form: form, isOnlyTold: true).map { .value($0) } ?? .none
        case .fields(let fields):
            return .fields(
                fields.compactMap { field in
                    compile(field.node, as: .dyn, of: "`\(field.name.text)`", form: form, isOnlyTold: true).map {
                        Payload.Field(name: field.name.text, value: $0)
                    }
                })
        }
    }

    mutating func invocation(_ invocation: UncheckedInvocation) -> InvocationDefinition {
        let names = surroundings.charts
        if !names.contains(invocation.chart.text) {
            log.add(
                .unknownWorkflow, at: invocation.chart.range, "there is no chart `\(invocation.chart.text)`",
                expected: "one of those under `charts:`", nearest: nearestName(to: invocation.chart.text, among: names))
        }
        let isVariableKnown = invocation.idVariable.map { isVariable($0) } ?? true
        return InvocationDefinition(
            id: invocation.id?.text, idVariable: isVariableKnown ? invocation.idVariable?.text : nil,
            chart: .constant(invocation.chart.text), data: payload(invocation.with, nil), isForwarding: invocation.isForwarding,
            finalize: actions(invocation.finalize, form: nil), origin: invocation.origin)
    }
}
