import Foundation
import Post

/// Looks through the files of a workspace for the words of one person.
struct WorkspaceSearch {
    private let folder: String
    private let paths: [String]
    /// Folders of mail, as maildir has them.
    private let maildirs: [String]

    init(_ workspace: Workspace) {
        folder = workspace.folder
        paths = ((try? FileManager.default.subpathsOfDirectory(atPath: workspace.folder)) ?? []).sorted()
        maildirs = paths.filter { path in
            ["new", "cur", "tmp"].allSatisfy { Disk.isFolder(Disk.joined(workspace.folder, path + "/" + $0)) }
        }
    }

    private func isMail(_ path: String) -> Bool { maildirs.contains { path.hasPrefix($0 + "/") } }

    /// The files of mail that tell of the person, in their text or their name.
    func mail(with traces: Traces) throws -> [String] {
        try paths.filter { isMail($0) && !Disk.isFolder(Disk.joined(folder, $0)) }.map { Disk.joined(folder, $0) }.filter {
            let name = ($0 as NSString).lastPathComponent
            return try traces.areIn(Self.spelled(name)) || traces.areIn(Searchable.text(of: try Disk.read($0)))
        }
    }

    /// A name in which what is special was written in hexadecimal after a `_`.
    private static func spelled(_ name: String) -> String {
        name.replacing("_", with: "%").removingPercentEncoding.map { name + " " + $0 } ?? name
    }

    /// The files that hold the words and that are not the program's: what people wrote or saved here. The journal and the kept files are
    /// looked through by what knows their form.
    func files(with traces: Traces) throws -> [String] {
        try paths.filter { path in
            guard !path.hasPrefix("mandate.db"), !path.hasPrefix("files/"), !Disk.isFolder(Disk.joined(folder, path)) else {
                return false
            }
            return try traces.areIn(path) || traces.areIn(try Disk.read(Disk.joined(folder, path)))
        }
    }
}
