/// Hands messages to a program that speaks as sendmail does: sendmail itself, Postfix's or Exim's, msmtp, nullmailer.
///
/// The program is started directly, never through a shell, as `COMMAND ARGUMENTS -i -f SENDER -- RECIPIENT` with the message on its standard
/// input.
public struct Sendmail: Transport {
    /// An absolute path.
    public let command: String
    public let arguments: [String]
    /// In seconds; a program that takes longer is killed.
    public let timeout: Int

    /// Throws `.notAbsolute` if the command is not an absolute path.
    public init(command: String, arguments: [String] = [], timeout: Int = 60) throws(SendmailError) {
        guard command.hasPrefix("/"), !([command] + arguments).contains(where: { $0.utf8.contains(0) }) else {
            throw .notAbsolute(command)
        }
        self.command = command
        self.arguments = arguments
        self.timeout = timeout
    }

    public var patience: Int { timeout }

    public func deliver(_ bytes: [UInt8], _ envelope: Envelope) -> DeliveryResult {
        let words = arguments + ["-i", "-f", envelope.sender.text, "--", envelope.recipient.text]
        switch run(command, words, input: withLineFeeds(bytes), timeout: .seconds(timeout)) {
        case .notStarted(let reason): return .deferred(reason: reason)
        case .killedAfterTimeout: return .unknown(reason: "\(command) did not end within \(timeout) s")
        case .killed(let signal, let said): return .unknown(reason: explained("killed by signal \(signal)", said))
        case .ended(let code, let said): return Self.result(of: code, said: said, command: command)
        }
    }

    /// The exit codes of sysexits.h. Those of a service, machine, permission or configuration that fails (69 to 75, 77, 78) say nothing
    /// against the message, which is tried again; the rest is the message's or the recipient's own fault.
    private static func result(of code: Int32, said: String, command: String) -> DeliveryResult {
        let reason = explained("\(command) ended with \(code)", said)
        switch code {
        case 0: return .accepted
        case 69...75, 77, 78: return .deferred(reason: reason)
        default: return .refused(reason: reason)
        }
    }
}

/// Why a sendmail cannot be used.
public enum SendmailError: Error, Hashable, Sendable {
    case notAbsolute(String)
}

extension SendmailError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notAbsolute(let command): return "not the absolute path of a program: \(command.debugDescription)"
        }
    }
}

private func explained(_ what: String, _ said: String) -> String { said.isEmpty ? what : "\(what): \(said)" }
