import Foundation

/// How a program ended.
enum Ending {
    case notStarted(reason: String)
    /// `said` is what it wrote to standard error, cut short, on one line.
    case ended(code: Int32, said: String)
    case killed(signal: Int32, said: String)
    case killedAfterTimeout
}

/// Runs a program with the bytes on its standard input and waits for its end, no longer than `timeout`.
///
/// Input and errors go through files without a name and not through pipes: a program that does not read cannot block or kill us, and one
/// that leaves a child behind does not keep us waiting.
func run(_ command: String, _ arguments: [String], input: [UInt8], timeout: Duration) -> Ending {
    do throws(DiskError) {
        let inputFile = try unnamedFile()
        defer { _ = close(inputFile) }
        let errors = try unnamedFile()
        defer { _ = close(errors) }
        try Disk.writeAll(input, to: inputFile, path: "a temporary file")
        guard lseek(inputFile, 0, SEEK_SET) == 0 else { throw DiskError("a temporary file") }
        var child: pid_t = 0
        let failure = spawn(command, arguments, input: inputFile, errors: errors, child: &child)
        guard failure == 0 else { return .notStarted(reason: "\(command): \(String(cString: strerror(failure)))") }
        guard let status = wait(for: child, timeout: timeout) else { return .killedAfterTimeout }
        let said = firstWords(in: errors)
        // The status as wait(2) lays it out: the signal in the low seven bits, else the exit code in the next eight.
        let signal = status & 0x7F
        return signal == 0 ? .ended(code: status >> 8 & 0xFF, said: said) : .killed(signal: signal, said: said)
    } catch {
        return .notStarted(reason: error.description)
    }
}

/// A file for this process and its child only, which is gone with them.
private func unnamedFile() throws(DiskError) -> Int32 {
    var name = Array((NSTemporaryDirectory() as NSString).appendingPathComponent("mandate-XXXXXX").utf8CString)
    let file = mkstemp(&name)
    guard file >= 0, fcntl(file, F_SETFD, FD_CLOEXEC) == 0 else { throw DiskError("a temporary file") }
    _ = unlink(name)
    return file
}

/// Starts the program in a process group of its own, with nothing open but its standard files. Answers an error number, or 0.
private func spawn(_ command: String, _ arguments: [String], input: Int32, errors: Int32, child: inout pid_t) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, errors, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A thread that blocks signals must not hand that on: the program could then not be asked to end.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
    posix_spawnattr_setpgroup(&attributes, 0)
    let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
    return withCStrings([command] + arguments) { words in
        withCStrings(environment) { variables in posix_spawn(&child, command, &actions, &attributes, words, variables) }
    }
}

private func withCStrings<Answer>(_ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Answer) -> Answer {
    let copies = texts.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    return body(copies + [nil])
}

/// The status of the child once it has ended; nil if it had to be killed.
private func wait(for child: pid_t, timeout: Duration) -> Int32? {
    let deadline = ContinuousClock.now + timeout
    var pause: UInt32 = 1_000
    var status: Int32 = 0
    while true {
        let ended = waitpid(child, &status, WNOHANG)
        if ended == child { return status }
        if ended < 0 && errno != EINTR { return nil }
        guard ContinuousClock.now < deadline else { break }
        usleep(pause)
        pause = min(pause * 2, 50_000)
    }
    _ = kill(-child, SIGKILL)
    while waitpid(child, &status, 0) < 0 && errno == EINTR {}
    return nil
}

/// The beginning of what the program wrote, on one line.
private func firstWords(in file: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 500)
    guard lseek(file, 0, SEEK_SET) == 0 else { return "" }
    let count = buffer.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
    let text = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    return text.split { $0.isWhitespace || $0 == "\0" }.joined(separator: " ")
}
