import Foundation

/// A value of JSON as a test reads it: what is not there is `none`, so that a path through it never fails but compares unequal.
enum JSON: Decodable, Hashable {
    case text(String)
    case number(Double)
    case flag(Bool)
    case list([JSON])
    case map([String: JSON])
    case none

    init(reading text: String) throws { self = try JSONDecoder().decode(JSON.self, from: Data(text.utf8)) }

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .none
        } else if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([JSON].self) {
            self = .list(list)
        } else {
            self = .map(try value.decode([String: JSON].self))
        }
    }

    subscript(key: String) -> JSON {
        if case .map(let map) = self { map[key] ?? .none } else { .none }
    }

    subscript(place: Int) -> JSON { list.indices.contains(place) ? list[place] : .none }

    var list: [JSON] {
        if case .list(let list) = self { list } else { [] }
    }

    var text: String {
        if case .text(let text) = self { text } else { "" }
    }

    /// The texts under a key, of each member of the list.
    func each(_ key: String) -> [String] { list.map { $0[key].text } }

    /// The first member of the list that has this text under this key.
    func first(_ key: String, _ text: String) -> JSON { list.first { $0[key] == .text(text) } ?? .none }

    /// Every text in it, however deep.
    var allTexts: [String] {
        switch self {
        case .text(let text): [text]
        case .list(let list): list.flatMap(\.allTexts)
        case .map(let map): map.values.flatMap(\.allTexts)
        case .number, .flag, .none: []
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral
{
    init(stringLiteral text: String) { self = .text(text) }
    init(integerLiteral number: Int) { self = .number(Double(number)) }
    init(booleanLiteral flag: Bool) { self = .flag(flag) }
    init(arrayLiteral list: JSON...) { self = .list(list) }
}
