import Diagnostics

/// The findings of one file, collected: a reader goes on after a mistake and never throws at the first.
public struct FindingLog: Sendable {
    public let file: String
    public private(set) var findings: [Finding] = []

    /// After so many a person has enough to mend; the rest are left out, which the last finding says.
    public static let most = 500

    public init(file: String) { self.file = file }

    public var hasErrors: Bool { findings.contains { $0.severity == .error } }

    /// Whether further findings are left out; then none needs its nearest name.
    public var isFull: Bool { findings.count > Self.most }

    public mutating func add(_ finding: Finding) {
        if findings.count < Self.most {
            findings.append(finding)
        } else if findings.count == Self.most {
            findings.append(
                Finding(
                    code: FindingCode.tooManyFindings.name, file: file, range: finding.range,
                    message: "there are more findings; mend these \(Self.most) first"))
        }
    }

    public mutating func add(_ findings: some Sequence<Finding>) { for finding in findings { add(finding) } }

    /// Adds a finding of this file.
    public mutating func add(
        _ code: FindingCode, at range: SourceRange, _ message: String, expected: String? = nil, nearest: String? = nil,
        related: [Finding.Related] = [], severity: Finding.Severity = .error
    ) {
        add(
            Finding(
                severity, code: code.name, file: file, range: range, message: Self.shortened(message), expected: expected,
                nearest: nearest,
                related: related))
    }

    /// A message may repeat what stands in the file, however long that is.
    private static func shortened(_ message: String) -> String {
        message.utf8.count <= longestMessage ? message : message.prefix(longestMessage) + "..."
    }

    private static let longestMessage = 400
}
