import Statecharts

extension WorkflowDiagram {
    /// The picture as a state diagram of Mermaid (`stateDiagram-v2`).
    ///
    /// Mermaid draws no way between states within different states; such a way is drawn between those that hold them, and its label says
    /// where it leads.
    public var mermaid: String {
        var lines = ["---", "title: \(Self.plain(title))", "---", "stateDiagram-v2"]
        lines += content(of: 0, indent: "    ")
        lines.append("    classDef now fill:#ffd54f,stroke:#5d4037,stroke-width:3px,color:#000")
        lines.append("    classDef been fill:#e0e0e0,stroke:#616161,color:#000")
        for (number, box) in boxes.enumerated() where box.children.isEmpty && number > 0 {
            if way.now.contains(box.id) {
                lines.append("    class s\(number) now")
            } else if turn(of: box) != nil {
                lines.append("    class s\(number) been")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func content(of number: Int, indent: String) -> [String] {
        var lines: [String] = []
        for (place, child) in boxes[number].children.enumerated() {
            if place > 0, boxes[number].kind == .parallel { lines.append(indent + "--") }
            lines += state(child, indent: indent)
        }
        for start in boxes[number].starts { lines.append("\(indent)[*] --> s\(raised(start, below: number))") }
        for arrow in arrows {
            let place = meeting(of: arrow)
            guard place.holder == number else { continue }
            var label = Self.plain(arrow.label)
            if place.to != arrow.to { label += (label.isEmpty ? "" : " ") + "to \(Self.plain(boxes[arrow.to].name))" }
            if arrow.isTaken { label = "✓ " + label }
            lines.append("\(indent)s\(place.from) --> s\(place.to)" + (label.isEmpty ? "" : " : \(label)"))
        }
        for child in boxes[number].children where boxes[child].kind == .final { lines.append("\(indent)s\(child) --> [*]") }
        return lines
    }

    private func state(_ number: Int, indent: String) -> [String] {
        let box = boxes[number]
        if box.isChoice { return ["\(indent)state s\(number) <<choice>>"] }
        var name = box.name
        if case .history(let deep) = box.kind { name = deep ? "H*" : "H" }
        if let turn = turn(of: box) { name += " (\(turn))" }
        var label = Self.plain(name)
        if let owes = box.owes { label += "<br/>\(Self.plain(owes))" }
        guard !box.children.isEmpty else { return ["\(indent)state \"\(label)\" as s\(number)"] }
        return ["\(indent)state \"\(label)\" as s\(number) {"] + content(of: number, indent: indent + "    ") + ["\(indent)}"]
    }

    /// The innermost state that holds both ends, and its children in which they lie.
    private func meeting(of arrow: Arrow) -> (holder: Int, from: Int, to: Int) {
        let outer = holders(of: arrow.to)
        let holder = holders(of: arrow.from).first { outer.contains($0) } ?? 0
        return (holder, raised(arrow.from, below: holder), raised(arrow.to, below: holder))
    }

    private func raised(_ number: Int, below holder: Int) -> Int {
        var raised = number
        while raised != 0, boxes[raised].parent != holder { raised = boxes[raised].parent }
        return raised == 0 ? number : raised
    }

    /// Signs that mean something to Mermaid, as others that look like them.
    private static func plain(_ text: String) -> String {
        var plain = ""
        for character in text {
            switch character {
            case ":": plain += "\u{2236}"
            case ";": plain += ","
            case "\"": plain += "'"
            case "#": plain += "\u{FF03}"
            case "<": plain += "\u{2039}"
            case ">": plain += "\u{203A}"
            case "{": plain += "("
            case "}": plain += ")"
            case "\n", "\r", "\r\n": plain += " "
            default: plain.append(character)
            }
        }
        return plain
    }
}
