import Crypto

/// Digests for those who keep things here by their content, or name them so that nobody can guess the name.
public enum Fingerprint {
    /// SHA-256 in lower-case hexadecimal: the hash under which `Transaction.define` keeps a text.
    public static func of(_ text: String) -> String { sha256(text) }

    /// HMAC with SHA-256 (RFC 2104) in lower-case hexadecimal.
    public static func of(_ text: String, under key: String) -> String {
        hexadecimal(
            HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: Array(key.utf8))))
    }
}
