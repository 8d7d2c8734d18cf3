import ArgumentParser
import Secretariat

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Look whether the workspace and the machine are fit.",
        discussion: "Ends with exit code 69 where something must be mended.")

    @OptionGroup var place: WorkspaceOptions

    @Flag(help: "Print what has `mandate remind` and `inbox` run by themselves: units for systemd, lines for cron.")
    var install = false

    func run() throws {
        try attempt {
            if install {
                let folder = try Workspace.find(named: place.workspace)
                guard let shelf = Shelf.find() else { throw WorkspaceFailure.noShelf }
                let readsAnswers = try Workspace(folder: folder, shelf: shelf).settings.answersTo != nil
                return Console.say(
                    Doctor.installation(program: Shelf.programPath, workspace: folder, readsAnswers: readsAnswers))
            }
            let session = try Session(place)
            let found = try Doctor(of: session.desk).examine()
            session.show(
                .list(
                    found.map { .map(["name": .text($0.name), "state": .text($0.state.rawValue), "words": .text($0.words)]) }),
                found.map { "\($0.state.rawValue)  \($0.words)" }.joined(separator: "\n"))
            if found.contains(where: { $0.state == .bad }) { throw Exit.unavailable }
        }
    }
}
