import Diagnostics
import YAML

@testable import Workflows

/// A scalar or value of a workflow's file with what it is to the language: where a mutation may be put.
struct Site {
    enum Kind: Hashable {
        /// A key of the language.
        case key
        /// A word of a closed list, or true and false.
        case choice
        case deadline, expression, text
        /// A name that the file defines.
        case definition
        /// A name that a form defines.
        case field
        /// A name that stands for something defined elsewhere.
        case reference
        /// A value under a key of the language, whole: what a value of another kind is put in the place of.
        case value(wantsCollection: Bool)
    }

    var kind: Kind
    var node: Node
    var line: Int { node.range.start.line }
}

/// Walks through the tree of a shipped workflow by the language's own grammar and collects the sites.
struct SiteWalk {
    private(set) var sites: [Site] = []

    init(_ root: Node) {
        for entry in root.entries ?? [] { top(entry) }
    }

    private mutating func add(_ kind: Site.Kind, _ node: Node) { sites.append(Site(kind: kind, node: node)) }

    private mutating func each(_ node: Node, _ kind: Site.Kind) { for item in node.items { add(kind, item) } }

    private mutating func key(_ entry: Node.Entry, collection: Bool? = nil) {
        add(.key, entry.key)
        if let collection { add(.value(wantsCollection: collection), entry.value) }
    }

    private mutating func defined(_ node: Node, _ work: (inout SiteWalk, Node.Entry) -> Void) {
        for entry in node.entries ?? [] {
            add(.definition, entry.key)
            work(&self, entry)
        }
    }

    private mutating func top(_ entry: Node.Entry) {
        let name = entry.key.rawText ?? ""
        key(entry, collection: ["variables", "deadlines", "conditions", "commands", "states"].contains(name))
        switch name {
        case "workflow": add(.definition, entry.value)
        case "for": each(entry.value, .choice)
        case "begins":
            for part in entry.value.entries ?? [] {
                key(part, collection: false)
                if part.key.rawText == "each" { add(.expression, part.value) } else { each(part.value, .reference) }
            }
        case "variables": defined(entry.value) { $0.type($1.value, isVariable: true) }
        case "deadlines": defined(entry.value) { $0.add(.deadline, $1.value) }
        case "conditions": defined(entry.value) { $0.condition($1.value) }
        case "commands": defined(entry.value) { $0.command($1.value) }
        case "states": states(entry.value)
        case "initial": choices(entry.value)
        case "never", "always": for rule in entry.value.items { self.rule(rule) }
        default: add(.text, entry.value)
        }
    }

    private mutating func type(_ node: Node, isVariable: Bool = false) {
        guard let entries = node.entries else {
            if !isVariable { add(.choice, node) }
            return
        }
        for entry in entries {
            key(entry, collection: nil)
            switch entry.key.rawText {
            case "type", "optional": add(.choice, entry.value)
            case "shown_to": each(entry.value, .reference)
            case "from": add(.expression, entry.value)
            default: break
            }
        }
    }

    private mutating func condition(_ node: Node) {
        guard let entries = node.entries else { return add(.expression, node) }
        for entry in entries {
            key(entry, collection: false)
            add(entry.key.rawText == "is" ? .expression : .text, entry.value)
        }
    }

    private mutating func command(_ node: Node) {
        for entry in node.entries ?? [] {
            key(entry, collection: entry.key.rawText == "fields")
            switch entry.key.rawText {
            case "by", "not_by", "while": each(entry.value, .reference)
            case "until": add(.deadline, entry.value)
            case "fields":
                for field in entry.value.entries ?? [] {
                    add(.field, field.key)
                    type(field.value)
                }
            case "record": add(.choice, entry.value)
            default: add(.text, entry.value)
            }
        }
    }

    private mutating func rule(_ node: Node) {
        for entry in node.entries ?? [] {
            key(entry, collection: false)
            switch entry.key.rawText {
            case "if": add(.expression, entry.value)
            case "when": add(.reference, entry.value)
            default: add(.text, entry.value)
            }
        }
    }

