import Documents
import Foundation

/// An agenda of 200 items, each with two papers.
private let longAgenda = AgendaView(
    meeting: MeetingView(body: "Health & Care Partnership", date: "Tuesday 17 November 2026", start: "14:00", end: "16:00"),
    items: (1...200).map { number in
        AgendaItemView(
            number: "\(number)", title: "Item \(number): O'Brien & Sons *winter* plan", purpose: "for decision",
            lead: "Asha Patel, Carers Together", time: "about 14:20, 15 minutes",
            papers: (1...2).map { PaperView(title: "Report \($0) on the item", reference: "Paper \(number * 2 + $0)") })
    })

func documentBenchmarks() -> [Benchmark] {
    let library = templateFolder().map { TemplateLibrary(folders: [$0]) }
    return [
        Benchmark("agenda-html") { times in
            guard let library else { throw BenchFailure("the folder `Templates` is not to be found above this program") }
            for _ in 0..<times {
                let page = try library.render(longAgenda, as: .html)
                guard page.contains("<h2>200. Item 200") else { throw BenchFailure("the last item is missing") }
            }
            return times
        }
    ]
}

/// As the program finds it: `MANDATE_SHARE`, else above the program or the folder at hand.
private func templateFolder() -> String? {
    var folders = [CommandLine.arguments.first.map { ($0 as NSString).deletingLastPathComponent } ?? "."]
    folders.append(FileManager.default.currentDirectoryPath)
    if let named = ProcessInfo.processInfo.environment["MANDATE_SHARE"] { folders.insert(named, at: 0) }
    for folder in folders {
        var url = URL(fileURLWithPath: folder).resolvingSymlinksInPath()
        for _ in 0..<16 {
            let templates = url.appendingPathComponent("Templates")
            if FileManager.default.fileExists(atPath: templates.appendingPathComponent("layout.mustache").path) {
                return templates.path
            }
            url = url.deletingLastPathComponent()
        }
    }
    return nil
}
