import ArgumentParser
import Workflows

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the JSON Schema of the workflow language, for editors.",
        discussion: """
            Put `# yaml-language-server: $schema=PATH` at the top of a workflow, and an editor that knows the schema completes and checks \
            while you type. A copy lies beside the shipped workflows, as workflow.schema.json.
            """)

    func run() { Console.say(WorkflowSchema.text, terminator: "") }
}
