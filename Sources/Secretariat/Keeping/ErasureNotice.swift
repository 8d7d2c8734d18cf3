public import Calendars
public import Governance
import Journals

/// That a person was erased after a backup was made, left beside the backup, so that whoever restores it erases them again.
///
/// It holds an opaque id, and nothing by which anybody would know them.
public struct ErasureNotice: Codable, Sendable, Hashable {
    public var person: ID
    public var at: Instant
    public var by: ID
    public var includesRecord: Bool

    private static let name = "ERASED"

    /// The notices in a backup's folder; none where there is no backup any more.
    static func all(in folder: String) -> [ErasureNotice] {
        guard let bytes = try? Disk.read(Disk.joined(folder, name)) else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { try? Ledger.value(from: String($0)) }
    }

    /// Leaves it in a backup's folder, once. Where the backup is not there, or cannot be written to, nothing is left: `all(in:)` says so.
    func leave(in folder: String) {
        guard (try? Backup(in: folder)) != nil else { return }
        let known = Self.all(in: folder)
        guard !known.contains(where: { $0.person == person && ($0.includesRecord || !includesRecord) }),
            let lines = try? (known.filter { $0.person != person } + [self]).map({ try Ledger.text(of: $0) })
        else { return }
        let path = Disk.joined(folder, Self.name)
        guard (try? Disk.write(lines.joined(separator: "\n") + "\n", to: path, replacing: true)) != nil else { return }
        try? Disk.sync(path)
        try? Disk.sync(folder)
    }
}

extension Backup {
    /// Who was erased since the backup was made, as far as it was told.
    public var erasedSince: [ErasureNotice] { ErasureNotice.all(in: folder) }
}

extension Desk {
    /// Who was erased here after an instant.
    public func erasures(after instant: Instant) -> [ErasureNotice] {
        standing.erasures.values.filter { $0.at > instant }.sorted { ($0.at, $0.person) < ($1.at, $1.person) }.map {
            ErasureNotice(person: $0.person, at: $0.at, by: "", includesRecord: !$0.staysInRecord)
        }
    }

    /// Erases those again who were erased elsewhere; answers those who were, and those who could not be. Who is not known here, or was erased
    /// already, needs nothing.
    func eraseAgain(_ notices: [ErasureNotice]) throws -> (done: [ID], left: [ID]) {
        var (done, left): ([ID], [ID]) = ([], [])
        for notice in notices where standing.records.people[notice.person] != nil {
            if let known = standing.erasures[notice.person], !known.staysInRecord || !notice.includesRecord { continue }
            let people = [notice.by] + standing.records.people.keys.sorted(by: numbered)
            let actor = people.first { standing.mayErase($0) } ?? notice.by
            let request = ErasureRequest(of: notice.person, includesRecord: notice.includesRecord, isForced: true)
            switch try erase(request, by: actor) {
            case .success: done.append(notice.person)
            case .failure: left.append(notice.person)
            }
        }
        return (done, left)
    }
}
