/// A text that is equal to another, and stands before it, by its UTF-8 bytes alone, as in SQLite: to Swift `é` and `e´` are one.
struct Exact: Hashable, Comparable, Sendable {
    var text: String

    init(_ text: String) { self.text = text }

    static func == (one: Exact, other: Exact) -> Bool {
        one.withBytes { mine in other.withBytes { mine.elementsEqual($0) } }
    }

    static func < (one: Exact, other: Exact) -> Bool {
        one.withBytes { mine in other.withBytes { mine.lexicographicallyPrecedes($0) } }
    }

    func hash(into hasher: inout Hasher) {
        withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(0xFF as UInt8)
    }

    private func withBytes<Answer>(_ body: (UnsafeBufferPointer<UInt8>) -> Answer) -> Answer {
        var text = text
        return text.withUTF8(body)
    }
}
