import Diagnostics
import Foundation

/// Reads the templates of a folder, never leaving it: a name is a plain file's name, and a link is not followed.
enum TemplateFile {
    /// 256 KiB.
    static let largest = 256 * 1024
    static let ending = ".mustache"

    /// The file names of the folder that end as templates do, sorted; none where there is no such folder.
    static func names(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(ending) && !$0.hasPrefix(".") }.sorted()
    }

    /// The text of a template, or why there is none. Line endings become those of Unix; a byte order mark is dropped.
    static func read(_ name: String, in folder: String) -> Result<String, Refusal> {
        let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { return .failure(Refusal("the folder cannot be opened")) }
        defer { close(directory) }
        // O_NONBLOCK so that a pipe that someone put there does not hold us.
        let file = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else {
            return .failure(Refusal(errno == ELOOP ? "a link is not followed" : "the file cannot be opened"))
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return .failure(Refusal("this is not a plain file"))
        }
        guard let bytes = contents(of: file) else { return .failure(Refusal("the file cannot be read")) }
        guard bytes.count <= largest else {
            return .failure(Refusal("a template may have \(largest / 1024) KiB at most"))
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { return .failure(Refusal("the file is not UTF-8")) }
        return .success(normalised(text))
    }

    struct Refusal: Error {
        var message: String
        init(_ message: String) { self.message = message }
    }

    static func normalised(_ text: String) -> String {
        var text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        if text.utf8.contains(UInt8(ascii: "\r")) {
            text = text.replacingOccurrences(of: "\r\n", with: "\n").replacingOccurrences(of: "\r", with: "\n")
        }
        return text
    }

    /// At most one byte more than is allowed, so that a larger file is known as one.
    private static func contents(of file: Int32) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= largest {
            let count = Foundation.read(file, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        return bytes
    }
}
