import Foundation
import Secretariat

/// A workspace that is kept open between several commands of one process.
final class Office: Sendable {
    let folder: String
    let workspace: Workspace
    nonisolated(unsafe) let desk: Desk  // the demo gives its commands one after the other, on one thread

    init(folder: String, clock: Clock) throws {
        self.folder = folder
        guard let shelf = Shelf.find() else { throw WorkspaceFailure.noShelf }
        workspace = try Workspace(folder: folder, shelf: shelf)
        desk = try Desk(opening: workspace, clock: clock)
    }

    @TaskLocal static var open: Office?
}
