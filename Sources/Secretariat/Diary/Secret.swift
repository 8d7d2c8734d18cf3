import Journals

/// What only this installation knows: it seals texts so that it knows its own seals again, and nobody else can make one.
struct Secret {
    /// Hexadecimal digits of a seal: 128 bits.
    static let length = 32

    private let key: String

    init(_ key: String) { self.key = key }

    func seal(_ text: String) -> String { String(Fingerprint.of(text, under: key).prefix(Self.length)) }

    /// Whether it is the seal of this text, compared in a time that tells nothing of where they differ.
    func isSeal(_ seal: String, of text: String) -> Bool {
        let (own, given) = (Array(self.seal(text).utf8), Array(seal.lowercased().utf8))
        guard own.count == given.count else { return false }
        return zip(own, given).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
