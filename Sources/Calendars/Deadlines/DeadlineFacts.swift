/// When something that a deadline is reckoned from happens.
public enum Anchor: Hashable, Sendable {
    case instant(Instant)
    /// A civil day without a clock.
    case date(CivilDate)
}

/// A period that a rule pack sets, as `policy.notice` stands for.
public struct PolicyPeriod: Hashable, Sendable {
    public var period: CountedPeriod
    /// The policy's name, such as `england-principal-council`.
    public var policy: String
    /// Where it is written.
    public var source: String?
    /// `unverified` where nobody has re-read the source.
    public var status: String?
    /// Which days this period leaves out, where that is not the body's usual counting.
    public var counting: CountingPolicy?
    /// Whether the day from which is counted is the first that counts: "beginning with" it (Localism Act 2011 s.31(3)).
    public var firstDayCounts: Bool

    public init(
        _ period: CountedPeriod, policy: String, source: String? = nil, status: String? = nil,
        counting: CountingPolicy? = nil, firstDayCounts: Bool = false
    ) {
        self.period = period
        self.policy = policy
        self.source = source
        self.status = status
        self.counting = counting
        self.firstDayCounts = firstDayCounts
    }
}

/// What a deadline is reckoned from: the zone, the tables, and what is known of the moments that it names.
public struct DeadlineFacts: Sendable {
    public var zone: Zone
    public var holidays: HolidayTable?
    /// What clear days leave out.
    public var counting: CountingPolicy
    /// What working days leave out.
    public var working: CountingPolicy
    /// The moment that a path such as `meeting.start` names; nil while it is not known.
    public var anchor: @Sendable ([String]) -> Anchor?
    /// The period that `policy.notice` stands for, asked as `notice`; nil where the policy has none.
    public var period: @Sendable (String) -> PolicyPeriod?
    /// What a path is called in a sentence, such as "the meeting"; nil for the built-in words.
    public var phrase: @Sendable ([String]) -> String?
    /// When the state was entered, from which `later` counts; nil where there is none.
    public var entered: Instant?
    /// The due moment to which reminders are relative.
    public var due: Instant?

    public init(
        zone: Zone, holidays: HolidayTable? = nil, counting: CountingPolicy = .calendar, working: CountingPolicy = .working,
        anchor: @escaping @Sendable ([String]) -> Anchor? = { _ in nil },
        period: @escaping @Sendable (String) -> PolicyPeriod? = { _ in nil },
        phrase: @escaping @Sendable ([String]) -> String? = { _ in nil }, entered: Instant? = nil, due: Instant? = nil
    ) {
        self.zone = zone
        self.holidays = holidays
        self.counting = counting
        self.working = working
        self.anchor = anchor
        self.period = period
        self.phrase = phrase
        self.entered = entered
        self.due = due
    }
}
