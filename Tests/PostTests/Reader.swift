import Foundation

@testable import Post

/// A folder of its own for one test, gone when the test is.
final class Scratch {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("mandate-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    func write(_ text: String, to name: String, executable: Bool = false) throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: file(name)))
        if executable { try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file(name)) }
        return file(name)
    }

    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: file(name))), as: UTF8.self)
    }

    func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: file(folder)).sorted()
    }
}

/// What another's program, the `email` package of Python, reads in a message of ours.
struct Letter: Decodable {
    struct Person: Decodable, Equatable {
        var name: String
        var address: String
    }

    struct Piece: Decodable {
        var type: String
        var encoding: String
        var filename: String?
        var parameters: [String: String]
        var text: String?
        var base64: String
    }

    var headers: [String: String]
    var from: [Person]
    var to: [Person]
    /// Seconds since 1970, and the offset of the zone in seconds.
    var date: [Int]
    var structure: [String]
    var pieces: [Piece]
    var defects: [String]

    /// What the `icalendar` package reads in the calendar part of a message: method and summary of its first event.
    static func calendar(_ bytes: [UInt8]) throws -> [String] {
        let scratch = try Scratch()
        try Data(bytes).write(to: URL(fileURLWithPath: scratch.file("message.eml")))
        let script = """
            import email, email.policy, icalendar, sys
            message = email.message_from_bytes(open(sys.argv[1], 'rb').read(), policy=email.policy.default)
            part = next(p for p in message.walk() if p.get_content_type() == 'text/calendar')
            calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
            words = [part['Content-Type'].params['method'], str(calendar['METHOD']), str(calendar.walk('VEVENT')[0]['SUMMARY'])]
            open(sys.argv[2], 'w').write('\\n'.join(words))
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: MailServerProcess.python ?? "")
        process.arguments = [try scratch.write(script, to: "read.py"), scratch.file("message.eml"), scratch.file("words")]
        try process.run()
        process.waitUntilExit()
        return try scratch.read("words").components(separatedBy: "\n")
    }

    static let python = ["/usr/bin/python3", "/usr/local/bin/python3"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// Reads a message with Python.
    static func read(_ bytes: [UInt8]) throws -> Letter {
        let scratch = try Scratch()
        try Data(bytes).write(to: URL(fileURLWithPath: scratch.file("message.eml")))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python ?? "/usr/bin/python3")
        process.arguments = [
            try scratch.write(script, to: "read.py"), scratch.file("message.eml"), scratch.file("letter.json"),
        ]
        try process.run()
        process.waitUntilExit()
        return try JSONDecoder().decode(Letter.self, from: Data(contentsOf: URL(fileURLWithPath: scratch.file("letter.json"))))
    }

    private static let script = #"""
        import base64, email, email.policy, json, sys
        from email.header import decode_header, make_header
        data = open(sys.argv[1], 'rb').read()
        message = email.message_from_bytes(data, policy=email.policy.default)
        # Names are read by the older parser: the newer one of Python 3.11 keeps the spaces between encoded words in a name.
        older = email.message_from_bytes(data)
        unfolded = lambda name: older[name].replace('\r', '').replace('\n', '')
        people = lambda name: [
            dict(name=str(make_header(decode_header(n))), address=a) for n, a in email.utils.getaddresses([unfolded(name)])]
        date = message['Date'].datetime
        defects = [str(d) for part in message.walk() for d in part.defects]
        defects += [f'{k}: {d}' for k, v in message.items() for d in v.defects]
        pieces = [dict(
            type=part.get_content_type(), encoding=part['Content-Transfer-Encoding'], filename=part['Content-Disposition'].params['filename'] if 'Content-Disposition' in part else None,
            parameters={k: v for k, v in part['Content-Type'].params.items()},
            text=part.get_content().replace('\r\n', '\n') if part.get_content_maintype() == 'text' else None,
            base64=base64.b64encode(part.get_payload(decode=True)).decode()) for part in message.walk() if not part.is_multipart()]
        json.dump(dict(
            headers={k: str(v) for k, v in message.items()}, to=people('To'), date=[
                int(date.timestamp()), int(date.utcoffset().total_seconds())], defects=defects, pieces=pieces,
            structure=[part.get_content_type() for part in message.walk()], **{'from': people('From')}), open(sys.argv[2], 'w'))
        """#
}

extension Message {
    /// A message of the demonstration's kind, for a test to change.
    static func sample(subject: String = "Agenda", text: String = "Dear Ann,\n", html: String? = nil) throws -> Message {
        Message(
            from: try Mailbox(name: "The Secretary", address: "secretary@example.org"),
            to: [try Mailbox(name: "Ann Lee", address: "ann@example.org")], subject: subject, date: 1_776_155_400,
            zoneOffset: "+0100", messageID: "<m1@example.org>", text: text, html: html)
    }

    /// The composed message as lines, without their ends.
    func composedLines() throws -> [String] {
        // Foundation's `components`, because to Swift CR LF is one character.
        String(decoding: try composed(), as: UTF8.self).components(separatedBy: "\r\n")
    }
}
