import CEL
import Calendars
import Workflows

/// The rules at work: takes what stands, what is asked and the instant, and says what follows. Reads no clock, file or random
/// number; the same question always has the same answer.
public struct Registrar: Sendable {
    public let rulebook: Rulebook

    public init(rulebook: Rulebook) { self.rulebook = rulebook }

    /// One command. Its family's timers are to be fired first (`fire`).
    public func decide(_ command: Command, in standing: Standing, now: Instant) -> Decision {
        run(standing, now: now) { (proceeding) throws(Refusal) in try proceeding.carryOut(command) }
    }

    /// Everything that is due by `now`, in order, each thing at its own instant; `family` limits it to one.
    public func fire(upTo now: Instant, in standing: Standing, family: String? = nil) -> Decision {
        run(standing, now: now) { (proceeding) throws(Refusal) in try proceeding.fireTimers(family: family) }
    }

    /// Word from the engine itself, such as `feedback_report_settled`.
    /// - Parameter personal: what the word carries by keys alone.
    public func tell(_ word: Word, keeping personal: [PersonalValue] = [], in standing: Standing, now: Instant) -> Decision {
        run(standing, now: now) { (proceeding) throws(Refusal) in
            proceeding.keep(personal)
            proceeding.words.append(.word(word))
            try proceeding.settle()
        }
    }

    func run(
        _ standing: Standing, now: Instant, _ body: (inout Proceeding) throws(Refusal) -> Void
    ) -> Decision {
        var proceeding = Proceeding(rulebook: rulebook, standing: standing, now: now)
        do { try body(&proceeding) } catch { return .refused(error) }
        proceeding.tellOfMovedDuties()
        return .taken(
            Decision.Taken(
                entries: proceeding.entries.filter { !$0.changes.isEmpty || [.command, .adoption].contains($0.kind) },
                personal: proceeding.personal, standing: proceeding.standing, ofCase: proceeding.addressee))
    }

    /// A decision made by the society rather than by a workflow: `body` applies changes within one entry.
    func note(
        _ kind: Entry.Kind, _ name: String, stream: String, ofCase: ID? = nil, by actor: ID?, amends: Int? = nil,
        personal: [PersonalValue] = [], fields: [String: Value] = [:], in standing: Standing, now: Instant,
        _ body: (inout Proceeding) throws(Refusal) -> Void
    ) -> Decision {
        run(standing, now: now) { (proceeding) throws(Refusal) in
            proceeding.actor = actor
            proceeding.addressee = ofCase
            proceeding.keep(personal)
            proceeding.begin(kind, name, stream: stream, ofCase: ofCase, fields: fields, amends: amends)
            try body(&proceeding)
            try proceeding.settle()
        }
    }
}
