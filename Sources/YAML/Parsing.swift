import Diagnostics

/// The bounds of a file, checked as its events come, before anything is built of them.
public enum Bounds {
    public static let bytes = 1 << 20
    public static let depth = 64
    public static let nodes = 10_000
}

/// Reads a YAML file to a tree.
///
/// There is no tree where the file is empty, breaks a rule of YAML, or a bound. Duplicate keys, anchors, aliases, tags, keys that are
/// collections, and a second document are findings, and the rest is read all the same.
public func parseYAML(_ source: SourceText) -> (Node?, [Finding]) {
    var log = FindingLog(file: source.name)
    guard source.text.utf8.count <= Bounds.bytes else {
        log.add(
            .tooLarge, at: .start, "the file has \(source.text.utf8.count) bytes", expected: "at most \(Bounds.bytes) bytes")
        return (nil, log.findings)
    }
    var composer = Composer(source: source)
    let node = composer.compose()
    return (node, composer.log.findings)
}

/// Reads the bytes of a YAML file: those that are not UTF-8 are a finding at their place.
public func parseYAML(bytes: [UInt8], name: String) -> (source: SourceText, node: Node?, findings: [Finding]) {
    guard bytes.count <= Bounds.bytes else {
        var log = FindingLog(file: name)
        log.add(.tooLarge, at: .start, "the file has \(bytes.count) bytes", expected: "at most \(Bounds.bytes) bytes")
        return (SourceText(name: name, text: ""), nil, log.findings)
    }
    if let text = String(validating: bytes, as: UTF8.self) {
        let source = SourceText(name: name, text: text)
        let (node, findings) = parseYAML(source)
        return (source, node, findings)
    }
    let source = SourceText(name: name, text: String(decoding: bytes, as: UTF8.self))
    var log = FindingLog(file: name)
    let offset = validPrefix(of: bytes)
    let place = source.position(at: offset)
    log.add(
        .notUTF8, at: SourceRange(place, place), "the byte \(hexadecimal(bytes[offset])) is no character here",
        expected: "text in UTF-8")
    return (source, nil, log.findings)
}

/// The number of bytes before the first that are not UTF-8.
private func validPrefix(of bytes: [UInt8]) -> Int {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var valid = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) { valid += UTF8.width(scalar) }
    return min(valid, bytes.count - 1)
}

private func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.count < 2 ? "0x0\(digits)" : "0x\(digits)"
}
