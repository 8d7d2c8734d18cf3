import Diagnostics
import Documents
import YAML

@testable import Workflows

/// A stream of numbers from a seed (SplitMix64), so that each run makes the same mutations.
struct Dice {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) >> 1) % max(1, limit)
    }

    mutating func pick<Thing>(_ things: [Thing]) -> Thing { things[next(things.count)] }
}

/// The classes of mistakes that the checker must find, each with an oracle of its own.
enum MistakeClass: String, CaseIterable {
    case keyMisspelt = "a key misspelt"
    case valueMisspelt = "a value misspelt"
    case wrongKind = "a value of the wrong kind"
    case referenceRenamed = "a reference renamed"
    case definitionRenamed = "a definition renamed"
    case indentation = "indentation broken"
    case lineDropped = "a line dropped"
}

/// A mutated copy of a file with what a finding must say of it.
struct Mutation {
    var file: String
    var text: String
    /// `file:line` of each place where a finding is right.
    var right: Set<String>
    /// Whether it may be no mistake at all.
    var mayBeValid: Bool
    var story: String
    /// The lines of the file at which a finding is right by its place alone.
    var block: ClosedRange<Int>
}

/// Makes mutations of the shipped workflows.
struct Mutator {
    struct File {
        var name: String
        var text: String
        var lines: [String]
        var root: Node
        var sites: [Site]
        var workflow: UncheckedWorkflow?
        var tree: StateTree? { workflow.map { StateTree($0.states) } }
    }

    let files: [File]
    /// The names that templates use, with the place of each.
    let shown: [Shown]
    var dice: Dice

    /// A name in a template: its words, the words of the sections around it, and the document.
    struct Shown {
        var words: [String]
        var around: Set<String>
        var document: String
        var place: String
    }

