/// The address as a Markdown autolink, or as escaped text where it is not plainly one that a person may follow.
///
/// Allowed are `https:`, `http:` and `mailto:` with the characters of RFC 3986; everything else, `javascript:` above all, is
/// shown and cannot be followed.
func linkForMarkdown(_ address: String) -> String {
    guard isFollowable(address) else { return escapedForMarkdown(address) }
    var result = "<"
    var rest = Substring(address)
    while let ampersand = rest.firstIndex(of: "&") {
        // An autolink decodes character references, so each ampersand is written as one.
        result += rest[..<ampersand] + "&amp;"
        rest = rest[rest.index(after: ampersand)...]
    }
    return result + rest + ">"
}

func isFollowable(_ address: String) -> Bool {
    let lowered = address.lowercased()
    guard ["https://", "http://", "mailto:"].contains(where: { lowered.hasPrefix($0) && lowered.utf8.count > $0.utf8.count })
    else { return false }
    return address.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~:/?#[]@!$&'()*+,;=%".utf8.contains(byte)
        }
    }
}
