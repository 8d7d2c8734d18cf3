import Foundation
import Synchronization

/// Where the program's words go: standard output and standard error, or, while the demo gives the program's own commands, to whoever
/// tells the story.
enum Console {
    /// Hears what is said in place of the terminal.
    final class Listener: Sendable {
        private let words = Mutex("")

        func hear(_ text: String) { words.withLock { $0 += text } }

        var heard: String { words.withLock { $0 } }
    }

    @TaskLocal static var listener: Listener?

    /// Says something on standard output.
    static func say(_ text: String, terminator: String = "\n") {
        if let listener { listener.hear(text + terminator) } else { print(text, terminator: terminator) }
    }

    /// Says something on standard error.
    static func complain(_ text: String) {
        if let listener {
            listener.hear(text + "\n")
        } else {
            FileHandle.standardError.write(Data((text + "\n").utf8))
        }
    }
}
