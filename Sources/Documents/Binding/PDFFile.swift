import Foundation

/// The objects of a PDF, by number.
struct PDFFile {
    struct Object {
        /// The value; for a stream its dictionary.
        var value: PDFValue
        /// The stream's bytes, as they lie in the file, in base 64.
        var stream: String?
    }

    var objects: [Int: Object] = [:]
    /// The number of the catalogue.
    var root = 0

    var highest: Int { objects.keys.max() ?? 0 }

    /// A value with a reference followed.
    func resolved(_ value: PDFValue?) -> PDFValue? {
        var value = value
        for _ in 0..<Self.longestChain {
            guard let number = value?.reference else { return value }
            value = objects[number]?.value
        }
        return nil
    }

    private static let longestChain = 16
    static let deepestTree = 64

    /// The pages in their order, with what they inherit written into them.
    func pages() -> [(number: Int, value: PDFValue)] {
        var found: [(Int, PDFValue)] = []
        var seen: Set<Int> = []
        collect(resolved(.reference(root))?["/Pages"], [:], 0, &seen, &found)
        return found
    }

    private func collect(
        _ node: PDFValue?, _ inherited: [String: PDFValue], _ depth: Int, _ seen: inout Set<Int>,
        _ found: inout [(Int, PDFValue)]
    ) {
        guard depth < Self.deepestTree, let number = node?.reference, seen.insert(number).inserted,
            var map = objects[number]?.value.map
        else { return }
        var passed = inherited
        for key in ["/Resources", "/MediaBox", "/CropBox", "/Rotate"] {
            if let own = map[key] { passed[key] = own } else { map[key] = inherited[key] }
        }
        guard let kids = resolved(map["/Kids"])?.list else {
            found.append((number, .map(map)))
            return
        }
        for kid in kids { collect(kid, passed, depth + 1, &seen, &found) }
    }

    /// The entries of a tree of numbers or names: `[key, value, ...]`.
    func leaves(of tree: PDFValue?, _ key: String, depth: Int = 0) -> [(PDFValue, PDFValue)] {
        guard depth < Self.deepestTree, let node = resolved(tree) else { return [] }
        let own = resolved(node[key])?.list ?? []
        let pairs = stride(from: 0, to: own.count - 1, by: 2).map { (own[$0], own[$0 + 1]) }
        return pairs + (resolved(node["/Kids"])?.list ?? []).flatMap { leaves(of: $0, key, depth: depth + 1) }
    }
}

extension PDFFile {
    /// Reads what `qpdf --json-output` wrote.
    init?(json: Data) {
        guard let whole = try? JSONSerialization.jsonObject(with: json) as? [String: Any], let parts = whole["qpdf"] as? [Any],
            parts.count == 2, let entries = parts[1] as? [String: [String: Any]]
        else { return nil }
        for (key, entry) in entries where key.hasPrefix("obj:") {
            guard let number = Int(key.dropFirst(4).prefix { $0 != " " }) else { continue }
            if let stream = entry["stream"] as? [String: Any] {
                objects[number] = Object(
                    value: PDFValue(stream["dict"] ?? [String: Any]()), stream: stream["data"] as? String ?? "")
            } else if let value = entry["value"] {
                objects[number] = Object(value: PDFValue(value))
            }
        }
        guard let trailer = entries["trailer"]?["value"], let found = PDFValue(trailer)["/Root"]?.reference else { return nil }
        root = found
    }

    /// As `qpdf --json-input` reads it.
    func json(title: String) throws -> Data {
        var entries: [String: Any] = [:]
        for (number, object) in objects {
            entries["obj:\(number) 0 R"] =
                object.stream.map { ["stream": ["data": $0, "dict": object.value.plain]] } ?? ["value": object.value.plain]
        }
        let information = highest + 1
        entries["obj:\(information) 0 R"] = ["value": ["/Title": "u:" + title, "/Producer": "u:Mandate"]]
        let trailer: [String: Any] = ["/Root": "\(root) 0 R", "/Info": "\(information) 0 R", "/Size": information + 1]
        entries["trailer"] = ["value": trailer]
        let head: [String: Any] = ["jsonversion": 2, "pdfversion": "1.7", "maxobjectid": information]
        return try JSONSerialization.data(
            withJSONObject: ["qpdf": [head, entries]], options: [.sortedKeys, .withoutEscapingSlashes])
    }
}
