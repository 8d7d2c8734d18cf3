import Statecharts

extension WorkflowDiagram {
    /// The picture in DOT, the language of Graphviz.
    public var dot: String {
        var lines = [
            "digraph workflow {",
            "    compound=true; rankdir=TB; fontname=\"Helvetica\"; labelloc=t; label=\(Self.quoted(title));",
            "    node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"Helvetica\", fontsize=11];",
            "    edge [fontname=\"Helvetica\", fontsize=9];",
        ]
        lines += content(of: 0, indent: "    ")
        for arrow in arrows { lines.append(edge(arrow)) }
        return (lines + ["}"]).joined(separator: "\n") + "\n"
    }

    private func content(of number: Int, indent: String) -> [String] {
        var lines: [String] = []
        if !boxes[number].starts.isEmpty {
            lines.append("\(indent)i\(number) [shape=point, width=0.12, label=\"\"];")
            for start in boxes[number].starts { lines.append("\(indent)i\(number) -> \(end(start));") }
        }
        for child in boxes[number].children { lines += state(child, indent: indent) }
        return lines
    }

    private func state(_ number: Int, indent: String) -> [String] {
        let box = boxes[number]
        guard !box.children.isEmpty else { return ["\(indent)s\(number) [\(attributes(of: box).joined(separator: ", "))];"] }
        let style = boxes[box.parent].kind == .parallel ? "dashed,rounded" : "rounded"
        return [
            "\(indent)subgraph cluster_\(number) {", "\(indent)    style=\"\(style)\"; label=\(Self.quoted(label(of: box)));",
        ] + content(of: number, indent: indent + "    ") + ["\(indent)}"]
    }

    private func label(of box: Box) -> String {
        var label = box.name
        if let turn = turn(of: box) { label += " (\(turn))" }
        if let owes = box.owes { label += "\n\(owes)" }
        return label
    }

    private func attributes(of box: Box) -> [String] {
        if box.isChoice { return ["shape=diamond", "label=\"\"", "width=0.2", "height=0.2"] }
        var attributes = ["label=\(Self.quoted(label(of: box)))"]
        switch box.kind {
        case .final: attributes.append("peripheries=2")
        case .history(let deep): attributes = ["label=\"\(deep ? "H*" : "H")\"", "shape=circle"]
        default: break
        }
        if way.now.contains(box.id) {
            attributes += ["fillcolor=\"#ffd54f\"", "penwidth=3"]
        } else if turn(of: box) != nil {
            attributes.append("fillcolor=\"#e0e0e0\"")
        }
        return attributes
    }

    private func edge(_ arrow: Arrow) -> String {
        var attributes = arrow.label.isEmpty ? [] : ["label=\(Self.quoted(arrow.label))"]
        if arrow.isTaken { attributes += ["penwidth=2.5", "color=\"#bf6000\""] }
        // An arrow that ends at what holds its other end would be cut away by Graphviz.
        if !boxes[arrow.from].children.isEmpty, arrow.from != arrow.to, !holders(of: arrow.to).contains(arrow.from) {
            attributes.append("ltail=cluster_\(arrow.from)")
        }
        if !boxes[arrow.to].children.isEmpty, arrow.from != arrow.to, !holders(of: arrow.from).contains(arrow.to) {
            attributes.append("lhead=cluster_\(arrow.to)")
        }
        let list = attributes.isEmpty ? "" : " [\(attributes.joined(separator: ", "))]"
        return "    \(leaf(arrow.from)) -> \(leaf(arrow.to))\(list);"
    }

    private func end(_ number: Int) -> String {
        boxes[number].children.isEmpty ? "s\(number)" : "\(leaf(number)) [lhead=cluster_\(number)]"
    }

    /// A node stands for a state that holds others: where it starts.
    private func leaf(_ number: Int) -> String {
        var number = number
        while let first = boxes[number].children.first {
            if !boxes[number].starts.isEmpty { return "i\(number)" }
            number = first
        }
        return "s\(number)"
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case _ where scalar.properties.generalCategory == .control: quoted += " "
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
