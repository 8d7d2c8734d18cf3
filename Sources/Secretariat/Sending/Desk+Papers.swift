import Calendars
import Documents
import Governance
import Journals
import Post

// Papers that go with a mail.
extension Desk {
    /// The papers that a letter brings along, as far as the settings' limit allows. One that cannot be read stays out; `mandate verify` tells
    /// of it.
    func attachments(to letter: Letter, _ meeting: ID?, _ now: Instant) throws -> [Attachment] {
        var room = workspace.settings.largestPapers
        guard room > 0, let meeting, let document = CirculatingDocument(rawValue: letter.document) else { return [] }
        let papers = Papers(facts(at: now, story: [])).papersToSend(with: document, of: meeting, to: letter.reader)
        return papers.compactMap { paper in
            guard let hash = paper.file, let bytes = try? files.read(hash), bytes.count <= room else { return nil }
            room -= bytes.count
            let type = FileType(of: bytes)
            return Attachment(name: fileName(of: paper, type), mediaType: type.mediaType, bytes: bytes)
        }
    }

    /// The name that the file had, else the paper's title with the ending that fits.
    private func fileName(of paper: Paper, _ type: FileType) -> String {
        if let name = paper.fileName?.split(separator: "/").last { return String(name.prefix(Self.longestName)) }
        let title = paper.title.map { $0.isNewline || $0 == "\0" || $0 == "/" ? " " : $0 }.prefix(Self.longestName)
        return String(title) + "." + type.rawValue
    }

    private static let longestName = 150
}

/// The documents that bring papers along.
enum CirculatingDocument: String {
    /// With all that were circulated before.
    case agenda
    /// With those that went out last.
    case supplement
}

extension Papers {
    /// The papers that go with a mail: circulated, and never a restricted one, not even to those who may read it: a mail is easily passed on.
    func papersToSend(with document: CirculatingDocument, of id: ID, to person: ID) -> [Paper] {
        guard let meeting = records.meetings[id] else { return [] }
        let open = records.papers(of: id).filter { paper in
            let isOfClosedItem = paper.item.flatMap { records.items[$0] }.map { isRestricted($0) } ?? false
            return paper.circulated != nil && !isHidden(paper, from: person) && !isOfClosedItem
                && !isRestricted(until: paper.restrictedUntil, for: meeting.body)
        }
        guard document == .supplement else { return open }
        let latest = records.papers(of: id).compactMap(\.circulated).max()
        return open.filter { $0.circulated == latest }
    }
}

/// What a file is, by how it begins; a packed office document names its parts at its end.
private enum FileType: String {
    case pdf, png, jpg, docx, xlsx, pptx, odt, zip, txt, bin

    init(of bytes: [UInt8]) {
        let packed: [(mark: String, type: FileType)] = [
            ("word/document.xml", .docx), ("xl/workbook.xml", .xlsx), ("ppt/presentation.xml", .pptx), ("content.xml", .odt),
        ]
        if Press.isPDF(bytes) {
            self = .pdf
        } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
            self = .png
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpg
        } else if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            let directory = String(decoding: bytes.suffix(1 << 16), as: UTF8.self)
            self = packed.first { directory.contains($0.mark) }?.type ?? .zip
        } else {
            self = !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil ? .txt : .bin
        }
    }

    var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .png: "image/png"
        case .jpg: "image/jpeg"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation"
        case .odt: "application/vnd.oasis.opendocument.text"
        case .zip: "application/zip"
        case .txt: "text/plain"
        case .bin: "application/octet-stream"
        }
    }
}
