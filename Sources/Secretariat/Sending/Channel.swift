public import Governance

/// How word of duties comes to a person. What a workflow has mailed to them (an agenda, a cancellation, minutes) comes at once in any case.
public enum Channel: String, Sendable, Hashable, CaseIterable {
    /// A mail for each reminder, or for those that fall due together.
    case now
    /// One mail a day, at the hour of reminders, with all that fell due since the last.
    case digest
    /// No reminders at all, nor word of deadlines that moved: only what has to be sent.
    case statutory

    public var words: String {
        switch self {
        case .now: "reminders come when they fall due"
        case .digest: "reminders come together, once a day"
        case .statutory: "no reminders come, only what has to be sent"
        }
    }
}

extension Desk {
    /// The channel that a person chose, else that of the settings.
    public func channel(of person: ID) -> Channel {
        held.standing.personal[Registrar.channelKey(of: person)].flatMap { Channel(rawValue: $0) } ?? workspace.settings.channel
    }

    /// Takes down which channel a person wants. They may say so themselves, or a secretary for them.
    public func choose(_ channel: Channel, for person: ID, by actor: ID, id: String) throws -> Reply {
        try carryOut(id) { registrar, standing, now in
            registrar.choose(channel: channel.rawValue, for: person, by: actor, in: standing, now: now)
        }
    }
}
