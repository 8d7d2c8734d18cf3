/// A mail address that has been looked at: `local@domain` in ASCII, fit for a header, an envelope and a command line.
public struct Address: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    /// RFC 5321, section 4.5.3.1: the longest path, less its brackets.
    public static let longest = 254

    /// Throws `.address` if the text is not a dot-atom, `@` and a host name (RFC 5322, section 3.4.1; quoted local parts and addresses
    /// beyond ASCII are refused), or begins with `-`, which programs take for an option.
    public init(_ text: String) throws(CompositionError) {
        guard Self.isAddress(text) else { throw .address(text) }
        self.text = text
    }

    public var description: String { text }

    private static func isAddress(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count <= longest, bytes.first != UInt8(ascii: "-"), let at = bytes.lastIndex(of: UInt8(ascii: "@")) else {
            return false
        }
        return isDotted(bytes[..<at], of: isAtomByte) && isDotted(bytes[(at + 1)...], of: isHostByte)
    }

    /// Whether the bytes are words of `allowed` bytes with single dots between them.
    private static func isDotted(_ bytes: ArraySlice<UInt8>, of allowed: (UInt8) -> Bool) -> Bool {
        bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .allSatisfy { !$0.isEmpty && $0.allSatisfy(allowed) }
    }

    private static func isHostByte(_ byte: UInt8) -> Bool { isLetterOrDigit(byte) || byte == UInt8(ascii: "-") }
}

/// A person or office that mail goes to or comes from.
public struct Mailbox: Hashable, Sendable {
    /// Any text but CR, LF and NUL.
    public var name: String?
    public var address: Address

    public init(name: String? = nil, address: Address) {
        self.name = name
        self.address = address
    }

    /// As above, from a text that has not been looked at. Throws `.address`.
    public init(name: String? = nil, address: String) throws(CompositionError) {
        self.init(name: name, address: try Address(address))
    }
}

func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
        return true
    default: return false
    }
}

/// `atext` of RFC 5322, section 3.2.3.
func isAtomByte(_ byte: UInt8) -> Bool { isLetterOrDigit(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte) }
