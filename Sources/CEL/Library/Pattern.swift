import CRE2

/// A regular expression in RE2's syntax, which takes time in proportion to the text and no more.
final class Pattern: @unchecked Sendable {  // RE2 objects may be asked from several threads at once; the handle never changes.
    private let handle: OpaquePointer

    init(_ text: String) throws(EvaluationError) {
        var text = text
        var reason = [CChar](repeating: 0, count: 256)
        let made = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { cre2_compile($0.baseAddress, $0.count, &reason, reason.count) }
        }
        guard let made else {
            let words = String(decoding: reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            throw EvaluationError("not a regular expression: \(words)")
        }
        handle = made
    }

    deinit { cre2_free(handle) }

    /// Whether the pattern fits anywhere in the text.
    func isFound(in text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { cre2_found(handle, $0.baseAddress, $0.count) }
        }
    }
}
