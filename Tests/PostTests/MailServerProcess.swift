import Foundation

@testable import Post

/// A mail server of another's make (aiosmtpd), which does what the name of the recipient says: `busy@` is put off, `nobody@` refused, with
/// `cut-after@` the connection ends once the text is whole.
final class MailServerProcess {
    /// What the server asks of those who call.
    struct Manner {
        var security = MailServer.Security.none
        /// The mechanism of AUTH; nil where nobody need say who they are.
        var mechanism: String?
        /// The messages that one connection may bring.
        var mostMessages = 100
    }

    static let user = "clerk@example.org"
    static let password = "a b=c%d\"e"

    let port: Int
    private let scratch: Scratch
    private let process = Process()

    /// The interpreter that has aiosmtpd.
    static let python: String? = {
        guard let path = ProcessInfo.processInfo.environment["MANDATE_PYTHON"],
            FileManager.default.isExecutableFile(atPath: path)
        else {
            print("MANDATE_PYTHON names no Python: tests with a mail server are left out")
            return nil
        }
        return path
    }()

    init(_ manner: Manner = Manner()) throws {
        scratch = try Scratch()
        process.executableURL = URL(fileURLWithPath: Self.python ?? "")
        let words = [manner.security.rawValue, manner.mechanism ?? "", Authority.shared.folder, "\(manner.mostMessages)"]
        process.arguments = [try scratch.write(Self.script, to: "server.py"), scratch.path] + words
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    }

    deinit {
        // Not SIGTERM: threads of the test's runner block it, and the program that they start inherits that.
        _ = kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// What happened, in order: `connected`, `from ADDRESS`, `message NUMBER`.
    func log() throws -> [String] { try scratch.read("log").split(separator: "\n").map { String($0) } }

    func message(_ number: Int) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: scratch.file("\(number).eml"))))
    }

    func smtp(
        security: MailServer.Security = .none, isKnown: Bool = false, password: String = password, trusting: Bool = true,
        timeLimit: Int = 20
    ) throws -> SMTP {
        SMTP(
            try MailServer(
                host: "localhost", port: port, security: security,
                credentials: isKnown ? .init(user: Self.user, password: password) : nil,
                authorities: trusting && security != .none ? Authority.shared.folder + "/ca.pem" : nil,
                timeLimit: timeLimit))
    }

    private static let script = #"""
        import asyncio, os, socket, ssl, sys, warnings
        warnings.simplefilter('ignore')
        from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword, syntax
        folder, security, mechanism, keys, most = sys.argv[1:6]
        open(folder + '/log', 'w').close()
        def log(line):
            with open(folder + '/log', 'a') as file: file.write(line + '\n')
        count = 0

        class Server(SMTP):
            async def ehlo_hook(self): pass
            async def smtp_DATA(self, arg):
                if self.envelope.rcpt_tos[0].startswith('cut-in@'):
                    await self.push('354 go on')
                    await self._reader.read(1000)
                    log('cut')
                    return self.transport.abort()
                await super().smtp_DATA(arg)

        class Handler:
            taken = 0
            async def handle_EHLO(self, server, session, envelope, hostname):
                session.host_name = hostname
                return '250 HELP'
            async def handle_MAIL(self, server, session, envelope, address, options):
                log('from ' + address)
                if address.startswith('evil@'): return '550 5.7.1 no mail from you'
                if self.taken >= int(most):
                    server.transport.abort()
                envelope.mail_from = address
                return '250 OK'
            async def handle_RCPT(self, server, session, envelope, address, options):
                name = address.split('@')[0]
                if name == 'busy': return '451 4.7.1 greylisted, come back later'
                if name == 'full': return '452 4.2.2 mailbox is full'
                if name == 'nobody': return '550 5.1.1 no such user here'
                if name == 'cut-before':
                    log('cut')
                    server.transport.abort()
                envelope.rcpt_tos.append(address)
                return '250 OK'
            async def handle_DATA(self, server, session, envelope):
                global count
                name = envelope.rcpt_tos[0].split('@')[0]
                if name == 'spam': return '554 5.7.1 looks like spam'
                if name == 'later': return '451 4.3.0 try again'
                if name == 'lines': await server.push('250-taken') 
                count += 1
                self.taken += 1
                with open(f'{folder}/{count}.eml', 'wb') as file: file.write(envelope.original_content)
                log(f'message {count}')
                if name == 'cut-after':
                    server.transport.abort()
                if name == 'silent': await asyncio.sleep(60)
                return '250 2.0.0 taken as ' + str(count)

        def authenticate(server, session, envelope, mechanism, data):
            known = isinstance(data, LoginPassword) and data.login == b'clerk@example.org' and data.password == b'a b=c%d"e'
            log(f'{mechanism} {"known" if known else "unknown"}')
            return AuthResult(success=known, handled=False)

        def make():
            log('connected')
            secure = None
            if security != 'none':
                secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                secure.load_cert_chain(keys + '/server.pem', keys + '/server.key')
            options = dict(hostname='mail.example.org', enable_SMTPUTF8=False)
            if security == 'starttls': options.update(tls_context=secure, require_starttls=True)
            if mechanism:
                options.update(authenticator=authenticate, auth_required=True, auth_require_tls=security == 'starttls',
                    auth_exclude_mechanism=[m for m in ('PLAIN', 'LOGIN') if m != mechanism])
            return Server(Handler(), **options)

        async def main():
            loop = asyncio.get_running_loop()
            secure = None
            if security == 'tls':
                secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                secure.load_cert_chain(keys + '/server.pem', keys + '/server.key')
            server = await loop.create_server(make, '127.0.0.1', 0, ssl=secure)
            print(server.sockets[0].getsockname()[1], flush=True)
            async with server: await server.serve_forever()
        asyncio.run(main())
        """#
}

/// A certificate authority of the tests' own, and a server's certificate for `localhost` from it.
final class Authority: Sendable {
    static let shared = Authority()

    let folder: String
    /// What went wrong when they were made.
    let fault: String?

    private init() {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("mandate-ca-\(getpid())").path
        let script = """
            set -e; mkdir -p '\(folder)'; cd '\(folder)'
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout ca.key -out ca.pem -days 2 -subj '/CN=Test authority'
            openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout server.key -out server.csr -subj '/CN=localhost'
            printf 'subjectAltName=DNS:localhost\\n' > names
            openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out server.pem
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script]
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
            process.waitUntilExit()
            fault = process.terminationStatus == 0 ? nil : "openssl ended with \(process.terminationStatus)"
        } catch { fault = "\(error)" }
        atexit {
            try? FileManager.default.removeItem(
                at: FileManager.default.temporaryDirectory.appendingPathComponent("mandate-ca-\(getpid())"))
        }
    }
}
