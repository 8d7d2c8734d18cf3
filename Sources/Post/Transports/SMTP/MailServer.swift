/// A mail server as the settings name it (RFC 5321, RFC 6409).
public struct MailServer: Hashable, Sendable {
    /// How the connection is kept from those who listen.
    public enum Security: String, Hashable, Sendable, CaseIterable {
        /// Begins in the clear and turns to TLS before anything is said (RFC 3207); without TLS nothing is sent.
        case starttls
        /// TLS from the first byte (RFC 8314).
        case tls
        /// In the clear.
        case none

        /// Where such servers listen.
        public var port: Int {
            switch self {
            case .starttls: 587
            case .tls: 465
            case .none: 25
            }
        }
    }

    /// Who we are to the server.
    public struct Credentials: Hashable, Sendable {
        public var user: String
        public var password: String

        public init(user: String, password: String) {
            self.user = user
            self.password = password
        }
    }

    public let host: String
    public let port: Int
    public let security: Security
    public let credentials: Credentials?
    /// A file of certificates in PEM, in the place of the system's.
    public let authorities: String?
    /// How long one message may take, in seconds.
    public let timeLimit: Int

    /// The longest time limit: a courier's claim must outlive it.
    public static let longestTimeLimit = 240
    public static let usualTimeLimit = 60

    /// Throws `MailServerFault` where it cannot be used so.
    public init(
        host: String, port: Int? = nil, security: Security = .starttls, credentials: Credentials? = nil,
        authorities: String? = nil, timeLimit: Int = usualTimeLimit
    ) throws(MailServerFault) {
        guard Self.isHost(host) else { throw .host(host) }
        guard (1...65_535).contains(port ?? security.port) else { throw .port(port ?? 0) }
        guard (1...Self.longestTimeLimit).contains(timeLimit) else { throw .timeLimit(timeLimit) }
        if let credentials {
            guard !credentials.user.isEmpty, !credentials.password.isEmpty,
                !(credentials.user + credentials.password).utf8.contains(where: { [0, 0x0A, 0x0D].contains($0) })
            else { throw .credentials }
            guard security != .none || Self.isHere(host) else { throw .clearPassword(host) }
        }
        self.host = host
        self.port = port ?? security.port
        self.security = security
        self.credentials = credentials
        self.authorities = authorities
        self.timeLimit = timeLimit
    }

    /// Whether the text can be the name or the number of a machine: `mail.example.org`, `192.0.2.1`, `[2001:db8::1]`.
    public static func isHost(_ text: String) -> Bool {
        guard text.utf8.count <= 255 else { return false }
        if text.hasPrefix("["), text.hasSuffix("]") {
            let inside = text.utf8.dropFirst().dropLast()
            return inside.contains(UInt8(ascii: ":"))
                && inside.allSatisfy { isHexadecimal($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
        }
        return text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            !label.isEmpty && label.first != UInt8(ascii: "-")
                && label.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
        }
    }

    /// Whether the host is this machine, so that nobody listens on the way.
    public static func isHere(_ host: String) -> Bool { ["localhost", "127.0.0.1", "[::1]"].contains(host) }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) && Character(UnicodeScalar(byte)).isHexDigit
    }
}

/// Why a mail server cannot be used.
public enum MailServerFault: Error, Hashable, Sendable {
    case host(String)
    case port(Int)
    case timeLimit(Int)
    /// Empty, or with a line break or NUL.
    case credentials
    /// A password would cross a network in the clear.
    case clearPassword(String)
}

extension MailServerFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .host(let text): "not the name of a mail server: \(text.debugDescription)"
        case .port(let number): "not a port from 1 to 65535: \(number)"
        case .timeLimit(let seconds): "not a time limit from 1 to \(MailServer.longestTimeLimit) seconds: \(seconds)"
        case .credentials: "user and password must not be empty, nor hold a line break or a NUL character"
        case .clearPassword(let host): "the password would go to \(host) in the clear; use starttls or tls"
        }
    }
}
