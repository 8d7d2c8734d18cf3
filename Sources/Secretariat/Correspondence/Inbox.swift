import Diagnostics
import Foundation
import Journals
import Post

/// Why no inbox can be read.
public enum InboxFailure: Error, Sendable, Hashable, CustomStringConvertible {
    case notSet
    case missing(path: String)
    case noMail(name: String, nearest: String?)
    case unreadable(path: String)

    public var description: String {
        switch self {
        case .notSet:
            "nobody can answer by mail yet: say under `answers:` in mandate.yaml to which address, and where its maildir lies"
        case .missing(let path): "\(path): there is no maildir here (no folder `new` in it)"
        case .unreadable(let path): "\(path): this cannot be read"
        case .noMail(let name, let nearest):
            "there is no mail `\(name)` in the inbox" + (nearest.map { "; did you mean `\($0)`?" } ?? "")
        }
    }
}

/// Reads the maildir into which people's answers are delivered: each mail once, whatever stands in it, and whatever happens meanwhile.
///
/// What became of a mail is recorded in one transaction with what it led to, under a name made from the mail; only then does the mail go
/// from `new` to `cur`. A mail that is met again after a crash is known.
public struct Inbox {
    /// So many mails are read in one run; more wait for the next.
    public static let mostMails = 10_000

    private let desk: Desk
    private let folder: String

    /// Throws `.notSet`, `.missing`.
    public init(desk: Desk) throws(InboxFailure) {
        guard desk.workspace.settings.answersTo != nil else { throw .notSet }
        self.desk = desk
        folder = Disk.joined(desk.workspace.folder, desk.workspace.settings.inbox)
        guard Disk.isFolder(Disk.joined(folder, "new")) else { throw .missing(path: folder) }
    }

    /// Handles what lies in it; nil where another process is at it.
    public func read(isRehearsal: Bool = false) throws -> [HandledMail]? {
        if isRehearsal { return try readAll(isRehearsal: true) }
        return try Disk.locked(Disk.joined(desk.workspace.folder, ".inbox.lock")) { try readAll(isRehearsal: false) }
    }

    func readAll(isRehearsal: Bool) throws -> [HandledMail] {
        let new = Disk.joined(folder, "new")
        let names = try FileManager.default.contentsOfDirectory(atPath: new).filter { !$0.hasPrefix(".") }.sorted()
        return try names.prefix(Self.mostMails).map { name in
            guard let bytes = contents(of: Disk.joined(new, name)) else {
                return HandledMail(file: name, result: .failed("it cannot be read"))
            }
            let result = try handle(bytes, name, isRehearsal: isRehearsal)
            if case .failed = result { return HandledMail(file: name, result: result) }
            if !isRehearsal, !putAway(name) { return HandledMail(file: name, result: .failed("it cannot be moved to `cur`")) }
            return HandledMail(file: name, result: result)
        }
    }

    /// What fails with one mail, such as a faulty template for its answer, holds up no other; a journal that fails holds up all.
    private func handle(_ bytes: [UInt8], _ name: String, isRehearsal: Bool) throws -> HandledMail.Result {
        do {
            return try desk.handle(ReceivedMail(bytes), bytes, file: name, isRehearsal: isRehearsal)
        } catch let failure as JournalError { throw failure } catch { return .failed("\(error)") }
    }

    /// As much of a file as is taken apart; nil where it is no file, or may not be read.
    private func contents(of path: String) -> [UInt8]? {
        let kind = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
        guard kind == .typeRegular, let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        guard let content = try? file.read(upToCount: ReceivedMail.largest) else { return Disk.exists(path) ? [] : nil }
        return [UInt8](content)
    }

    /// A mail of the inbox by its name, whether it was read before or not.
    public func mail(named name: String) throws -> InboxMail {
        let wanted = Self.bare(name.split(separator: "/").last.map(String.init) ?? name)
        var known: [String] = []
        for part in ["new", "cur"] {
            let place = Disk.joined(folder, part)
            let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
            known += names.map(Self.bare)
            guard let found = names.first(where: { Self.bare($0) == wanted }) else { continue }
            let path = Disk.joined(place, found)
            guard let bytes = contents(of: path) else { throw InboxFailure.unreadable(path: path) }
            return InboxMail(ReceivedMail(bytes), path: path)
        }
        throw InboxFailure.noMail(name: wanted, nearest: nearestName(to: wanted, among: known))
    }

    /// A mail's name without the marks that a maildir adds once it was seen.
    private static func bare(_ name: String) -> String {
        name.split(separator: ":", omittingEmptySubsequences: false).first.map(String.init) ?? name
    }

    /// Moves a mail to those that were seen.
    private func putAway(_ name: String) -> Bool {
        let cur = Disk.joined(folder, "cur")
        try? Disk.makeFolder(cur)
        return rename(Disk.joined(Disk.joined(folder, "new"), name), Disk.joined(cur, Self.bare(name) + ":2,S")) == 0
    }
}
