import ArgumentParser
import Documents
import Governance
import Secretariat
import Workflows

/// A subcommand that shows a document.
protocol ShowsDocument: ParsableCommand {
    var reading: ReadingOptions { get }
    var format: Format { get }
    func request(in session: Session) throws -> PaperRequest
}

extension ShowsDocument {
    func run() throws {
        try attempt {
            let session = try Session(reading.place)
            let request = try request(in: session)
            if reading.place.json {
                Console.say(Plain(try session.desk.view(request)).json)
            } else {
                Console.say(try session.desk.document(request, as: format.documentFormat), terminator: "")
            }
        }
    }
}

extension Format {
    var documentFormat: DocumentFormat {
        switch self {
        case .md: .markdown
        case .html: .html
        case .text: .text
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
