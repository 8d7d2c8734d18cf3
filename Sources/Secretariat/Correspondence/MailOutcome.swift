import Governance

/// What became of one mail that came in.
public enum MailOutcome: Codable, Sendable, Hashable {
    /// A command was carried out for its sender.
    case done(command: String, person: ID)
    /// Its sender had said so before, and it stands; nothing was done.
    case repeated(command: String, person: ID)
    /// The rules do not allow it now, or it came too late; its sender is told.
    case refused(reason: String, person: ID)
    /// A person must read it: somebody has the duty to.
    case passedOn(reason: String, person: ID)
    /// A mail of ours came back from this person's address.
    case bounced(person: ID)
    /// Nothing to be done about it.
    case ignored(reason: String)
}

/// A mail of the inbox with what became of it.
public struct HandledMail: Sendable, Hashable {
    public enum Result: Sendable, Hashable {
        case handled(MailOutcome)
        /// It came before; nothing was done again.
        case known(MailOutcome)
        /// It could not be handled now and lies where it was.
        case failed(String)
    }

    /// Its name in the maildir.
    public var file: String
    public var result: Result
}
