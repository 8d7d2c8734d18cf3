import Foundation

/// A value of a PDF as qpdf's JSON (version 2) writes it: names, strings and references are texts that begin each in their own way.
indirect enum PDFValue: Hashable, Sendable {
    case null
    case flag(Bool)
    case whole(Int)
    case real(Double)
    /// `/Name`, `u:text`, `b:hex`, `12 0 R`.
    case text(String)
    case list([PDFValue])
    case map([String: PDFValue])

    static func reference(_ number: Int) -> PDFValue { .text("\(number) 0 R") }

    /// The number of the object that is referred to.
    var reference: Int? {
        guard case .text(let text) = self, text.hasSuffix(" R") else { return nil }
        let parts = text.split(separator: " ")
        return parts.count == 3 ? Int(parts[0]) : nil
    }

    subscript(key: String) -> PDFValue? {
        if case .map(let map) = self { map[key] } else { nil }
    }

    var list: [PDFValue]? {
        if case .list(let list) = self { list } else { nil }
    }

    var map: [String: PDFValue]? {
        if case .map(let map) = self { map } else { nil }
    }

    var whole: Int? {
        switch self {
        case .whole(let number): number
        case .real(let number): Int(exactly: number)
        default: nil
        }
    }

    var number: Double? {
        switch self {
        case .whole(let number): Double(number)
        case .real(let number): number
        default: nil
        }
    }

    var text: String? {
        if case .text(let text) = self { text } else { nil }
    }
}

extension PDFValue {
    /// What Foundation reads from JSON.
    init(_ value: Any) {
        switch value {
        case let text as String: self = .text(text)
        case let list as [Any]: self = .list(list.map { PDFValue($0) })
        case let map as [String: Any]: self = .map(map.mapValues { PDFValue($0) })
        case let number as NSNumber:
            switch String(cString: number.objCType) {
            case "c", "B": self = .flag(number.boolValue)
            case "d", "f": self = .real(number.doubleValue)
            default: self = .whole(number.intValue)
            }
        default: self = .null
        }
    }

    /// What Foundation writes as JSON.
    var plain: Any {
        switch self {
        case .null: NSNull()
        case .flag(let flag): flag
        case .whole(let number): number
        case .real(let number): number
        case .text(let text): text
        case .list(let list): list.map(\.plain)
        case .map(let map): map.mapValues(\.plain)
        }
    }

    /// Every value within, innermost first, replaced.
    func mapped(_ change: (PDFValue) -> PDFValue) -> PDFValue {
        switch self {
        case .list(let list): change(.list(list.map { $0.mapped(change) }))
        case .map(let map): change(.map(map.mapValues { $0.mapped(change) }))
        default: change(self)
        }
    }
}
