import Foundation

extension Press {
    /// A page of HTML as a Word document; its styles, page and footer are those of the reference document, if one is given.
    public func docx(fromHTML page: String, language: String, reference: String?) throws(PressFailure) -> [UInt8] {
        guard let pandoc = programs[.pandoc] else {
            throw .notInstalled(what: "DOCX", tools: ["pandoc"], instead: "ask for --format html, which Word opens")
        }
        return try withFolder { (folder) throws(PressFailure) in
            try write(Array(untitled(page).utf8), to: folder + "/page.html")
            let styles = reference.map { ["--reference-doc", $0] } ?? []
            // A heading at the top is the document's title; those below it move up with it.
            let isTitled = page.contains(#/<main>\s*<h1>/#)
            try ProgramRun.run(
                pandoc,
                [
                    "--from", "html-native_divs", "--to", "docx", "--metadata", "lang=\(language)",
                    "--shift-heading-level-by=\(isTitled ? -1 : 0)",
                    "--output", folder + "/page.docx",
                ] + styles + [folder + "/page.html"], in: folder)
            return try read(folder + "/page.docx", madeBy: pandoc)
        }
    }

    /// Without the page's title, which pandoc would put above the first heading.
    private func untitled(_ page: String) -> String {
        guard let start = page.range(of: "<title>"), let end = page.range(of: "</title>") else { return page }
        guard start.lowerBound < end.lowerBound else { return page }
        return page.replacingCharacters(in: start.lowerBound..<end.upperBound, with: "")
    }

    /// A Word document as Markdown, without what it embeds.
    public func markdown(fromDOCX bytes: [UInt8]) throws(PressFailure) -> String {
        guard let pandoc = programs[.pandoc] else {
            throw .notInstalled(
                what: "A paper in DOCX", tools: ["LibreOffice", "pandoc"], instead: "give the paper as PDF")
        }
        return try withFolder { (folder) throws(PressFailure) in
            try write(bytes, to: folder + "/paper.docx")
            try ProgramRun.run(
                pandoc,
                ["--from", "docx", "--to", "gfm", "--wrap", "none", "--output", folder + "/paper.md", folder + "/paper.docx"],
                in: folder)
            return String(decoding: try read(folder + "/paper.md", madeBy: pandoc), as: UTF8.self)
        }
    }

    /// A Word document as PDF, as LibreOffice lays it out.
    public func pdf(fromDOCX bytes: [UInt8]) throws(PressFailure) -> [UInt8] {
        guard let program = programs[.libreoffice] else {
            throw .notInstalled(what: "A paper in DOCX", tools: ["LibreOffice", "pandoc"], instead: "give the paper as PDF")
        }
        return try withFolder { (folder) throws(PressFailure) in
            try write(bytes, to: folder + "/paper.docx")
            try ProgramRun.run(
                program,
                [
                    "--headless", "-env:UserInstallation=file://\(folder)/profile", "--convert-to", "pdf", "--outdir", folder,
                    folder + "/paper.docx",
                ], in: folder)
            return try read(folder + "/paper.pdf", madeBy: program)
        }
    }
}
