import ArgumentParser
import Secretariat

struct PackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pack", abstract: "Bind agenda and papers of a meeting to one PDF.",
        discussion: """
            Papers may be PDF, Word, Markdown or text. Their pages are numbered in the order in which they went out, then in that of the \
            agenda: a page keeps its number when a supplement comes, and for every reader. Needs qpdf, and WeasyPrint or Chromium; papers \
            in Word need LibreOffice or pandoc. Any other --format gives the list of papers alone.
            """)

    @OptionGroup var reading: ReadingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    @Flag(help: "Only the papers that went out last.")
    var supplement = false

    @Flag(name: .customLong("public"), help: "As it may be published, whoever asks.")
    var isPublic = false

    @OptionGroup var shape: DocumentOptions

    func run() throws {
        try attempt {
            let session = try Session(reading.place)
            var request = try session.paper("pack", of: meeting, reading)
            if isPublic { request.reader = nil }
            let format = reading.place.json ? .json : try shape.wanted(.pdf)
            guard !reading.place.json, format == .pdf else {
                if supplement { throw UsageFailure("--supplement is for PDF") }
                var shape = shape
                shape.format = format
                return try session.show(request, as: shape)
            }
            let pack = try session.desk.pack(of: request.meeting ?? "", for: request.reader, isSupplement: supplement)
            for line in pack.left { complain("not in the pack: \(line)") }
            try session.hand(over: pack.pdf, .pdf, to: shape.output)
        }
    }
}
