#if canImport(Glibc)
    import Glibc
#endif

/// The bytes of a base64 body (RFC 2045, section 6.8); what is no letter of it is passed over, and a body cut short gives what there is.
func decodedBase64(_ body: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(body.count / 4 * 3)
    var (bits, count): (UInt32, Int) = (0, 0)
    for byte in body {
        if byte == UInt8(ascii: "=") { break }
        guard let value = base64Value(byte) else { continue }
        bits = bits << 6 | value
        count += 1
        if count == 4 {
            result += [UInt8(bits >> 16 & 0xFF), UInt8(bits >> 8 & 0xFF), UInt8(bits & 0xFF)]
            (bits, count) = (0, 0)
        }
    }
    if count == 2 { result.append(UInt8(bits >> 4 & 0xFF)) }
    if count == 3 { result += [UInt8(bits >> 10 & 0xFF), UInt8(bits >> 2 & 0xFF)] }
    return result
}

private func base64Value(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
}

/// The bytes of a quoted-printable body (RFC 2045, section 6.7); a `=` that begins nothing stands for itself.
func decodedQuotedPrintable(_ body: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var rest = body
    while let line = takeLine(&rest) {
        var kept = line.lastIndex { $0 != 0x20 && $0 != 0x09 }.map { line[...$0] } ?? line.prefix(0)
        let goesOn = kept.last == UInt8(ascii: "=")
        if goesOn { kept = kept.dropLast() }
        result += unescaped(kept, after: UInt8(ascii: "="))
        if !goesOn { result += [0x0D, 0x0A] }
    }
    return result
}

/// With the mark and two hexadecimal digits, `=41` or `%41`, turned into the byte that they stand for.
func unescaped(_ bytes: ArraySlice<UInt8>, after mark: UInt8) -> [UInt8] {
    var result: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
        if byte == mark, rest.count >= 2, let high = hexadecimalValue(rest[rest.startIndex]),
            let low = hexadecimalValue(rest[rest.startIndex + 1])
        {
            result.append(high << 4 | low)
            rest = rest.dropFirst(2)
        } else {
            result.append(byte)
        }
    }
    return result
}

private func hexadecimalValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
}

/// A text in the character set of that name; without one, or in one that is unknown, it is taken for UTF-8, else for Windows' Latin letters.
func text(of bytes: [UInt8], in charset: String?) -> String {
    let name = (charset ?? "utf-8").lowercased().filter { !$0.isWhitespace }
    if ["utf-8", "utf8", "us-ascii", "ascii", ""].contains(name) { return readable(bytes[...]) }
    return converted(bytes, from: name == "iso-8859-1" ? "windows-1252" : name) ?? readable(bytes[...])
}

/// A text of which nobody says how it is written.
func readable(_ bytes: ArraySlice<UInt8>) -> String {
    String(validating: bytes, as: UTF8.self) ?? converted(Array(bytes), from: "windows-1252")
        ?? String(decoding: bytes, as: UTF8.self)
}

/// By the C library's tables; what cannot be read becomes U+FFFD. Nil where it knows no such character set.
private func converted(_ bytes: [UInt8], from charset: String) -> String? {
    let isName =
        (1...40).contains(charset.utf8.count) && charset.utf8.allSatisfy { isLetterOrDigit($0) || "-_.:".utf8.contains($0) }
    guard isName, let conversion = iconv_open("UTF-8", charset), Int(bitPattern: conversion) != -1 else { return nil }
    defer { iconv_close(conversion) }
    var input = bytes.map { CChar(bitPattern: $0) }
    var output: [UInt8] = []
    var room = [CChar](repeating: 0, count: 8192)
    input.withUnsafeMutableBufferPointer { source in
        var next = source.baseAddress
        var left = source.count
        while left > 0 {
            let (result, failure, written) = room.withUnsafeMutableBufferPointer { target in
                var place = target.baseAddress
                var free = target.count
                let result = iconv(conversion, &next, &left, &place, &free)
                return (result, errno, target.count - free)
            }
            output += room.prefix(written).map { UInt8(bitPattern: $0) }
            if result != -1 || failure == E2BIG && written > 0 { continue }
            // What is no letter, or is cut short.
            output += Array("\u{FFFD}".utf8)
            next = next?.advanced(by: 1)
            left -= 1
        }
    }
    return String(decoding: output, as: UTF8.self)
}

/// The words of a header field with its encoded words decoded (RFC 2047); white space between two of them is no part of the text.
func decodedWords(_ value: String) -> String {
    var result = ""
    var pending: (charset: String, bytes: [UInt8])?
    var rest = Substring(value)
    func flush() {
        if let it = pending { result += text(of: it.bytes, in: it.charset) }
        pending = nil
    }
    while let start = place(of: "=?", in: rest) {
        let before = rest[..<start.lowerBound]
        guard let word = encodedWord(rest[start.upperBound...]) else {
            flush()
            result += rest[..<start.upperBound]
            rest = rest[start.upperBound...]
            continue
        }
        if pending == nil || !before.allSatisfy(\.isWhitespace) {
            flush()
            result += before
        }
        if pending?.charset == word.charset {
            pending?.bytes += word.bytes
        } else {
            flush()
            pending = (word.charset, word.bytes)
        }
        rest = word.rest
    }
    flush()
    return result + rest
}

/// One encoded word after its `=?`: `utf-8?Q?caf=C3=A9?=`.
private func encodedWord(_ value: Substring) -> (charset: String, bytes: [UInt8], rest: Substring)? {
    let parts = value.split(separator: "?", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let end = place(of: "?=", in: parts[2]) else { return nil }
    let bytes = Array(parts[2][..<end.lowerBound].utf8)
    guard !bytes.contains(0x20), let charset = parts[0].split(separator: "*").first?.lowercased() else { return nil }
    let rest = value[end.upperBound...]
    switch parts[1].lowercased() {
    case "b": return (charset, decodedBase64(bytes[...]), rest)
    case "q":
        return (charset, unescaped(bytes.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 }[...], after: UInt8(ascii: "=")), rest)
    default: return nil
    }
}

/// Where a text of ASCII begins and ends in another.
func place(of wanted: String, in text: Substring) -> Range<Substring.Index>? {
    guard let first = wanted.utf8.first else { return nil }
    var look = text.utf8[...]
    while let begin = look.firstIndex(of: first) {
        let found = text.utf8[begin...]
        if found.starts(with: wanted.utf8) { return begin..<text.utf8.index(begin, offsetBy: wanted.utf8.count) }
        look = text.utf8[text.utf8.index(after: begin)...]
    }
    return nil
}
