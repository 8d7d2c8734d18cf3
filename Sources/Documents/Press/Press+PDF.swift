import Foundation

extension Press {
    /// A page of HTML as a PDF with tags and bookmarks, one bookmark for each heading.
    ///
    /// The page fetches nothing: documents have no images, and what Chromium would look up is not found.
    public func pdf(fromHTML page: String) throws(PressFailure) -> [UInt8] {
        guard has(.weasyprint) || has(.chromium) else {
            throw .notInstalled(
                what: "PDF", tools: ["WeasyPrint", "Chromium"], instead: "ask for --format html and print that")
        }
        return try withFolder { (folder) throws(PressFailure) in
            let source = folder + "/page.html"
            let target = folder + "/page.pdf"
            try write(Array(page.utf8), to: source)
            var last: PressFailure?
            for tool in [Tool.weasyprint, .chromium] {
                guard let program = programs[tool] else { continue }
                do throws(PressFailure) {
                    let arguments = tool == .weasyprint ? weasyprint(source, target) : chromium(source, target, folder)
                    try ProgramRun.run(program, arguments, in: folder)
                    return try read(target, madeBy: program)
                } catch { last = error }
            }
            throw last ?? .failed(program: "PDF", reason: "nothing was made")
        }
    }

    /// PDF/UA-1 (ISO 14289-1) is what makes WeasyPrint tag the document.
    private func weasyprint(_ source: String, _ target: String) -> [String] {
        ["--quiet", "--encoding", "utf-8", "--pdf-variant", "pdf/ua-1", source, target]
    }

    private func chromium(_ source: String, _ target: String, _ folder: String) -> [String] {
        // As root Chromium has no sandbox; the page is our own and runs no script.
        (geteuid() == 0 ? ["--no-sandbox"] : []) + [
            "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-dev-shm-usage",
            "--user-data-dir=\(folder)/profile", "--host-resolver-rules=MAP * ~NOTFOUND",

            "--no-pdf-header-footer", "--export-tagged-pdf", "--generate-pdf-document-outline", "--print-to-pdf=\(target)",
            "file://\(source)",
        ]
    }
}

// Files on the way.
extension Press {
    /// Works in a folder of this run's own, which is gone afterwards.
    func withFolder<Made>(_ work: (String) throws(PressFailure) -> Made) throws(PressFailure) -> Made {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mandate-press-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch { throw .failed(program: "the press", reason: "no folder can be made at \(folder.path)") }
        defer { try? FileManager.default.removeItem(at: folder) }
        return try work(folder.path)
    }

    func write(_ bytes: [UInt8], to path: String) throws(PressFailure) {
        do { try Data(bytes).write(to: URL(fileURLWithPath: path)) } catch {
            throw .failed(program: "the press", reason: "\(path) cannot be written")
        }
    }

    func read(_ path: String, madeBy program: String) throws(PressFailure) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path), !data.isEmpty else {
            throw .failed(program: program, reason: "it made nothing")
        }
        return Array(data)
    }
}
