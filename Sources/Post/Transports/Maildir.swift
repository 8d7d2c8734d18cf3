import Foundation
import Synchronization

/// Delivers into a folder in the format of maildir: for trials, for demonstrations, and for mail readers on the same machine.
///
/// A message that is there already, by its Message-ID and recipient, is accepted and not written again. A message is on the disk, synced,
/// before it is accepted.
public final class Maildir: Transport {
    /// Whether all messages go into one maildir, or each recipient's into one of their own.
    public enum Arrangement: Hashable, Sendable { case together, byRecipient }

    public let folder: String
    public let arrangement: Arrangement
    private let counter = Mutex(0)

    /// The folder need not exist; the one that it stands in must.
    public init(folder: String, _ arrangement: Arrangement = .together) {
        self.folder = folder
        self.arrangement = arrangement
    }

    public func deliver(_ bytes: [UInt8], _ envelope: Envelope) -> DeliveryResult {
        do {
            let maildir = try prepare(for: envelope)
            let name = fileName(envelope)
            if try isThere(name, in: maildir) { return .accepted }
            let number = counter.withLock { count in
                count += 1
                return count
            }
            try Disk.write(
                withLineFeeds(bytes), at: "\(maildir)/tmp/\(name).\(getpid()).\(number)", named: "\(maildir)/new/\(name)")
            return .accepted
        } catch {
            return .deferred(reason: error.description)
        }
    }

    /// Makes the folders that are missing; answers the maildir that the message goes to.
    private func prepare(for envelope: Envelope) throws(DiskError) -> String {
        try Disk.makeFolder(folder)
        var maildir = folder
        if arrangement == .byRecipient {
            maildir += "/" + safeName(envelope.recipient.text)
            try Disk.makeFolder(maildir)
        }
        for part in ["tmp", "new", "cur"] { try Disk.makeFolder("\(maildir)/\(part)") }
        return maildir
    }

    /// Whether the message waits to be seen, or was seen: readers move it to `cur` and add their flags to its name.
    private func isThere(_ name: String, in maildir: String) throws(DiskError) -> Bool {
        if FileManager.default.fileExists(atPath: "\(maildir)/new/\(name)") { return true }
        return try Disk.names(in: "\(maildir)/cur").contains { $0 == name || $0.hasPrefix(name + ":") }
    }

    /// One name for one message to one recipient.
    private func fileName(_ envelope: Envelope) -> String {
        let id = envelope.messageID.filter { $0 != "<" && $0 != ">" }
        return safeName(arrangement == .byRecipient ? id : "\(id) \(envelope.recipient.text)")
    }
}

/// A file name made from a text, with other names for other texts: what could be special is written in hexadecimal, and a long one ends with
/// a checksum.
private func safeName(_ text: String) -> String {
    var name = ""
    for byte in text.utf8 {
        let isSafe = isLetterOrDigit(byte) || byte == UInt8(ascii: "@") || byte == UInt8(ascii: "-")
        let isDot = byte == UInt8(ascii: ".") && !name.isEmpty
        name += isSafe || isDot ? String(UnicodeScalar(byte)) : "_" + hexadecimal(byte)
    }
    guard name.utf8.count > 160 else { return name }
    // FNV-1a.
    let checksum = text.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return "\(name.prefix(120))_\(String(checksum, radix: 16))"
}
