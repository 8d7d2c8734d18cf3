import Foundation
import Post

/// Looks through the files of a workspace for the words of one person.
struct WorkspaceSearch {
    private let folder: String
    private let paths: [String]
    /// Folders of mail, as maildir has them: those within the workspace, and those that its settings name, wherever they are.
    private let maildirs: [String]
    private let inbox: String

    init(_ workspace: Workspace) {
        let folder = workspace.folder
        self.folder = folder
        let paths = ((try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []).sorted()
        self.paths = paths
        inbox = Disk.joined(folder, workspace.settings.inbox)
        var maildirs = paths.map { Disk.joined(folder, $0) }.filter { path in
            ["new", "cur", "tmp"].allSatisfy { Disk.isFolder(Disk.joined(path, $0)) }
        }
        if Disk.isFolder(Disk.joined(inbox, "new")) { maildirs.append(inbox) }
        if case .maildir(let name) = workspace.settings.transport { maildirs.append(Disk.joined(folder, name)) }
        self.maildirs = Set(maildirs).sorted()
    }

    private func isMail(_ path: String) -> Bool { maildirs.contains { Disk.joined(folder, path).hasPrefix($0 + "/") } }

    /// The files of mail that tell of the person, in their text or their name.
    func mail(with traces: Traces) throws -> [String] {
        try maildirs.flatMap { maildir in ["cur", "new", "tmp"].map { Disk.joined(maildir, $0) } }.flatMap {
            try mail(in: $0, with: traces)
        }
    }

    /// Mail that came in, that nobody has read yet, and that tells of the person.
    func unread(with traces: Traces) throws -> [String] { try mail(in: Disk.joined(inbox, "new"), with: traces) }

    private func mail(in place: String, with traces: Traces) throws -> [String] {
        try Disk.names(in: place, ending: "").map { Disk.joined(place, $0) }.filter { path in
            guard !Disk.isFolder(path) else { return false }
            let name = (path as NSString).lastPathComponent
            return try traces.areIn(Self.spelled(name)) || traces.areIn(Searchable.text(of: try Disk.read(path)))
        }
    }

    /// A name in which what is special was written in hexadecimal after a `_`.
    private static func spelled(_ name: String) -> String {
        name.replacing("_", with: "%").removingPercentEncoding.map { name + " " + $0 } ?? name
    }

    /// The files that hold the words and that are not the program's: what people wrote or saved here. The journal, the kept files and mail are
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
