import Foundation
import Testing

@testable import Workflows

@Suite struct SchemaTests {
    private func parsed() throws -> [String: Any] {
        let value = try JSONSerialization.jsonObject(with: Data(WorkflowSchema.text.utf8))
        return try #require(value as? [String: Any])
    }

    @Test("the schema is JSON and names draft-07")
    func isJSON() throws { #expect(try parsed()["$schema"] as? String == "http://json-schema.org/draft-07/schema#") }

    @Test("each reference in the schema leads to a definition")
    func references() throws {
        let definitions = try #require(try parsed()["definitions"] as? [String: Any])
        let used = Set(
            WorkflowSchema.text.components(separatedBy: "#/definitions/").dropFirst().map { $0.prefix { $0 != "\"" } })
        #expect(used.count > 10)
        for name in used { #expect(definitions[String(name)] != nil, "\(name)") }
    }

    @Test("the schema has the keys that the reader takes, and no others")
    func keys() throws {
        let definitions = try #require(try parsed()["definitions"] as? [String: Any])
        func keys(_ value: Any?) -> Set<String> {
            let object = value as? [String: Any]
            if let properties = object?["properties"] as? [String: Any] { return Set(properties.keys) }
            return (object?["anyOf"] as? [Any] ?? []).reduce(into: []) { $0.formUnion(keys($1)) }
        }
        #expect(keys(try parsed()) == Set(WorkflowReader.topKeys))
        #expect(keys(definitions["state"]) == Set(WorkflowReader.stateKeys))
        #expect(keys(definitions["duty"]) == Set(WorkflowReader.dutyKeys))
        #expect(keys(definitions["command"]) == Set(WorkflowReader.commandKeys))
        #expect(keys(definitions["type"]) == Set(WorkflowReader.typeKeys))
        #expect(keys(definitions["transition"]) == Set(WorkflowReader.transitionKeys))
        #expect(keys(definitions["action"]) == Set(WorkflowReader.inlineVerbs + WorkflowReader.adverbs))
    }
}
