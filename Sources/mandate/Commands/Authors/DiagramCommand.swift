import ArgumentParser
import Foundation
import Governance
import Secretariat
import Workflows

struct DiagramCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diagram", abstract: "Draw a workflow, or where a case of it stands.",
        discussion: """
            A case is drawn with its current states marked and the way that it came: states where it has been are numbered, transitions \
            that it took stand out. For a meeting its own case is drawn. SVG is made by Graphviz.
            """)

    /// In which language the picture is wanted.
    enum Language: String, ExpressibleByArgument, CaseIterable { case mermaid, dot, svg }

    @OptionGroup var place: WorkspaceOptions

    @Option(help: "mermaid, dot or svg.")
    var format = Language.mermaid

    @Argument(
        help: ArgumentHelp("A workflow by name, a case by id, or a meeting: an id, next, last or a date.", valueName: "what"))
    var what: String

    func run() throws {
        try attempt {
            let diagram = try diagram()
            switch format {
            case .mermaid: Console.say(diagram.mermaid, terminator: "")
            case .dot: Console.say(diagram.dot, terminator: "")
            case .svg: Console.say(try Graphviz.svg(of: diagram.dot), terminator: "")
            }
        }
    }

    private func diagram() throws -> WorkflowDiagram {
        guard let folder = try? Workspace.find(named: place.workspace) else {
            // Without a workspace the shipped workflows can be drawn.
            if place.workspace != nil { _ = try Workspace.find(named: place.workspace) }
            return try shipped()
        }
        var options = place
        options.workspace = folder
        let session = try Session(options)
        if let workflow = session.rulebook.workflows[what] { return WorkflowDiagram(workflow) }
        if let it = try found(in: session), let workflow = session.rulebook.workflow(of: it),
            let way = try session.desk.way(of: it.id)
        {
            return WorkflowDiagram(workflow, way: way)
        }
        throw LookupFailure(
            "there is no workflow, case or meeting `\(what)`; workflows are \(session.rulebook.workflows.keys.sorted().joined(separator: ", "))"
        )
    }

    private func found(in session: Session) throws -> Case? {
        if let it = session.standing.cases[what] { return it }
        guard let meeting = try? session.meeting(what) else { return nil }
        return session.desk.findCase(of: "meeting", about: [.meeting: meeting.id])
    }

    private func shipped() throws -> WorkflowDiagram {
        guard let shelf = Shelf.find() else { throw WorkspaceFailure.noShelf }
        let workflows = try FileCheck.workflows(of: shelf)
        guard let workflow = workflows.first(where: { $0.name == what }) else {
            let names = workflows.map(\.name).sorted().joined(separator: ", ")
            throw LookupFailure("there is no workflow `\(what)` among those shipped (\(names)), and no workspace here")
        }
        return WorkflowDiagram(workflow)
    }
}

/// The program that draws what is written in DOT.
enum Graphviz {
    /// Draws a picture; a failure says what to install.
    static func svg(of dot: String) throws -> String {
        guard let program = program else {
            throw GraphvizFailure(
                description:
                    "Graphviz is not installed, which draws SVG: install it (`apt-get install graphviz`), or ask for --format mermaid or dot"
            )
        }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mandate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = folder.appendingPathComponent("workflow.dot")
        let picture = folder.appendingPathComponent("workflow.svg")
        try Data(dot.utf8).write(to: source)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["-Tsvg", "-o", picture.path, source.path]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0, let svg = try? Data(contentsOf: picture) else {
            throw GraphvizFailure(
                description: "\(program) could not draw the workflow (exit code \(process.terminationStatus))")
        }
        return String(decoding: svg, as: UTF8.self)
    }

    /// `dot`, as the search path finds it.
    static var program: String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return path.split(separator: ":").map { "\($0)/dot" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}

/// Why no picture could be drawn.
struct GraphvizFailure: Error, CustomStringConvertible {
    var description: String
}
