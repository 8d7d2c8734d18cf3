/// Who or what wrote a message.
public enum MailKind: Hashable, Sendable {
    /// A person, as far as the message says.
    case person
    /// A program that answers for somebody, or on its own account: a vacation reply, a receipt. The sign is that by which it is known.
    case automatic(sign: String)
    /// A list or a mass mailing.
    case bulk(sign: String)
    /// A mail system that could not deliver.
    case bounce(Bounce)
}

/// Word that a message came back.
public struct Bounce: Hashable, Sendable {
    /// To whom it could not be delivered, in small letters.
    public var recipients: [String]
    /// The messages that may be meant, with their angle brackets.
    public var messageIDs: [String]
    /// What the mail system said of it, on one line.
    public var reason: String?
}

extension ReceivedMail {
    public var senderKind: MailKind {
        if let bounce { return .bounce(bounce) }
        if let bulkSign { return .bulk(sign: bulkSign) }
        if let automaticSign { return .automatic(sign: automaticSign) }
        return .person
    }

    /// RFC 2919, RFC 2369, and what was in use before; nil where there is none.
    public var bulkSign: String? {
        let lists = ["list-id", "list-unsubscribe", "list-post", "mailing-list", "x-mailing-list"]
        if let name = lists.first(where: { !raw($0).isEmpty }) { return name }
        let precedence = (raw("precedence").first ?? "").lowercased()
        return ["bulk", "list", "junk"].contains(precedence) ? "precedence: \(precedence)" : nil
    }

    /// RFC 3834, and what programs write that do not know it.
    private var automaticSign: String? {
        for value in raw("auto-submitted") {
            let word = value.lowercased().prefix { $0 != ";" && $0 != " " }
            if word != "no" { return "auto-submitted: \(word)" }
        }
        let names = [
            "x-autoreply", "x-autorespond", "x-auto-response-from", "x-autoreply-from", "x-mail-autoreply", "x-vacation",
        ]
        if let name = names.first(where: { !raw($0).isEmpty }) { return name }
        if (raw("precedence").first ?? "").lowercased() == "auto_reply" { return "precedence: auto_reply" }
        if raw("return-path").contains(where: { $0.filter { !$0.isWhitespace } == "<>" }) { return "an empty return path" }
        if kind.name == "multipart/report" { return "a report" }
        if isFromMailSystem { return "a mail system" }
        let subject = subject.lowercased()
        return Self.automaticSubjects.contains { subject.hasPrefix($0) } ? "its subject" : nil
    }

    private static let automaticSubjects = [
        "automatic reply", "auto reply", "autoreply", "auto-reply", "auto:", "out of office", "out of the office",
        "automatische antwort", "abwesenheitsnotiz", "réponse automatique", "vacation reply",
    ]

    private var isFromMailSystem: Bool {
        ["mailer-daemon", "postmaster", "mail-daemon"].contains(String((sender ?? "").prefix { $0 != "@" }))
    }

    /// Nil where it is no word of a delivery that failed for good.
    private var bounce: Bounce? {
        let reports = pieces.filter {
            $0.mediaType == "message/delivery-status" || $0.mediaType == "message/global-delivery-status"
        }
        if !reports.isEmpty {
            let failed = reports.flatMap { Self.groups(of: $0.bytes) }.filter { Self.isFailure($0) }
            guard !failed.isEmpty else { return nil }
            let recipients = failed.flatMap { group in
                ["final-recipient", "original-recipient"].compactMap { group[$0].flatMap { Self.address(of: $0) } }
            }
            return Bounce(
                recipients: unique(recipients), messageIDs: returnedIDs,
                reason: failed.compactMap { $0["diagnostic-code"] }.first)
        }
        let named = raw("x-failed-recipients").flatMap { addresses(in: $0) }.map { $0.lowercased() }
        if !named.isEmpty { return Bounce(recipients: unique(named), messageIDs: returnedIDs, reason: nil) }
        return isFromMailSystem ? spokenBounce : nil
    }

    /// A mail system of the older kind says it in words.
    private var spokenBounce: Bounce? {
        let words = text.split { !$0.isASCII || $0.isWhitespace || "<>()[]\"':;,".contains($0) }
        let mentioned = words.prefix(Self.mostWords).compactMap { (try? Address(String($0)))?.text.lowercased() }
        let ids = returnedIDs
        return mentioned.isEmpty || ids.isEmpty ? nil : Bounce(recipients: unique(mentioned), messageIDs: ids, reason: nil)
    }

    private static let mostWords = 20_000

    /// The names of messages in what was sent back: in its headers, or anywhere in the words.
    private var returnedIDs: [String] {
        let kinds = [
            "message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global-headers", "message/global",
        ]
        let returned = pieces.filter { kinds.contains($0.mediaType) }.flatMap { Entity($0.bytes[...]).fields }
            .filter { $0.name == "message-id" }.flatMap { bracketed(in: $0.value) }
        return unique(returned + bracketed(in: text) + answered)
    }

    /// The groups of fields of a report (RFC 3464, section 2), the last of a name where there are two.
    private static func groups(of report: [UInt8]) -> [[String: String]] {
        var groups: [[String: String]] = []
        var rest = report[...]
        while !rest.isEmpty, groups.count < mostPieces {
            var lines: [UInt8] = []
            while let line = takeLine(&rest), !trimmed(line).isEmpty { lines += Array(line) + [0x0A] }
            guard !lines.isEmpty else { continue }
            groups.append(Dictionary(Entity(lines[...]).fields.map { ($0.name, $0.value) }) { $1 })
        }
        return groups
    }

    private static func isFailure(_ group: [String: String]) -> Bool {
        if let action = group["action"]?.lowercased() { return action.hasPrefix("failed") }
        return group["final-recipient"] != nil && group["status"]?.hasPrefix("5") ?? false
    }

    /// The address in `rfc822; ann@example.org`.
    private static func address(of value: String) -> String? {
        value.split(separator: ";", maxSplits: 1).last.flatMap { addresses(in: String($0)).first }?.lowercased()
    }
}

private func unique(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
}
