import Foundation

/// A PDF that was read, to be bound with others.
public struct BoundPart: Sendable {
    /// The PDF.
    public let bytes: [UInt8]
    public let pages: Int
}

/// A part of a pack in its place.
public struct PackPart: Sendable {
    public var title: String
    public var part: BoundPart
    /// The number of its first page.
    public var first: Int
    /// Its pages are numbered i, ii, iii.
    public var isFront: Bool
    /// What stands before each page's number: `Paper 3`.
    public var mark: String?

    public init(title: String, part: BoundPart, first: Int, isFront: Bool = false, mark: String? = nil) {
        self.title = title
        self.part = part
        self.first = first
        self.isFront = isFront
        self.mark = mark
    }
}

extension Press {
    /// Reads a PDF and counts its pages; one that is encrypted or broken is a failure that says so.
    public func part(ofPDF bytes: [UInt8]) throws(PressFailure) -> BoundPart {
        let file = try objects(ofPDF: bytes)
        let pages = file.pages().count
        guard pages > 0 else { throw .failed(program: "qpdf", reason: "the PDF has no pages") }
        return BoundPart(bytes: bytes, pages: pages)
    }

    /// Binds the parts in their order.
    public func bound(_ parts: [PackPart], title: String, language: String) throws(PressFailure) -> [UInt8] {
        let qpdf = try binder()
        var inner: [Binder.Part] = []
        for part in parts {
            inner.append(
                Binder.Part(
                    title: part.title, file: try objects(ofPDF: part.part.bytes), first: part.first, isFront: part.isFront,
                    mark: part.mark))
        }
        let file = Binder.bind(inner, language: language)
        return try withFolder { (folder) throws(PressFailure) in
            let json: Data
            do { json = try file.json(title: title) } catch {
                throw .failed(program: "the binder", reason: "a paper holds a value that cannot be written")
            }
            try write(Array(json), to: folder + "/pack.json")
            try ProgramRun.run(
                qpdf,
                [
                    "--json-input", "--object-streams=generate", "--compress-streams=y", folder + "/pack.json",
                    folder + "/pack.pdf",
                ],
                in: folder, accepting: Self.warnings)
            return try read(folder + "/pack.pdf", madeBy: qpdf)
        }
    }

    /// qpdf ends so where it had to mend what it read.
    private static let warnings: Set<Int32> = [0, 3]

    private func binder() throws(PressFailure) -> String {
        guard let qpdf = programs[.qpdf] else {
            throw .notInstalled(
                what: "A pack", tools: ["qpdf"], instead: "ask for --format html, and send the papers beside it")
        }
        return qpdf
    }

    private func objects(ofPDF bytes: [UInt8]) throws(PressFailure) -> PDFFile {
        let qpdf = try binder()
        return try withFolder { (folder) throws(PressFailure) in
            try write(bytes, to: folder + "/part.pdf")
            try ProgramRun.run(
                qpdf, ["--json-output", "--json-stream-data=inline", folder + "/part.pdf", folder + "/part.json"], in: folder,
                accepting: Self.warnings)
            guard let file = PDFFile(json: Data(try read(folder + "/part.json", madeBy: qpdf))) else {
                throw .failed(program: qpdf, reason: "its JSON is not that of version 11 or later")
            }
            return file
        }
    }
}
