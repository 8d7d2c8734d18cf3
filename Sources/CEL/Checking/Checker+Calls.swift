import Diagnostics

extension Checker {
    mutating func checkCall(
        _ name: String, _ isAbsolute: Bool, _ arguments: [Expression], _ whole: Expression
    ) -> Checked {
        let checked = arguments.map { check($0) }
        let nameRange = whole.range.lowerBound..<min(whole.range.upperBound, whole.range.lowerBound + name.utf8.count)
        for candidate in candidates(name, isAbsolute: isAbsolute) {
            if let call = global(candidate, checked, whole.range) {
                checkConstant(name, arguments)
                return call
            }
        }
        reportUnknown(name, isMethod: false, nameRange)
        return Checked(plan: .outside(name, target: nil, checked.map(\.plan)), kind: .dyn)
    }

    mutating func checkMethod(
        _ target: Expression, _ name: String, _ nameRange: Range<Int>, _ arguments: [Expression], _ whole: Expression
    ) -> Checked {
        if let (space, isAbsolute) = dottedName(target) {
            for candidate in candidates("\(space).\(name)", isAbsolute: isAbsolute) where isGlobal(candidate) {
                let checked = arguments.map { check($0) }
                if let call = global(candidate, checked, whole.range) { return call }
            }
            if isNamespace(space) {
                reportUnknown("\(space).\(name)", isMethod: false, nameRange)
                return Checked(plan: .failing("no such function: \(space).\(name)"), kind: .dyn)
            }
        }
        let checked = ([target] + arguments).map { check($0) }
        let declared = environment.functions.filter { $0.name == name && $0.target != nil }
        let outside = declared.map { Signature(parameters: ($0.target.map { [$0] } ?? []) + $0.parameters, result: $0.result) }
        guard let call = call(name, Library.methods[name], outside, checked, isMethod: true, nameRange) else {
            reportUnknown(name, isMethod: true, nameRange)
            return Checked(
                plan: .outside(name, target: checked[0].plan, checked.dropFirst().map(\.plan)), kind: .dyn)
        }
        checkConstant(name, arguments)
        return call
    }

    /// Tells of constant text that can never be what the function makes of it.
    private mutating func checkConstant(_ name: String, _ arguments: [Expression]) {
        guard let last = arguments.last, case .literal(.string(let text)) = last.form else { return }
        switch name {
        case "matches":
            do throws(EvaluationError) { _ = try Pattern(text) } catch { report(last.range, error.message) }
        case "timestamp" where arguments.count == 1:
            if Timestamp(text: text) == nil {
                report(last.range, "this is not a timestamp", expected: "a text such as '2026-03-01T18:30:00Z'")
            }
        case "duration" where arguments.count == 1:
            do throws(EvaluationError) { _ = try Span(text: text) } catch {
                report(last.range, error.message, expected: "a text such as '1h30m' or '90s'")
            }
        default: break
        }
    }

    private func isGlobal(_ name: String) -> Bool {
        Library.functions[name] != nil || environment.functions.contains { $0.name == name && $0.target == nil }
    }

    /// Whether functions stand under the name and nothing else does, as with `math`.
    private func isNamespace(_ name: String) -> Bool {
        guard environment.isChecked, slots[name] == nil, environment.names[name] == nil else { return false }
        let known = Library.functions.keys.contains { $0.hasPrefix(name + ".") }
        return known || environment.functions.contains { $0.target == nil && $0.name.hasPrefix(name + ".") }
    }

    private mutating func global(_ name: String, _ arguments: [Checked], _ range: Range<Int>) -> Checked? {
        let declared = environment.functions.filter { $0.name == name && $0.target == nil }
        let outside = declared.map { Signature(parameters: $0.parameters, result: $0.result) }
        return call(name, Library.functions[name], outside, arguments, isMethod: false, range)
    }

