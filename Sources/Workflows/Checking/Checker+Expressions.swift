import CEL
import Diagnostics
import YAML

extension Checker {
    /// Compiles an expression; each of its mistakes is a finding at its place in the file.
    /// - Parameter form: the fields that `event` has, where it is the form of a command.
    /// - Parameter isOnlyTold: in a chart, a value that nothing rests on; a wrong type there is a warning, and fails when it runs.
    mutating func compile(
        _ node: Node, as kind: Kind, of what: String, form: [String]? = nil, isOnlyTold: Bool = false
    ) -> Program? {
        guard let text = node.rawText else { return nil }
        do throws(CompileError) {
            let program = try Program(text, in: environment, expecting: kind)
            if let form { checkForm(program, node, form) }
            checkStatePaths(text, node)
            return program
        } catch {
            let unchecked = isOnlyTold ? runnable(text) : nil
            for issue in error.issues {
                log.add(
                    .badExpression, at: node.range(ofBytes: issue.range), issue.message, expected: issue.expected,
                    nearest: issue.nearest, severity: unchecked == nil ? .error : .warning)
            }
            if let unchecked { return unchecked }
            if error.issues.isEmpty { log.add(.badExpression, at: node.range, "\(what) is no expression") }
            return nil
        }
    }

    /// The expression without the check of types, if all of its names are known.
    private func runnable(_ text: String) -> Program? {
        var loose = environment
        loose.isChecked = false
        guard workflow.isChart, let program = try? Program(text, in: loose) else { return nil }
        let known = Set(loose.names.keys).union(loose.slots.map(\.name))
        return program.names.allSatisfy(known.contains) ? program : nil
    }

    /// Compiles what the checker itself has put together of parts that were compiled before.
    func compiled(_ text: String, as kind: Kind = .bool) -> Program? { try? Program(text, in: environment, expecting: kind) }

    private mutating func checkForm(_ program: Program, _ node: Node, _ form: [String]) {
        for path in program.paths where path.count > 1 && path[0] == "event" && !form.contains(path[1]) {
            let place = program.text.bytes(of: "event.\(path[1])").first.map { node.range(ofBytes: $0) }
            log.add(
                .unknownEventField, at: place ?? node.range, "the form has no field `\(path[1])`",
                expected: form.isEmpty ? "a field under `fields:` of the command" : form.joined(separator: ", "),
                nearest: nearestName(to: path[1], among: form))
        }
    }

    /// Looks up the states that `in('path')` and `In('path')` ask for.
    private mutating func checkStatePaths(_ text: String, _ node: Node) {
        for (call, isOwn) in [("in(", false), ("In(", true)] {
            for place in text.bytes(of: call) {
                guard let (path, range) = text.quoted(at: place.upperBound) else { continue }
                let before = text.byte(before: place.lowerBound)
                if isOwn, before.map({ !$0.isNamePart }) ?? true {
                    checkOwnState(path, node.range(ofBytes: range))
                } else if !isOwn, !workflow.isChart, before == UInt8(ascii: ".") {
                    checkState(path, asked: text.name(before: place.lowerBound - 1), node.range(ofBytes: range))
                }
            }
        }
    }

    /// Looks up the documents that `written('document')` asks for.
    private mutating func checkDocuments(_ text: String, _ node: Node) {
        for place in text.bytes(of: "written(") {
            guard let (name, range) = text.quoted(at: place.upperBound), !surroundings.hasTemplate(name) else { continue }
            log.add(
                .unknownDocument, at: node.range(ofBytes: range), "there is no template `\(name)`",
                expected: "a document that this workflow drafts",
                nearest: nearestName(to: name, among: Array(surroundings.templates ?? [])))
        }
    }

    private mutating func checkOwnState(_ path: String, _ range: SourceRange) {
        if ids.contains(path) { return }
        var nearest = nearestName(to: path, among: ids)
        if case .found(let number) = tree.anywhere(path) { nearest = ids[number] }
        log.add(
            .unknownPath, at: range, "this \(workflow.isChart ? "chart" : "workflow") has no state `\(path)`",
            expected: workflow.isChart ? "a state's name, or its path where others bear it too" : "the whole path of a state",
            nearest: nearest)
    }

    /// A subject that the case is about is asked of the workflow of its name; of anything else any workflow may be meant.
    private mutating func checkState(_ path: String, asked: String, _ range: SourceRange) {
        var several: [String]?
        var outlines = Array(surroundings.outlines.values)
        if kinds.contains(where: { $0.rawValue == asked }), let one = surroundings.outlines[asked] { outlines = [one] }
        for outline in outlines {
            switch outline.tree.anywhere(path) {
            case .found: return
            case .ambiguous(let paths): several = paths
            case .unknown: break
            }
        }
        if let several {
            log.add(
                .unknownPath, at: range, "several states end in `\(path)`", expected: several.joined(separator: ", "))
        } else {
            log.add(
                .unknownPath, at: range, "no workflow has a state `\(path)`", expected: "the path of a state",
                nearest: nearestName(
                    to: path, among: outlines.flatMap { Array($0.tree.names) }))
        }
    }
}

extension String {
    /// The places of a text in this one, in UTF-8 bytes.
    func bytes(of wanted: String) -> [Range<Int>] {
        let all = Array(utf8)
        let part = Array(wanted.utf8)
        guard !part.isEmpty, all.count >= part.count else { return [] }
        return (0...(all.count - part.count)).filter { all[$0..<($0 + part.count)].elementsEqual(part) }
            .map { $0..<($0 + part.count) }
    }

    /// The name that ends before the byte; empty where there is none.
    fileprivate func name(before offset: Int) -> String {
        let part = Array(utf8.prefix(max(0, offset)))
        let start = part.lastIndex { !$0.isNamePart }.map { $0 + 1 } ?? 0
        return String(decoding: part[start...], as: UTF8.self)
    }

    fileprivate func byte(before offset: Int) -> UInt8? {
        offset > 0 ? utf8[utf8.index(utf8.startIndex, offsetBy: offset - 1)] : nil
    }

    /// The string of one line in quotes that begins at the byte, and where its inside stands.
    fileprivate func quoted(at offset: Int) -> (String, Range<Int>)? {
        let all = Array(utf8)
        guard offset < all.count, all[offset] == UInt8(ascii: "'") || all[offset] == UInt8(ascii: "\"") else { return nil }
        guard let end = all[(offset + 1)...].firstIndex(of: all[offset]) else { return nil }
        return (String(decoding: all[(offset + 1)..<end], as: UTF8.self), (offset + 1)..<end)
    }
}

extension UInt8 {
    /// Whether the byte may stand in a name.
    var isNamePart: Bool {
        (self >= 0x61 && self <= 0x7A) || (self >= 0x41 && self <= 0x5A) || (self >= 0x30 && self <= 0x39) || self == 0x5F
    }
}