    init(_ files: [(name: String, text: String)], shown: [Shown], seed: UInt64) {
        self.shown = shown
        self.files = files.compactMap { name, text in
            parseYAML(SourceText(name: name, text: text)).0.map {
                File(
                    name: name, text: text,
                    lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init), root: $0,
                    sites: SiteWalk($0).sites, workflow: readWorkflow(SourceText(name: name, text: text), hash: "").0)
            }
        }
        dice = Dice(seed: seed)
    }

    mutating func mutation(of kind: MistakeClass) -> Mutation {
        while true {
            let file = dice.pick(files)
            let made: Mutation? =
                switch kind {
                case .keyMisspelt: misspelt(file, [.key])
                case .valueMisspelt: misspelt(file, [.choice, .deadline, .expression])
                case .wrongKind: wrongKind(file)
                case .referenceRenamed: misspelt(file, [.reference])
                case .definitionRenamed: definitionRenamed(file)
                case .indentation: indentation(file)
                case .lineDropped: lineDropped(file)
                }
            if let made, made.text != file.text { return made }
        }
    }

    private func replaced(_ file: File, _ node: Node, with text: String) -> String {
        let bytes = Array(file.text.utf8)
        let range = node.range
        return String(
            decoding: bytes[..<range.start.offset] + Array(text.utf8) + bytes[range.end.offset...], as: UTF8.self)
    }

    private func at(_ file: File, _ lines: some Sequence<Int>) -> Set<String> { Set(lines.map { "\(file.name):\($0)" }) }

    private mutating func misspelt(_ file: File, _ kinds: Set<Site.Kind>) -> Mutation? {
        let site = dice.pick(file.sites.filter { kinds.contains($0.kind) })
        guard site.node.range.start.line == site.node.range.end.line else { return nil }
        let bytes = Array(file.text.utf8)[site.node.range.start.offset..<site.node.range.end.offset]
        let written = String(decoding: bytes, as: UTF8.self)
        guard let wrong = misspelling(in: written, isExpression: site.kind == .expression) else { return nil }
        return Mutation(
            file: file.name, text: replaced(file, site.node, with: wrong), right: at(file, [site.line]), mayBeValid: false,
            story: "\(site.kind): \(written) -> \(wrong)", block: site.line...site.line)
    }

    /// One word of at least four letters with two letters swapped, one lost, doubled or another; texts in an expression are left.
    private mutating func misspelling(in text: String, isExpression: Bool) -> String? {
        let characters = Array(text)
        var words: [Range<Int>] = []
        var start: Int?
        var quote: Character?
        for (place, character) in characters.enumerated() {
            if isExpression, place > 0 || (character != "\"" && character != "'") {
                if let open = quote { if character == open { quote = nil } } else if character == "'" { quote = character }
            }
            let isLetter = character.isASCII && (character.isLetter || character == "_") && quote == nil
            if isLetter, start == nil { start = place }
            if !isLetter, let from = start {
                if place - from >= 4 { words.append(from..<place) }
                start = nil
            }
        }
        if let from = start, characters.count - from >= 4 { words.append(from..<characters.count) }
        guard !words.isEmpty else { return nil }
        let word = dice.pick(words)
        var wrong = Array(characters[word])
        let place = 1 + dice.next(wrong.count - 2)
        switch dice.next(4) {
        case 0:
            guard wrong[place] != wrong[place + 1] else { return nil }
            wrong.swapAt(place, place + 1)
        case 1: wrong.remove(at: place)
        case 2: wrong.insert(wrong[place], at: place)
        default: wrong[place] = wrong[place] == "x" ? "z" : "x"
        }
        guard !Self.language.contains(String(wrong)) else { return nil }
        return String(characters[..<word.lowerBound]) + String(wrong) + String(characters[word.upperBound...])
    }

    /// Words that would be right in some place, so that they are no misspelling.
    private static let language = Set(
        WorkflowReader.topKeys + WorkflowReader.stateKeys + WorkflowReader.dutyKeys + WorkflowReader.transitionKeys
            + WorkflowReader.commandKeys + WorkflowReader.typeKeys + WorkflowReader.adverbs + WorkflowReader.plainTypes
            + SubjectKind.allCases.flatMap { [$0.rawValue, Vocabulary.plural($0.rawValue)] }
            + ["days", "hours", "months", "weeks", "years", "minutes"])

    private mutating func wrongKind(_ file: File) -> Mutation? {
        let site = dice.pick(
            file.sites.filter {
                if case .value = $0.kind { return true }
                return [.text, .deadline, .choice].contains($0.kind)
            })
        let isKey = site.node.range.start == site.node.range.end
        guard !isKey else { return nil }
        var wrong = dice.pick(["[[a]]", "{zz: 1}", "[{zz: 1}]"])
        if case .value(true) = site.kind { wrong = dice.pick(["7", "true", "some words"]) }
        // A list of one stands for the one in many places, and a duty's or a state's own mapping has keys of its own.
        let isBlock = site.node.range.start.line != site.node.range.end.line
        var text = replaced(file, site.node, with: wrong)
        var line = site.line
        if isBlock || isOnLineOfItsOwn(file, site.node) {
            guard case .value = site.kind, let key = keyBefore(file, site.node) else { return nil }
            let bytes = Array(file.text.utf8)
            text = String(
                decoding: bytes[..<key.range.end.offset] + Array(": \(wrong)\n".utf8)
                    + rest(bytes, after: site.node.range.end.offset), as: UTF8.self)
            line = key.range.start.line
        }
        return Mutation(
            file: file.name, text: text, right: at(file, [line]), mayBeValid: false, story: "\(site.kind) -> \(wrong)",
            block: line...line)
    }

    private func isOnLineOfItsOwn(_ file: File, _ node: Node) -> Bool {
        file.lines[node.range.start.line - 1].prefix(node.range.start.column - 1).allSatisfy { $0 == " " || $0 == "-" }
    }

    private func rest(_ bytes: [UInt8], after offset: Int) -> ArraySlice<UInt8> {
        let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count - 1
        return bytes[(end + 1)...]
    }

    private func keyBefore(_ file: File, _ node: Node) -> Node? {
        file.sites.last { $0.kind == .key && $0.node.range.end <= node.range.start }?.node
    }

    private mutating func definitionRenamed(_ file: File) -> Mutation? {
        let site = dice.pick(file.sites.filter { $0.kind == .definition })
        guard let name = site.node.rawText, let wrong = misspelling(in: name, isExpression: false) else { return nil }
        // A workflow's cases are asked for by its plural.
        let isWorkflow = file.workflow?.name.range == site.node.range
        let names: Set = isWorkflow ? [name, Vocabulary.plural(name)] : [name]
        let uses = stateUses(of: site.node, in: file) ?? uses(of: names, besides: site.node, in: file)
        let shown = shownPlaces { names.contains($0) || $0.hasSuffix("_" + name) || $0.hasPrefix(name + "_") }
        return Mutation(
            file: file.name, text: replaced(file, site.node, with: wrong),
            right: at(file, [site.line]).union(uses).union(shown).union(mentions(of: names, besides: file)),
            mayBeValid: uses.isEmpty && !isShown(name, of: file), story: "defined \(name) -> \(wrong)",
            block: site.line...site.line)
    }

    /// The lines of other files that hold the word: one that starts such a case names its variables under `with:`.
    private func mentions(of names: Set<String>, besides home: File) -> Set<String> {
        var found: Set<String> = []
        for file in files where file.name != home.name {
            for (number, line) in file.lines.enumerated() {
                let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_") }
                if words.contains(where: { names.contains(String($0)) }) { found.insert("\(file.name):\(number + 1)") }
            }
        }
        return found
    }

    /// Whether a document of the workflow's own, or a list of its cases in another, shows the name.
    private func isShown(_ name: String, of file: File) -> Bool {
        guard let workflow = file.workflow else { return false }
        let outline = Outline(workflow, among: [])
        let own = Set((outline.mailed + outline.drafted).map { String($0.text.map { $0 == "_" ? "-" : $0 }) })
        let plural = Vocabulary.plural(workflow.name.text)
        return shown.contains { use in
            let isOwn = own.contains(use.document) && use.around.isEmpty && !ShippedDocuments.names.contains(use.document)
            return use.words.first == name && (isOwn || use.around.contains(plural))
        }
    }

    /// Where the name is used: references, expressions, deadlines and texts that hold it as a word of its own.
    private func uses(of names: Set<String>, besides node: Node, in home: File) -> Set<String> {
        var found: Set<String> = []
        for file in files {
            for site in file.sites where site.kind != .key && site.kind != .definition && site.node != node {
                guard site.node.range.start.line == site.node.range.end.line, let text = site.node.rawText else { continue }
                let words = text.split { !($0.isLetter || $0.isNumber || $0 == "_") }
                let isPath = names.count > 1 || text.contains("'") || site.kind == .reference || file.name == home.name
                if isPath, words.contains(where: { names.contains(String($0)) }) { found.insert("\(file.name):\(site.line)") }
            }
        }
        return found
    }

    /// Where templates use such a word.
    private func shownPlaces(of isMeant: (String) -> Bool) -> Set<String> {
        Set(shown.filter { $0.words.contains(where: isMeant) }.map(\.place))
    }

    /// Where a state is meant by its name, found as the checker finds it; nil where the definition is no state's.
    private func stateUses(of node: Node, in home: File) -> Set<String>? {
        guard let tree = home.tree,
            let state = tree.items.indices.first(where: { tree.items[$0].state.name.range == node.range })
        else { return nil }
        let name = tree.items[state].state.name.text
        func means(_ path: String, _ lookup: StateTree.Lookup) -> Bool {
            guard case .found(let found) = lookup, found == state || tree.isWithin(found, state) else { return false }
            return path.split(separator: ".").contains { $0 == name }
        }
        var found: Set<String> = []
        for number in tree.items.indices {
            let item = tree.items[number].state
            for word in item.transitions.flatMap(\.targets) where means(word.text, tree.target(word.text, from: number)) {
                found.insert("\(home.name):\(word.range.start.line)")
            }
            for word in item.initial.flatMap(\.targets) where means(word.text, tree.start(word.text, of: number)) {
                found.insert("\(home.name):\(word.range.start.line)")
            }
        }
        for command in home.workflow?.commands ?? [] {
            guard let word = command.whileState, means(word.text, tree.anywhere(word.text)) else { continue }
            found.insert("\(home.name):\(word.range.start.line)")
        }
        for word in home.workflow?.initial.flatMap(\.targets) ?? [] where means(word.text, tree.anywhere(word.text)) {
            found.insert("\(home.name):\(word.range.start.line)")
        }
        for file in files {
            for site in file.sites where site.kind == .expression {
                // A state is asked for by `in('path')`; other quoted words are texts.
                let parts = (site.node.rawText ?? "").split(separator: "'", omittingEmptySubsequences: false).map(String.init)
                for (before, path) in zip(parts, parts.dropFirst())
                where before.lowercased().hasSuffix("in(") && means(path, tree.anywhere(path)) {
                    found.insert("\(file.name):\(site.line)")
                }
            }
        }
        return found
    }

    private func indent(_ line: String) -> Int { line.prefix { $0 == " " }.count }

    private func isContent(_ line: String) -> Bool {
        let text = line.drop { $0 == " " }
        return !text.isEmpty && !text.hasPrefix("#")
    }

    private mutating func indentation(_ file: File) -> Mutation? {
        let number = dice.next(file.lines.count)
        let line = file.lines[number]
        let shift = dice.pick([-4, -3, -2, -1, 1, 2, 3, 4])
        guard isContent(line), indent(line) + shift >= 0 else { return nil }
        var lines = file.lines
        lines[number] = String(repeating: " ", count: indent(line) + shift) + line.dropFirst(indent(line))
        let text = lines.joined(separator: "\n")
        if let tree = parseYAML(SourceText(name: "", text: text)).0, tree.outline == file.root.outline { return nil }
        return Mutation(
            file: file.name, text: text, right: at(file, number...(number + 2)), mayBeValid: false,
            story: "line \(number + 1) by \(shift): \(line.trimmed)", block: number...(number + 2))
    }

    private mutating func lineDropped(_ file: File) -> Mutation? {
        let number = dice.next(file.lines.count)
        let line = file.lines[number]
        guard isContent(line) else { return nil }
        var lines = file.lines
        lines.remove(at: number)
        var right = at(file, block(around: number, in: file))
        right.formUnion(namesakes(of: number, in: file))
        return Mutation(
            file: file.name, text: lines.joined(separator: "\n"), right: right, mayBeValid: true,
            story: "dropped line \(number + 1): \(line.trimmed)", block: block(around: number, in: file))
    }

    /// The lines, after the drop, on which stands a name of one's own that the dropped line defined, asked for, or said something of: where a
    /// command is no longer taken, that is to be said of the command.
    private func namesakes(of number: Int, in file: File) -> Set<String> {
        let header = block(around: number, in: file).lowerBound
        let own: Set<Site.Kind> = [.definition, .reference, .field]
        let asking: Set<Site.Kind> = [.definition, .reference, .field, .expression, .choice, .deadline, .text]
        func names(_ site: Site) -> [String] {
            (site.node.rawText ?? "").split(separator: ".").map(String.init)
        }
        let lost = Set(
            file.sites.filter {
                own.contains($0.kind) && ($0.line == number + 1 || $0.line == header && $0.kind == .definition)
            }
            .flatMap(names))
        var found = shownPlaces { lost.contains($0) }
        for other in files {
            for site in other.sites where asking.contains(site.kind) {
                let words = (site.node.rawText ?? "").split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
                guard words.contains(where: { lost.contains($0) }) else { continue }
                found.insert("\(other.name):\(other.name == file.name && site.line > number + 1 ? site.line - 1 : site.line)")
            }
        }
        return found
    }

    /// The lines, after the drop, of the block in which the line stands, from its header on.
    private func block(around number: Int, in file: File) -> ClosedRange<Int> {
        let depth = indent(file.lines[number])
        guard depth > 0 else { return 1...file.lines.count }
        var header = number - 1
        while header > 0, !isContent(file.lines[header]) || indent(file.lines[header]) >= depth { header -= 1 }
        let outer = indent(file.lines[header])
        var end = number + 1
        while end < file.lines.count, !isContent(file.lines[end]) || indent(file.lines[end]) > outer { end += 1 }
        return (header + 1)...max(header + 1, end)
    }
}

extension String {
    fileprivate var trimmed: String { String(drop { $0 == " " }) }
}

extension Node {
    /// The tree without its places.
    fileprivate var outline: String {
        switch content {
        case .scalar(let text, _): text
        case .sequence(let nodes): "[" + nodes.map(\.outline).joined(separator: "\u{1}") + "]"
        case .mapping(let entries):
            "{" + entries.map { "\($0.key.outline)\u{2}\($0.value.outline)" }.joined(separator: "\u{1}") + "}"
        }
    }
}
