public import Calendars
import Workflows

/// That a person was erased: of them the journal keeps the opaque id, and nothing more is to be known.
public struct Erasure: Codable, Hashable, Sendable {
    public var person: ID
    public var at: Instant
    /// Whether the name stays in minutes that were confirmed before, which are a public record.
    public var staysInRecord: Bool
    /// Files that told of the person, by their SHA-256, each with that of the file in its place; an empty text where there is none.
    public var files: [String: String]

    public init(person: ID, at: Instant, staysInRecord: Bool, files: [String: String]) {
        self.person = person
        self.at = at
        self.staysInRecord = staysInRecord
        self.files = files
    }
}

extension Standing {
    /// How somebody is named of whom nothing is known any more.
    public static let erasedName = "a former member"

    /// The key of the name that stays in confirmed minutes after its person was erased.
    public static func keyOfNameInRecord(_ person: ID) -> String { person + "/name in record" }

    mutating func keep(_ erasure: Erasure) {
        erasures[erasure.person] = erasure
        replacedFiles.merge(erasure.files) { $1 }
    }

    public func isErased(_ person: ID) -> Bool { erasures[person] != nil }

    /// The file that stands in the place of one whose words were erased; nil where it was erased whole.
    public func file(inPlaceOf hash: String) -> String? {
        var hash = hash
        for _ in 0..<Self.longestReplacement {
            guard let next = replacedFiles[hash] else { return hash }
            guard !next.isEmpty else { return nil }
            hash = next
        }
        return nil
    }

    /// Each erasure takes one step, and there are never so many.
    private static let longestReplacement = 10_000

    /// As confirmed minutes tell of it: with the names that stay in the record.
    public func asRecord() -> Standing {
        var standing = self
        for erasure in erasures.values where erasure.staysInRecord {
            standing.personal[erasure.person + "/name"] = personal[Self.keyOfNameInRecord(erasure.person)]
        }
        return standing
    }
}
