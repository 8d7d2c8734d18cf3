import ArgumentParser
import Secretariat

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "init", abstract: "Make a new workspace.")

    @Argument(help: ArgumentHelp("The folder; it is made if it is not there.", valueName: "dir"))
    var folder: String

    @Option(help: "The name of the society.")
    var society: String?

    func run() throws {
        try attempt {
            try Workspace.create(at: folder, society: society ?? "Our partnership")
            Console.say(
                """
                a workspace is ready in \(folder):
                    mandate.yaml    the settings
                    roster.csv      who there is: fill it in, then `mandate import \(folder)/roster.csv --workspace \(folder)`
                    Workflows/      your own workflows, before those shipped
                    Templates/      your own templates, before those shipped
                    mandate.db      what happens
                """)
        }
    }
}
