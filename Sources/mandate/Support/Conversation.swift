import Foundation

/// Lines of JSON on standard input, each answered with one line on standard output before the next is read.
enum Conversation {
    static func say(_ answer: LineValue) {
        FileHandle.standardOutput.write(Data((answer.json + "\n").utf8))
    }

    /// What is no JSON, or fails, is answered with `{"error": ...}`, and the next line is read.
    static func answerEach(_ answer: (LineValue) throws -> LineValue) {
        while let line = readLine() {
            guard let asked = LineValue(line: line) else {
                say(error("the line is not JSON"))
                continue
            }
            do { say(try answer(asked)) } catch { say(Self.error("\(error)")) }
        }
    }

    static func error(_ message: String) -> LineValue { .object([("error", .text(message))]) }
}

/// Why a line cannot be answered.
struct LineFailure: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}
