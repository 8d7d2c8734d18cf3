import ArgumentParser
import Foundation

/// Which workspace, at what time, for people or for programs.
struct WorkspaceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The workspace; else MANDATE_WORKSPACE, else the nearest above this folder.", valueName: "dir"))
    var workspace: String?

    @Option(help: .hidden)
    var at: String?

    @Flag(help: "Answer in JSON.")
    var json = false

    /// A time in place of the clock's, for rehearsals.
    var clockText: String? { at ?? ProcessInfo.processInfo.environment["MANDATE_NOW"] }
}

/// Who looks.
struct ReadingOptions: ParsableArguments {
    @OptionGroup var place: WorkspaceOptions

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("Who acts; else MANDATE_AS, else acting_as in mandate.yaml.", valueName: "person"))
    var actor: String?
}

/// Who records something, in their own name and now.
struct RecordingOptions: ParsableArguments {
    @OptionGroup var reading: ReadingOptions

    @Option(name: .customLong("id"), help: .hidden)
    var commandID: String?

    var place: WorkspaceOptions { reading.place }
}

/// Who acts, for whom, and when it happened.
struct ActingOptions: ParsableArguments {
    @OptionGroup var recording: RecordingOptions

    @Option(help: ArgumentHelp("Record it for another person.", valueName: "person"))
    var onBehalfOf: String?

    @Option(
        help: ArgumentHelp(
            "When it happened, if not now: 2026-11-18 14:32, or 14:32 on the day of the meeting.", valueName: "time"))
    var occurred: String?

    var reading: ReadingOptions { recording.reading }
    var place: WorkspaceOptions { reading.place }
    var commandID: String? { recording.commandID }
}

/// In which format a document is wanted, and where it is to go.
struct DocumentOptions: ParsableArguments {
    @Option(help: "text, md, html, pdf, docx, json, csv, ics.")
    var format: Format?

    @Option(
        name: [.customLong("output"), .customShort("o")],
        help: ArgumentHelp("Write it into this file; its ending says the format: agenda.pdf.", valueName: "file"))
    var output: String?

    /// As asked for; else as the file's name ends; without a file, `standard`.
    func wanted(_ standard: Format = .text) throws -> Format {
        if let format { return format }
        guard let output, output != "-" else { return standard }
        if let format = Format(ending: output) { return format }
        let endings = Format.allCases.map(\.rawValue).joined(separator: ", ")
        throw UsageFailure(
            "the name `\(output)` does not say in which format: let it end in one of \(endings), or give --format as well")
    }
}
