import Foundation

/// Where the shipped workflows and templates lie.
public struct Shelf: Sendable, Hashable {
    public let workflows: String
    public let templates: String

    public init(folder: String) {
        workflows = Disk.joined(folder, "Workflows")
        templates = Disk.joined(folder, "Templates")
    }

    /// `MANDATE_SHARE`, else `share/mandate` beside the installed program, else the checkout in which the program was built; nil where
    /// none of them holds workflows.
    public static func find(
        program: String = programPath, environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> Shelf? {
        if let folder = environment["MANDATE_SHARE"], !folder.isEmpty { return Shelf(folder: Disk.wholePath(folder)) }
        let home = Disk.parent(of: program)
        let installed = Shelf(folder: Disk.joined(Disk.parent(of: home), "share/mandate"))
        if Disk.isFolder(installed.workflows) { return installed }
        return checkout(above: home)
    }

    private static let mostSteps = 32

    private static func checkout(above folder: String) -> Shelf? {
        var folder = folder
        for _ in 0..<mostSteps {
            let shelf = Shelf(folder: folder)
            if Disk.exists(Disk.joined(folder, "Package.swift")), Disk.isFolder(shelf.workflows), Disk.isFolder(shelf.templates)
            {
                return shelf
            }
            guard folder != "/" else { return nil }
            folder = Disk.parent(of: folder)
        }
        return nil
    }

    /// The running program's own file, links followed.
    public static var programPath: String {
        let own = "/proc/self/exe"
        let path = (try? FileManager.default.destinationOfSymbolicLink(atPath: own)) ?? CommandLine.arguments.first ?? "mandate"
        return Disk.wholePath(path)
    }
}
