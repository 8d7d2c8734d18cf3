/// What a mail says beyond the text that its link put there: lines that fill in a form, and words of the sender's own.
struct MailWords: Hashable {
    /// What stands after each label, line by line; a label after which nothing stands is not here.
    private(set) var filled: [String: [String]] = [:]
    /// All other words.
    private(set) var own: [String] = []

    /// So many lines and letters of a mail are looked at; whoever reads the mail itself sees the rest.
    static let mostLines = 400
    static let mostLetters = 20_000
    /// So many letters of what somebody wrote are kept in a field, or given back to them.
    static let longest = 2_000

    /// - Parameters:
    ///   - text: what the sender wrote, without what they quoted and their signature.
    ///   - prepared: the lines that stood there already, in whatever way a mail program has broken or marked them since.
    ///   - labels: those after which the form's lines stand.
    ///   - keepsParagraphs: whether all up to the next label stands after a label, in paragraphs, instead of a line or two.
    ///   - name: the sender's; a name alone says nothing, nor do the words by which mails begin and end.
    init(_ text: String, prepared: [String], labels: [String], keepsParagraphs: Bool = false, name: String) {
        var lines = text.prefix(Self.mostLetters).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .prefix(Self.mostLines).map { trimmed(String($0)) }
        for line in prepared where Self.label(at: line, among: labels) == nil { Self.remove(Self.letters(line), from: &lines) }
        Self.removeHints(after: labels, from: &lines)
        read(lines, labels, keepsParagraphs)
        let idle = Self.courtesies.union(Self.names(name)).union([""])
        own.removeAll { idle.contains(Self.letters($0)) }
        guard keepsParagraphs else { return }
        for (label, lines) in filled {
            let end = lines.lastIndex { !idle.contains(Self.letters($0)) }
            filled[label] = end.map { Array(lines[...$0]) }
        }
    }

    /// The own words as one text, no longer than anybody wants it back; nil where there are none.
    var spoken: String? {
        let text = own.joined(separator: " ")
        return text.isEmpty ? nil : text.utf8.count <= Self.longest ? text : String(text.prefix(Self.longest)) + " ..."
    }

    /// Counts among the own words what stands after a label and could not be taken.
    mutating func passOn(_ words: String) { own.append(words) }

    private mutating func read(_ lines: [String], _ labels: [String], _ keepsParagraphs: Bool) {
        var seen: Set<String> = []
        var current: String?
        for line in lines {
            if let label = Self.label(at: line, among: labels), seen.insert(label).inserted {
                current = label
                let rest = trimmed(String(line.drop { $0 != ":" }.dropFirst()))
                if !rest.isEmpty { filled[label] = [rest] }
            } else if let label = current, keepsParagraphs {
                filled[label, default: []].append(line)
            } else if line.isEmpty {
                if let label = current, filled[label] != nil { current = nil }
            } else if let label = current, !line.hasPrefix("(") {
                filled[label, default: []].append(line)
            } else {
                current = nil
                own.append(line)
            }
        }
    }

    /// The label with which a line begins: `Reason : ...`.
    private static func label(at line: String, among labels: [String]) -> String? {
        guard let colon = line.firstIndex(of: ":") else { return nil }
        let head = trimmed(String(line[..<colon])).lowercased()
        return labels.first { $0.lowercased() == head }
    }

    /// Takes out the lines that together are the words sought, wherever a mail program has broken them.
    private static func remove(_ sought: String, from lines: inout [String]) {
        guard !sought.isEmpty else { return }
        var start = 0
        while start < lines.count {
            var found = ""
            var end = start
            while end < lines.count, end - start < longestBreak, found.utf8.count < sought.utf8.count {
                found += letters(lines[end])
                guard sought.hasPrefix(found) else { break }
                end += 1
            }
            if found == sought { lines.removeSubrange(start..<end) } else { start += 1 }
        }
    }

    /// Takes out `(item: 1, 2 or 3)`, which says what can stand after a label and may say something else by now.
    private static func removeHints(after labels: [String], from lines: inout [String]) {
        while let start = lines.firstIndex(where: {
            $0.hasPrefix("(") && label(at: String($0.dropFirst()), among: labels) != nil
        }),
            let end = lines[start...].prefix(longestBreak).firstIndex(where: { $0.hasSuffix(")") })
        {
            lines.removeSubrange(start...end)
        }
    }

    private static let longestBreak = 20

    /// What is left of words when signs, spaces and capitals do not matter.
    private static func letters(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }

    private static func names(_ name: String) -> Set<String> {
        Set(([name] + name.split(separator: " ").map(String.init)).map(letters))
    }

    private static let courtesies: Set<String> = [
        "hello", "hi", "hithere", "dearall", "goodmorning", "goodafternoon", "goodevening", "thanks", "thankyou", "manythanks",
        "thankyouverymuch", "best", "bestwishes", "allthebest", "regards", "kindregards", "bestregards", "warmregards", "yours",
        "yourssincerely", "yoursfaithfully", "sincerely", "cheers",
    ]
}
