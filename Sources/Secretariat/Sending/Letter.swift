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
    var way = Way.now

    /// How a letter gets to its reader.
    enum Way: Hashable {
        case now
        /// In the digest of the day.
        case daily
        /// Not at all: the reader wants no such letters.
        case unwanted
    }

    /// One letter for each person, or, where `gathering`, one digest for all that is due to a person at once.
    static func all(
        of mailings: [Mailing], gathering: Bool, channel: (ID) -> Channel = { _ in .now }, day: (ID) -> CivilDate
    ) -> [Letter] {
        var letters: [Letter] = []
        var reminders: [ID: [Mailing]] = [:]
        var moves: [ID: [Mailing]] = [:]
        var daily: [ID: [Mailing]] = [:]
        for mailing in mailings {
            for reader in unique(mailing.to) {
                switch channel(reader) {
                case .digest where mailing.isDigestible:
                    daily[reader, default: []].append(mailing)
                    continue
                case .statutory where [reminder, moved].contains(mailing.document):
                    letters.append(single(mailing, to: reader, by: .unwanted))
                    continue
                default: break
                }
                if mailing.document == moved {
                    moves[reader, default: []].append(mailing)
                } else if gathering, mailing.isDigestible {
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
        for (reader, theirs) in daily.sorted(by: { numbered($0.key, $1.key) }) {
            letters.append(digest(theirs, to: reader, key: digestKey(reader, day(reader)), by: .daily))
        }
        return letters
    }

    static let reminder = "reminder"
    static let escalation = "escalation"
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
    static func single(_ mailing: Mailing, to reader: ID, by way: Way = .now) -> Letter {
        Letter(
            key: mailing.key(for: reader), reader: reader, document: mailing.document, mailings: [mailing],
            validUntil: mailing.validUntil, way: way)
    }

    /// What one run has to tell. The key names the day and the first occurrence, as a second run of the day may have more to tell.
    private static func digest(_ mailings: [Mailing], to reader: ID, on day: CivilDate) -> Letter {
        digest(mailings, to: reader, key: "\(digestKey(reader, day))/\(mailings[0].id)")
    }

    static func digest(_ mailings: [Mailing], to reader: ID, key: String, by way: Way = .now) -> Letter {
        let ends = mailings.map(\.validUntil)
        return Letter(
            key: key, reader: reader, document: "digest", mailings: mailings,
            validUntil: ends.contains(nil) ? nil : ends.compactMap { $0 }.max(), way: way)
    }

    static func digestKey(_ reader: ID, _ day: CivilDate) -> String { "\(digestMark)\(reader)/\(day)" }

    private static func unique(_ people: [ID]) -> [ID] {
        var seen: Set<ID> = []
        return people.filter { seen.insert($0).inserted }
    }
}

extension Mailing {
    /// Names the occasion, the same on each try: the occurrence of a duty, or the mailing itself.
    func key(for reader: ID) -> String { (occurrence ?? id) + "/" + reader }

    /// Whether it may stand in a digest with others: word of one duty that nobody waits for to the minute.
    fileprivate var isDigestible: Bool { duty != nil && [Letter.reminder, Letter.escalation].contains(document) }
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
    /// The duties of which they tell; nil in a message of an earlier version.
    public var duties: [ID]?

    /// Reads what stands beside a message; nil where it was erased.
    public static func read(_ json: String) -> LetterNote? { try? Ledger.value(from: json) }
}
