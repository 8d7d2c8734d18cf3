import Crypto
import Foundation

/// A personal value as it is kept: shut under the key of its owner, so that it is gone with the key.
struct SealedValue: Hashable, Sendable {
    var id: String
    var owner: String
    /// Nonce, ciphertext and tag of AES-256-GCM.
    var box: [UInt8]
}

/// The key under which one person's values are kept, and theirs alone.
struct PersonalKey {
    /// 256 bits.
    var bytes: [UInt8]

    /// A new one, drawn by chance.
    init() { bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) } }

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Shuts a value in; the id and the owner are bound to it, so that no value can be put in another's place.
    func seal(_ value: PersonalValue) throws -> SealedValue {
        let box = try AES.GCM.seal(
            Array(value.value.utf8), using: SymmetricKey(data: bytes), authenticating: Self.label(value.id, value.owner))
        guard let combined = box.combined else { preconditionFailure("a nonce of the usual length combines") }
        return SealedValue(id: value.id, owner: value.owner, box: Array(combined))
    }

    /// Opens what was shut in under this key. Throws `.personalValueLost`.
    func open(_ sealed: SealedValue) throws -> PersonalValue {
        guard
            let plain = try? AES.GCM.open(
                AES.GCM.SealedBox(combined: sealed.box), using: SymmetricKey(data: bytes),
                authenticating: Self.label(sealed.id, sealed.owner))
        else { throw JournalError.personalValueLost(id: sealed.id) }
        return PersonalValue(id: sealed.id, owner: sealed.owner, value: String(decoding: plain, as: UTF8.self))
    }

    private static func label(_ id: String, _ owner: String) -> [UInt8] {
        Array(("mandate personal value 1\n" + canonical([id, owner])).utf8)
    }
}