    private mutating func states(_ node: Node) {
        for entry in node.entries ?? [] {
            add(.definition, entry.key)
            if entry.value.rawText == "final" { add(.choice, entry.value) }
            for part in entry.value.entries ?? [] { state(part) }
        }
    }

    private mutating func state(_ entry: Node.Entry) {
        let name = entry.key.rawText ?? ""
        key(entry, collection: ["states", "parallel", "on", "at", "duty"].contains(name))
        switch name {
        case "type", "participation", "history": add(.choice, entry.value)
        case "states", "parallel": states(entry.value)
        case "initial": choices(entry.value)
        case "announce": add(.definition, entry.value)
        case "entry", "exit": actions(entry.value)
        case "duty": duty(entry.value)
        case "then": transition(entry.value)
        case "on", "once", "at":
            guard let entries = entry.value.entries else { return transition(entry.value) }
            for event in entries {
                add(name == "at" ? .deadline : .reference, event.key)
                transition(event.value)
            }
        default: break
        }
    }

    private mutating func duty(_ node: Node) {
        for entry in node.entries ?? [] {
            let name = entry.key.rawText ?? ""
            key(entry, collection: name == "escalate")
            switch name {
            case "of", "not_of": add(.reference, entry.value)
            case "from", "due": add(.deadline, entry.value)
            case "remind": each(entry.value, .deadline)
            case "checklist":
                for line in entry.value.items {
                    for part in line.entries ?? [] {
                        key(part, collection: false)
                        add(part.key.rawText == "each" ? .expression : .text, part.value)
                    }
                }
            case "escalate":
                for part in entry.value.entries ?? [] {
                    key(part, collection: false)
                    add(part.key.rawText == "to" ? .reference : .deadline, part.value)
                }
            default: add(.text, entry.value)
            }
        }
    }

    private mutating func choices(_ node: Node) {
        for item in node.items {
            guard let entries = item.entries else {
                add(.reference, item)
                continue
            }
            for entry in entries {
                key(entry, collection: false)
                add(entry.key.rawText == "if" ? .expression : .reference, entry.value)
            }
        }
    }

    private mutating func transition(_ node: Node) {
        for item in node.items {
            guard let entries = item.entries else {
                if item.rawText != "stay" { add(.reference, item) }
                continue
            }
            for entry in entries {
                let name = entry.key.rawText ?? ""
                if WorkflowReader.inlineVerbs.contains(name) {
                    verb(entry)
                    continue
                }
                key(entry, collection: name == "do" ? true : false)
                switch name {
                case "to": for target in entry.value.items where target.rawText != "stay" { add(.reference, target) }
                case "needs": for need in entry.value.items where need.rawText != "checklist" { add(.reference, need) }
                case "if": add(.expression, entry.value)
                case "duty", "external": add(.choice, entry.value)
                case "do": actions(entry.value)
                default: break
                }
            }
        }
    }

    private mutating func actions(_ node: Node) {
        for item in node.items {
            for entry in item.entries ?? [] {
                let name = entry.key.rawText ?? ""
                if WorkflowReader.inlineVerbs.contains(name) {
                    verb(entry)
                    continue
                }
                key(entry)
                switch name {
                case "if": add(.expression, entry.value)
                case "do", "else": actions(entry.value)
                case "about", "for":
                    for part in entry.value.entries ?? [] {
                        add(.choice, part.key)
                        add(.expression, part.value)
                    }
                case "with", "each", "foreach":
                    if entry.value.entries == nil { add(.expression, entry.value) }
                    for part in entry.value.entries ?? [] { add(.expression, part.value) }
                default: break
                }
            }
        }
    }

    private mutating func verb(_ entry: Node.Entry) {
        let name = entry.key.rawText ?? ""
        key(entry, collection: ["set", "mail"].contains(name))
        switch name {
        case "tell", "start", "draft", "raise", "cancel": each(entry.value, .reference)
        case "mail":
            for letter in entry.value.entries ?? [] {
                add(.reference, letter.key)
                each(letter.value, .reference)
            }
        case "set":
            for value in entry.value.entries ?? [] {
                add(.reference, value.key)
                add(.expression, value.value)
            }
        case "log": add(.expression, entry.value)
        default: break
        }
    }
}
