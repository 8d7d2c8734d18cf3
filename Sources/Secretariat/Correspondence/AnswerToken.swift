import Governance

/// What a link in a mail carries so that the answer is known to come from whoever got the mail: `[#d12-accept-1f2e3d4c-...]` in the subject.
///
/// The seal is made with the installation's own secret over the duty, the command, the reader and the version of what was asked. So none
/// can be made up, none serves for another person or another command, and one that asks for something else than what stands now is known.
struct AnswerToken: Hashable {
    var duty: ID
    var command: String
    /// What was asked: the meeting's date, and the lines that a `done` confirms.
    var version: String
    var seal: String

    static let versionLength = 8

    var text: String { "[#\(duty)-\(command)-\(version)-\(seal)]" }

    init(duty: ID, command: String, version: String, reader: ID, _ secret: Secret) {
        self.duty = duty
        self.command = command
        self.version = version
        seal = secret.seal(Self.sealed(duty, command, version, reader))
    }

    /// The token in a subject; nil where there is none, or where there are several that differ.
    init?(in subject: String) {
        let found = Set(subject.split(separator: "[#").dropFirst(subject.hasPrefix("[#") ? 0 : 1).compactMap(Self.read))
        guard found.count == 1, let one = found.first else { return nil }
        self = one
    }

    private init?(_ parts: [Substring]) {
        guard parts.count == 4, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(Self.isPart) }) else { return nil }
        guard parts[2].utf8.count == Self.versionLength, parts[3].utf8.count == Secret.length else { return nil }
        duty = String(parts[0])
        command = String(parts[1])
        version = String(parts[2])
        seal = String(parts[3])
    }

    private static func read(_ text: Substring) -> AnswerToken? {
        guard let end = text.firstIndex(of: "]") else { return nil }
        return AnswerToken(text[..<end].split(separator: "-", omittingEmptySubsequences: false))
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
        default: false
        }
    }

    /// Whether it was made for this reader.
    func isMade(for reader: ID, by secret: Secret) -> Bool {
        secret.isSeal(seal, of: Self.sealed(duty, command, version, reader))
    }

    private static func sealed(_ duty: ID, _ command: String, _ version: String, _ reader: ID) -> String {
        "answer/\(duty)/\(command)/\(version)/\(reader)"
    }
}
