import ArgumentParser
import Calendars
import Documents
import Foundation
import Governance
import Secretariat
import Workflows

/// A subcommand that shows a document.
protocol ShowsDocument: ParsableCommand {
    var reading: ReadingOptions { get }
    var shape: DocumentOptions { get }
    func request(in session: Session) throws -> PaperRequest
}

extension ShowsDocument {
    func run() throws {
        try attempt {
            let session = try Session(reading.place)
            try session.show(try request(in: session), as: shape)
        }
    }
}

extension Session {
    /// Shows a document in the format that was asked for; each document command has all of them by this one way.
    func show(_ request: PaperRequest, as shape: DocumentOptions) throws {
        let format = options.json ? .json : try shape.wanted()
        try hand(over: Array(try made(request, as: format)), format, to: shape.output)
    }

    private func made(_ request: PaperRequest, as format: Format) throws -> [UInt8] {
        switch format {
        case .text: Array(try desk.document(request, as: .text).utf8)
        case .md: Array(try desk.document(request, as: .markdown).utf8)
        case .html: Array(try desk.document(request, as: .html).utf8)
        case .json: Array((Plain(try desk.view(request)).json + "\n").utf8)
        case .ics: Array(try calendar(for: request).text.utf8)
        case .csv: Array(try desk.table(request).csv.utf8)
        case .pdf: try Press.find().pdf(fromHTML: try desk.document(request, as: .html))
        case .docx:
            try Press.find().docx(
                fromHTML: try desk.document(request, as: .html), language: workspace.templates.language,
                reference: workspace.templates.wordStyles)
        }
    }

    /// What a calendar takes: the meeting that a document is about, or all that a person has to do.
    private func calendar(for request: PaperRequest) throws -> CalendarFile {
        if request.document == "checklist", let person = request.reader { return try desk.calendar(for: person) }
        guard let meeting = request.meeting.flatMap({ records.meetings[$0] }) else {
            throw PaperFailure("`\(request.document)` is about no meeting, so a calendar has nothing to show")
        }
        var file = try desk.calendar(of: meeting.body)
        file.entries.removeAll { $0.start != .instant(meeting.start.seconds) }
        return file
    }

    /// Writes into the file, else onto standard output; a terminal is not given what it cannot show.
    func hand(over bytes: [UInt8], _ format: Format, to file: String?) throws {
        if let file, file != "-" {
            try checkOutput(file)
            try Disk.replace(file, with: bytes)
            if !options.json { Console.complain("written: \(file)") }
            return
        }
        guard format.isBinary else { return Console.say(String(decoding: bytes, as: UTF8.self), terminator: "") }
        guard isatty(1) == 0 else {
            throw UsageFailure("\(format.rawValue) is not for a terminal: say where it goes, with --output FILE")
        }
        FileHandle.standardOutput.write(Data(bytes))
    }
}

extension Session {
    /// A document is not written over what the workspace itself lives by.
    private func checkOutput(_ file: String) throws {
        guard !file.isEmpty else { throw UsageFailure("--output names no file") }
        guard !Disk.isFolder(file) else { throw UsageFailure("\(file) is a folder: name a file in it") }
        let path = Disk.wholePath(file)
        let kept = ["mandate.db", "mandate.db-wal", "mandate.db-shm", Workspace.settingsName].map {
            Disk.wholePath(Disk.joined(workspace.folder, $0))
        }
        let folders = [workspace.filesPath, Disk.joined(workspace.folder, "mail")].map { Disk.wholePath($0) + "/" }
        guard !kept.contains(path), !folders.contains(where: { path.hasPrefix($0) }) else {
            throw UsageFailure("\(file) belongs to the workspace itself: name another file")
        }
    }
}

extension Plain {
    init(_ view: ViewValue) {
        switch view {
        case .text(let text), .markdown(let text), .link(let text): self = .text(text)
        case .number(let number): self = .number(number)
        case .flag(let flag): self = .flag(flag)
        case .list(let list): self = .list(list.map { Plain($0) })
        case .map(let map): self = .map(map.mapValues { Plain($0) })
        case .none: self = .none
        }
    }
}

extension Session {
    /// A document of a meeting's own case.
    func paper(_ document: String, of text: String, _ reading: ReadingOptions) throws -> PaperRequest {
        let reader = try actorIfNamed(reading)
        let meeting = try meeting(text, by: reader)
        let it = desk.findCase(of: "meeting", about: [.meeting: meeting.id])
        return PaperRequest(document: document, ofCase: it?.id, meeting: meeting.id, body: meeting.body, reader: reader)
    }
}