    /// The call of a function that the library or the world declares, or both; nil where neither does.
    private mutating func call(
        _ name: String, _ builtin: Builtin?, _ outside: [Signature], _ arguments: [Checked], isMethod: Bool,
        _ range: Range<Int>
    ) -> Checked? {
        guard builtin != nil || !outside.isEmpty else { return nil }
        let kinds = arguments.map(\.kind)
        let plans = arguments.map(\.plan)
        let kind = resolve(name, outside + (builtin?.signatures ?? []), kinds, range, isMethod: isMethod)
        let fitsOutside = outside.contains { fits($0, kinds) }
        let fitsBuiltin = builtin?.signatures.contains { fits($0, kinds) } ?? false
        if let builtin, fitsBuiltin || outside.isEmpty {
            if fitsOutside { return Checked(plan: .either(builtin, name, isMethod: isMethod, plans), kind: kind) }
            return Checked(plan: .builtin(builtin, plans), kind: kind)
        }
        return Checked(
            plan: .outside(name, target: isMethod ? plans.first : nil, isMethod ? Array(plans.dropFirst()) : plans), kind: kind)
    }

    private func fits(_ signature: Signature, _ kinds: [Kind]) -> Bool {
        var trial = substitution
        return fits(signature, kinds, &trial) != nil
    }

    private func fits(_ signature: Signature, _ kinds: [Kind], _ trial: inout Substitution) -> Kind? {
        guard signature.parameters.count == kinds.count else { return nil }
        let fresh = trial.instance(of: signature.parameters + [signature.result])
        for (wanted, given) in zip(fresh, kinds) where !trial.assign(wanted, given) { return nil }
        return fresh.last
    }

    /// The result of the signatures that take the arguments; a mistake where none does.
    mutating func resolve(
        _ name: String, _ signatures: [Signature], _ kinds: [Kind], _ range: Range<Int>, isMethod: Bool = false
    ) -> Kind {
        var result: Kind?
        var chosen: Substitution?
        for signature in signatures {
            var trial = substitution
            guard let kind = fits(signature, kinds, &trial) else { continue }
            let known = trial.resolved(kind)
            guard let previous = result else {
                (result, chosen) = (known, trial)
                continue
            }
            // Several fit only where something is `dyn`: what they agree on is known, and nothing is learnt of the arguments.
            chosen = nil
            if previous != known { result = .dyn }
        }
        // Where the arguments are known, nothing was learnt that anyone will ask for.
        if let chosen, kinds.contains(where: { resolved($0).hasParameters }) || result?.hasParameters == true {
            substitution = chosen
        }
        if let result { return result }
        let given = kinds.map { resolved($0) }.map { substitution.resolved($0, isFinal: true).description }
        report(
            range, "`\(name)` does not take \(given.isEmpty ? "nothing" : "(\(given.joined(separator: ", ")))")",
            expected: signatures.isEmpty ? nil : Self.listing(name, signatures, isMethod: isMethod))
        return .dyn
    }

    private static let mostShown = 4

    /// The ways in which a function may be called, as a person reads them.
    private static func listing(_ name: String, _ signatures: [Signature], isMethod: Bool) -> String {
        if name == Operator.equal.rawValue || name == Operator.unequal.rawValue { return "the same type on both sides" }
        let shown = signatures.prefix(mostShown).map { signature in
            var parameters = signature.parameters.map(\.description)
            if name.unicodeScalars.allSatisfy({ !$0.properties.isAlphabetic }) || name == "in" {
                return parameters.count == 1 ? name + parameters[0] : parameters.joined(separator: " \(name) ")
            }
            let target = isMethod ? parameters.removeFirst() + "." : ""
            return "\(target)\(name)(\(parameters.joined(separator: ", ")))"
        }
        return shown.joined(separator: " or ") + (signatures.count > shown.count ? " …" : "")
    }

    private mutating func reportUnknown(_ name: String, isMethod: Bool, _ range: Range<Int>) {
        let declared = environment.functions.filter { ($0.target != nil) == isMethod }.map(\.name)
        let known = isMethod ? Array(Library.methods.keys) + Library.loopMacros : Array(Library.functions.keys) + ["has"]
        report(
            range, "there is no \(isMethod ? "method" : "function") `\(name)`",
            nearest: nearestName(to: name, among: declared + known))
    }
}

extension Library {
    static let loopMacros = [
        "all", "exists", "exists_one", "existsOne", "map", "filter", "transformList", "transformMap", "optMap", "optFlatMap",
    ]
}
