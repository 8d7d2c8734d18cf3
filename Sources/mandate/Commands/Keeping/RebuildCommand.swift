import ArgumentParser
import Secretariat

struct RebuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild", abstract: "Make the rows for reading anew from the journal.",
        discussion: "Cases, duties and timers are read from rows that follow from the entries. Nothing else is changed.")

    @OptionGroup var place: WorkspaceOptions

    func run() throws {
        try attempt {
            let session = try Session(place)
            let wereRight = try session.desk.rowsFollow()
            try session.desk.rebuildReadModels()
            let digest = try session.desk.readModelDigest()
            session.show(
                .map(["were_right": .flag(wereRight), "digest": .text(digest)]),
                wereRight ? "the rows were right, to the byte" : "the rows were wrong, and are put right")
        }
    }
}
