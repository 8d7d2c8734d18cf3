public import CEL
public import Calendars
public import Workflows

/// The rules at work: takes what stands, what is asked and the instant, and says what follows. Reads no clock, file or random
/// number; the same question always has the same answer.
public struct Registrar: Sendable {
    public let rulebook: Rulebook

    public init(rulebook: Rulebook) { self.rulebook = rulebook }
}

// What the Registrar answers, each in a file of its own:
//   func decide(_ command: Command, in standing: Standing, now: Instant) -> Decision
//   func adopt(_ records: [Record], personal: [PersonalValue], by actor: ID?, in standing: Standing, now: Instant) -> Decision
//   func tick(duty: ID, line: String, isDone: Bool, by actor: ID, in standing: Standing, now: Instant) -> Decision
//   func edit(draft document: String, of ofCase: ID, file: String, by actor: ID, in standing: Standing, now: Instant) -> Decision
//   func amend(_ amendment: Amendment, by actor: ID, in standing: Standing, now: Instant) -> Decision
//   func fire(upTo now: Instant, in standing: Standing, family: String?) -> Decision      // timers, in order, each at its own instant
//   func tell(_ word: Word, in standing: Standing, now: Instant) -> Decision              // feedback_report_settled and the like
//   func timers(of ofCase: ID, in standing: Standing) -> [Timer]
//   func owners(of duty: Duty, in standing: Standing) -> [ID]
//   func checklist(for person: ID, in standing: Standing, now: Instant) -> [OwedDuty]
//   func title(of duty: Duty, in standing: Standing, now: Instant) -> String ...
//   func allowed(for person: ID, in ofCase: ID, standing: Standing, now: Instant) -> [CommandDefinition]
//   func why(...)
