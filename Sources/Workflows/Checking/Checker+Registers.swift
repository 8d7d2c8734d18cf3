import Diagnostics
import YAML

/// Registers that workflows declare.
extension Checker {
    /// The registers that this workflow declares.
    mutating func checkRegisters() -> [RegisterDefinition] {
        var taken: Set<String> = []
        for register in workflow.registers {
            let name = register.name
            let twin = surroundings.outlines.values.filter { $0.name.text != workflow.name.text }
                .first { $0.registers.contains { $0.name.text == name.text } }
            if let twin {
                log.add(.nameTaken, at: name.range, "`\(twin.name.text)` declares the register `\(name.text)` too")
            } else if !taken.insert(name.text).inserted || RecordKind(rawValue: name.text) != nil {
                log.add(.nameTaken, at: name.range, "the name `\(name.text)` is taken", expected: "another name")
            }
        }
        return workflow.registers.compactMap { definition(of: $0, isOwn: true) }
    }

    /// - Parameter isOwn: declared here; what is wrong with one that stands elsewhere is found there.
    mutating func definition(of register: UncheckedRegister, isOwn: Bool) -> RegisterDefinition? {
        let before = log
        defer { if !isOwn { log = before } }
        for field in register.fields where isOwn && RegisterDefinition.standing.contains(field.name.text) {
            log.add(.nameTaken, at: field.name.range, "each row has `\(field.name.text)` already", expected: "another name")
        }
        if isOwn, SubjectKind(rawValue: register.about.text) == nil {
            let known = SubjectKind.allCases.map(\.rawValue)
            log.add(
                .unknownSubject, at: register.about.range, "`\(register.about.text)` is no subject",
                expected: known.joined(separator: ", "), nearest: nearestName(to: register.about.text, among: known))
        }
        guard let about = SubjectKind(rawValue: register.about.text) else { return nil }
        let fields = register.fields.map { Field(name: $0.name.text, type: fieldType($0.type) ?? FieldType(.text)) }
        return RegisterDefinition(
            name: register.name.text, title: register.title, about: about, isPublic: register.isPublic,
            whileStates: isOwn ? register.whileStates.compactMap { statePath($0) } : [], fields: fields,
            origin: register.name.range)
    }
}
