import CEL

/// Charts that run while a state is active (SCXML 1.0, chapter 6).
extension Run {
    func invocationID(_ state: Int, _ place: Int) -> String {
        let node = engine.blueprint.tree.nodes[state]
        return node.definition.invocations[place].id ?? "\(node.id).\(place + 1)"
    }

    /// Asks for the charts of states entered in this step that are still active.
    mutating func startCharts() throws(StepFailure) {
        while let state = toStart.popFirst() {
            for (place, invocation) in engine.blueprint.tree.nodes[state].definition.invocations.enumerated() {
                start(invocation, id: invocationID(state, place))
            }
        }
    }

    /// What an event from outside means for started charts: finalize, forward.
    mutating func tellStartedCharts(_ event: Event) throws(StepFailure) {
        var active = engine.invokers & configuration
        while let state = active.popFirst() {
            for (place, invocation) in engine.blueprint.tree.nodes[state].definition.invocations.enumerated() {
                let id = invocationID(state, place)
                if event.invocation == id { try execute(invocation.finalize) }
                if invocation.isForwarding { outcome.forwarded.append(Forwarded(invocation: id, event: event)) }
            }
        }
    }

    /// Asks for one chart to be started; where an expression of it fails, it is not.
    private mutating func start(_ invocation: InvocationDefinition, id: String) {
        do {
            let chart = try text(invocation.chart)
            let data = try value(of: invocation.data)
            if let variable = invocation.idVariable { try assign(.string(id), to: variable) }
            outcome.started.append(StartedChart(id: id, tag: invocation.tag, chart: chart, data: data))
        } catch {
            if case .expression(let text, let cause) = error { fail(text, cause) }
        }
    }
}
