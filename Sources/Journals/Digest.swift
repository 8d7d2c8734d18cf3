import Crypto

/// SHA-256 in lower-case hexadecimal.
func sha256(_ text: String) -> String { sha256(Array(text.utf8)) }

/// SHA-256 in lower-case hexadecimal.
func sha256(_ bytes: [UInt8]) -> String {
    hexadecimal(SHA256.hash(data: bytes))
}

func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
}

/// The fields one after another, each as its length in bytes, a colon and its text, or `-` if absent: no two lists are alike.
func canonical(_ fields: [String?]) -> String {
    fields.map { field in field.map { "\($0.utf8.count):\($0)\n" } ?? "-\n" }.joined()
}
