import Documents
import Foundation
import Governance
import Journals

@testable import Secretariat

/// What all simulated years share: the shipped workflows, and templates that say only who is written to.
final class SimulatedHouse {
    let society: Society
    let workspace: Workspace
    private let files: FileStore

    init() throws {
        society = try Society()
        let shipped = Society.checkout + "/Templates"
        for name in Disk.names(in: shipped, ending: ".mustache") where try Self.isMail(shipped + "/" + name) {
            try Disk.write(
                "Subject: {{duties}} for {{reader}}\n\nDear {{reader}}.\n", to: society.folder + "/Templates/" + name)
        }
        workspace = try Workspace(folder: society.folder, shelf: Shelf(folder: Society.checkout))
        files = try FileStore(folder: society.folder + "/files")
    }

    private static func isMail(_ path: String) throws -> Bool {
        String(decoding: try Disk.read(path), as: UTF8.self).contains("Subject:")
    }

    /// A process begins: it knows what the journal holds.
    func desk(_ journal: any JournalStore, _ hands: Society.Hands, _ dice: Dice) throws -> Desk {
        try Desk(
            workspace: workspace, journal: journal, files: files, clock: Secretariat.Clock { hands.now },
            chance: Chance { dice.throwOnce() }, fill: Society.fill)
    }
}
