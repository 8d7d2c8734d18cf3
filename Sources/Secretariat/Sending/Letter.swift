import Calendars
public import Governance

/// One message to be written: who gets it, of which mailings it tells.
struct Letter: Hashable {
    /// Names the occasion in the outbox: the mailing's key and the person.
    var key: String
    var reader: ID
    var document: String
    /// The mailings that it carries; a digest has several.
    var mailings: [Mailing]
    /// Not before the first, not after the last is of use.
    var validUntil: Instant?

    /// One letter for each person, or, where `gathering`, one digest for a person's several reminders.
    static func all(of mailings: [Mailing], gathering: Bool, day: (ID) -> CivilDate) -> [Letter] {
        var letters: [Letter] = []
        var reminders: [ID: [Mailing]] = [:]
        var moves: [ID: [Mailing]] = [:]
        for mailing in mailings {
            for reader in unique(mailing.to) {
                if mailing.document == moved {
                    moves[reader, default: []].append(mailing)
                } else if gathering, mailing.document == reminder, mailing.duty != nil {
                    reminders[reader, default: []].append(mailing)
                } else {
                    letters.append(single(mailing, to: reader))
                }
            }
        }
        for (reader, theirs) in reminders.sorted(by: { numbered($0.key, $1.key) }) {
            letters.append(theirs.count == 1 ? single(theirs[0], to: reader) : digest(theirs, to: reader, on: day(reader)))
        }
        for (reader, theirs) in moves.sorted(by: { numbered($0.key, $1.key) }) { letters.append(gathered(theirs, to: reader)) }
        return letters
    }

    static let reminder = "reminder"
    /// Word of duties that are due at another moment: each is told of all at once.
    static let moved = "deadlines_moved"
    /// How the key of a digest begins.
    static let digestMark = "digest/"

    private static func gathered(_ mailings: [Mailing], to reader: ID) -> Letter {
        Letter(
            key: "moved/\(reader)/\(mailings[0].id)", reader: reader, document: moved, mailings: mailings,
            validUntil: mailings.compactMap(\.validUntil).max())
    }

    /// A letter that tells of one mailing.
    static func single(_ mailing: Mailing, to reader: ID) -> Letter {
        Letter(
            key: mailing.key(for: reader), reader: reader, document: mailing.document, mailings: [mailing],
            validUntil: mailing.validUntil)
    }

    /// The key names the day and the first occurrence, as a second run of the day may have more to tell.
    private static func digest(_ mailings: [Mailing], to reader: ID, on day: CivilDate) -> Letter {
        let ends = mailings.map(\.validUntil)
        return Letter(
            key: "\(digestMark)\(reader)/\(day)/\(mailings[0].id)", reader: reader, document: "digest", mailings: mailings,
            validUntil: ends.contains(nil) ? nil : ends.compactMap { $0 }.max())
    }

    private static func unique(_ people: [ID]) -> [ID] {
        var seen: Set<ID> = []
        return people.filter { seen.insert($0).inserted }
    }
}

extension Mailing {
    /// Names the occasion, the same on each try: the occurrence of a duty, or the mailing itself.
    func key(for reader: ID) -> String { (occurrence ?? id) + "/" + reader }
}

/// What stands beside a message in the outbox, so that it can be explained and its mailing settled.
public struct LetterNote: Codable, Sendable, Hashable {
    public var document: String
    public var ofCase: ID
    public var meeting: ID?
    public var subject: String?
    /// The mailings that it carries, by id.
    public var mailings: [ID]
    /// The streams whose entries tell of them; nil in a message of an earlier version, whose mailings may be in any.
    public var streams: [String]?

    /// Reads what stands beside a message; nil where it was erased.
    public static func read(_ json: String) -> LetterNote? { try? Ledger.value(from: json) }
}
