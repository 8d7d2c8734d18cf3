import Diagnostics
public import Post
import YAML

extension Settings {
    /// A mail server as mandate.yaml names it.
    public struct MailServerSettings: Sendable, Hashable {
        public var host: String
        public var port: Int?
        public var security: MailServer.Security
        public var user: String?
        public var password: PasswordPlace?
        /// A file of certificates in PEM.
        public var authorities: String?
        /// In seconds.
        public var timeLimit: Int
    }

    /// Where the password for the mail server is.
    public enum PasswordPlace: Sendable, Hashable {
        /// In a file, whose last line break does not count.
        case file(String)
        /// In the environment.
        case variable(String)
        /// In mandate.yaml itself, because it says `clear_text`.
        case clearText(String)
    }

    static func readPost(_ node: Node, into settings: inout Settings, _ log: inout FindingLog) {
        let keys = ["from", "transport", "papers_up_to"] + postKeys.values.joined().sorted()
        guard let post = node.mapping(allowing: keys, of: "post", &log) else { return }
        if let place = post.required("from", of: "post", &log), let from = place.text(of: "from", &log) {
            settings.from = from
            if (try? settings.sender().composable()) == nil {
                log.add(
                    .wrongShape, at: place.range, "`\(from)` is no sender", expected: "Secretariat <secretariat@example.org>")
            }
        }
        if let megabytes = post["papers_up_to"].flatMap({ $0.integer(in: 0...20, of: "papers_up_to", &log) }) {
            settings.largestPapers = megabytes << 20
        }
        let word =
            post["transport"].flatMap { $0.choice(among: ["maildir", "sendmail", "smtp"], of: "transport", &log) } ?? "maildir"
        let own = postKeys[word] ?? []
        for key in keys.dropFirst(3) where post[key] != nil && !own.contains(key) {
            log.add(
                .unknownKey, at: post.key(key)?.range ?? node.range, "the transport `\(word)` has no `\(key)`",
                expected: own.map { "`\($0)`" }.joined(separator: ", "))
        }
        switch word {
        case "smtp": if let server = readServer(post, node, &log) { settings.transport = .smtp(server) }
        case "sendmail": settings.transport = readSendmail(post, node, &log)
        default: settings.transport = .maildir(folder: post["folder"].flatMap { $0.text(of: "folder", &log) } ?? "mail")
        }
    }

    private static let postKeys = [
        "maildir": ["folder"], "sendmail": ["path", "arguments"],
        "smtp": ["host", "port", "security", "user", "password", "authorities", "time_limit"],
    ]

    private static func readSendmail(_ post: Fields, _ node: Node, _ log: inout FindingLog) -> Transport {
        let path = post["path"].flatMap { $0.text(of: "path", &log) } ?? "/usr/sbin/sendmail"
        if !path.hasPrefix("/") {
            log.add(.wrongShape, at: post["path"]?.range ?? node.range, "`\(path)` is no whole path", expected: "a path from /")
        }
        return .sendmail(path: path, arguments: post["arguments"].map { $0.texts(of: "arguments", &log) } ?? ["-i"])
    }

    /// TLS is asked for unless the settings say otherwise or the server is this machine and wants no password.
    private static func readServer(_ post: Fields, _ node: Node, _ log: inout FindingLog) -> MailServerSettings? {
        guard let host = post.required("host", of: "post", &log)?.text(of: "host", &log) else { return nil }
        if !MailServer.isHost(host) {
            log.add(
                .wrongShape, at: post["host"]?.range ?? node.range, "`\(host)` is no mail server",
                expected: "a name such as mail.example.org")
        }
        let words = MailServer.Security.allCases.map(\.rawValue)
        let chosen = post["security"].flatMap { $0.choice(among: words, of: "security", &log) }
        let user = post["user"].flatMap { $0.text(of: "user", &log) }
        let isOpen = user == nil && MailServer.isHere(host)
        let server = MailServerSettings(
            host: host, port: post["port"].flatMap { $0.integer(in: 1...65_535, of: "port", &log) },
            security: chosen.flatMap { MailServer.Security(rawValue: $0) } ?? (isOpen ? .none : .starttls), user: user,
            password: post["password"].flatMap { readPassword($0, &log) },
            authorities: post["authorities"].flatMap { $0.text(of: "authorities", &log) },
            timeLimit: post["time_limit"].flatMap { $0.integer(in: 1...MailServer.longestTimeLimit, of: "time_limit", &log) }
                ?? MailServer.usualTimeLimit)
        check(server, post, &log)
        return server
    }

    /// What does not go together.
    private static func check(_ server: MailServerSettings, _ post: Fields, _ log: inout FindingLog) {
        if let user = post["user"], post["password"] == nil {
            log.add(
                .wrongShape, at: user.range, "a user without a password", expected: "`password: {file: PATH}` beside `user`")
        }
        if let password = post["password"], post["user"] == nil {
            log.add(.wrongShape, at: password.range, "a password without a user", expected: "`user` beside `password`")
        }
        if server.security == .none, server.user != nil, !MailServer.isHere(server.host), let place = post["security"] {
            log.add(
                .wrongShape, at: place.range, "the password would go to \(server.host) in the clear",
                expected: "`starttls` or `tls`")
        }
    }

    private static func readPassword(_ node: Node, _ log: inout FindingLog) -> PasswordPlace? {
        let expected = "`{file: PATH}`, `{variable: NAME}` or, if it may be read by all who read this, `{clear_text: PASSWORD}`"
        guard node.entries != nil else {
            log.add(.wrongShape, at: node.range, "a password does not stand here in the clear", expected: expected)
            return nil
        }
        guard let place = node.mapping(allowing: ["file", "variable", "clear_text"], of: "password", &log) else { return nil }
        let places: [PasswordPlace] = [
            place["file"].flatMap { $0.text(of: "file", &log) }.map { .file($0) },
            place["variable"].flatMap { $0.text(of: "variable", &log) }.map { .variable($0) },
            place["clear_text"].flatMap { $0.text(of: "clear_text", &log) }.map { .clearText($0) },
        ].compactMap(\.self)
        if places.count != 1 {
            log.add(.wrongShape, at: node.range, "a password is in one place", expected: expected)
        }
        return places.first
    }
}

extension Mailbox {
    /// Throws where no header can hold the name.
    fileprivate func composable() throws(CompositionError) -> Mailbox {
        let trial = Message(from: self, to: [self], subject: "", date: 0, messageID: "<trial@localhost>", text: "")
        _ = try trial.composed()
        return self
    }
}
