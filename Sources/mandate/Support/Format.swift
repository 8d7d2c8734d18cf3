import ArgumentParser
import Documents

/// In which format a document is wanted.
enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, md, html, pdf, docx, json, csv, ics

    init?(argument: String) {
        switch argument.lowercased() {
        case "txt": self = .text
        case "markdown": self = .md
        case let other: self.init(rawValue: other)
        }
    }

    /// The format that a file's name asks for: `agenda.pdf`.
    init?(ending path: String) {
        guard let dot = path.lastIndex(of: "."), let format = Format(argument: String(path[path.index(after: dot)...])) else {
            return nil
        }
        self = format
    }

    /// Those that are no text, which a terminal cannot show.
    var isBinary: Bool { self == .pdf || self == .docx }
}
