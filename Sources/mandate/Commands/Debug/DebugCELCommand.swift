import ArgumentParser
import CEL
import Calendars
import Secretariat

struct DebugCELCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cel", abstract: "Evaluate expressions.",
        discussion: """
            Each line is {"expr": text, "bindings": {name: value}, "typeEnv": {name: type}, "container": text, \
            "disableCheck": true}; all but the first may be left out, and other keys are passed over. The answer is \
            {"value": value} or {"error": text}. A value is tagged with its type: {"int": "3"}, {"list": [{"bool": true}]}.
            """)

    func run() {
        Conversation.answerEach { line in
            guard var trial = Trial(line.tagged) else {
                throw LineFailure("a line is {\"expr\": text}, with tagged values under `bindings` and types under `typeEnv`")
            }
            trial.environment.zoneOffset = { name, moment in
                (try? Zones.named(name))?.offset(at: Instant(seconds: moment.seconds))
            }
            let answer = trial.answer()
            guard case .list(let messages)? = answer["error"] else { return LineValue(answer) }
            return Conversation.error(messages.compactMap(\.text).joined(separator: "; "))
        }
    }
}
