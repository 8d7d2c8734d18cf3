import Foundation
import Secretariat

/// A mail system that accepts everything and remembers from which process: a script in sendmail's place, and the folder that it fills.
struct AcceptedMail {
    struct Copy: Hashable {
        var messageID: String
        /// The process that handed it over.
        var process: Int32
        /// The order in which copies were accepted, in nanoseconds.
        var at: Int64
        var bytes: [UInt8]
    }

    let script: String
    private let folder: String

    init(in place: String) throws {
        folder = Disk.joined(place, "accepted")
        for name in ["", "tmp", "new"] { try Disk.makeFolder(Disk.joined(folder, name)) }
        script = Disk.joined(place, "accept")
        // A message is accepted once it has its name.
        try Disk.write(
            """
            #!/bin/sh
            cat > \(folder)/tmp/$$ && mv \(folder)/tmp/$$ \(folder)/new/$PPID.$(date +%s%N).$$

            """, to: script)
        guard chmod(script, 0o755) == 0 else { throw TrialFailure("\(script) cannot be made a program") }
    }

    var count: Int { Disk.names(in: Disk.joined(folder, "new"), ending: "").count }

    func copies() throws -> [Copy] {
        try Disk.names(in: Disk.joined(folder, "new"), ending: "").map { name in
            let parts = name.split(separator: ".")
            let bytes = try Disk.read(Disk.joined(folder, "new/" + name))
            let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
            let mark = "Message-ID: "
            guard parts.count == 3, let process = Int32(parts[0]), let at = Int64(parts[1]),
                let id = lines.first(where: { $0.hasPrefix(mark) })?.dropFirst(mark.count)
            else { throw TrialFailure("\(name): this is no message of ours") }
            return Copy(messageID: String(id), process: process, at: at, bytes: bytes)
        }.sorted { $0.at < $1.at }
    }
}
