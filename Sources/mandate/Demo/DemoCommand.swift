import ArgumentParser
import Calendars
import Foundation
import Secretariat

struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Live through a year of a partnership, in seconds.")

    @Argument(help: ArgumentHelp("The folder to be made.", valueName: "dir"))
    var folder: String = "mandate-demo"

    func run() throws {
        try attempt {
            let folder = URL(filePath: self.folder).standardizedFileURL.path
            let started = ContinuousClock.now
            try Workspace.create(at: folder, society: DemoSociety.name)
            let texts = folder + "/texts"
            try FileManager.default.createDirectory(atPath: texts, withIntermediateDirectories: true)
            try Data(DemoSociety.roster.utf8).write(to: URL(filePath: folder + "/roster.csv"))
            let story = Storyteller(folder: folder, zone: try Self.zone(), from: DemoYear.day("2026-08-02"))
            let office = try Office(folder: folder, clock: story.clock)
            try Office.$open.withValue(office) {
                try story.at(DemoYear.day("2026-08-03"), "09:00")
                try story.mandate("import", folder + "/roster.csv", "--as", DemoSociety.secretary)
                try DemoYear(story: story, texts: texts).tell(progress)
                try DemoTour(story: story, folder: folder).show(office, took: ContinuousClock.now - started)
            }
        }
    }

    private static func zone() throws -> Zone {
        let name = "Europe/London"
        return try Zone(name: name, tzif: Array(Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/" + name))))
    }

    /// One line that is written over, on a terminal; a line each elsewhere.
    private func progress(_ done: Int, _ all: Int, _ words: String) {
        let bar = String(repeating: "#", count: done * Self.barWidth / all)
        let line = "[\(bar)\(String(repeating: ".", count: Self.barWidth - bar.count))] meeting \(done) of \(all): \(words)"
        let isTerminal = isatty(2) == 1
        FileHandle.standardError.write(
            Data(((isTerminal ? "\r\u{1B}[K" : "") + line + (isTerminal && done < all ? "" : "\n")).utf8))
    }

    private static let barWidth = 20
}
