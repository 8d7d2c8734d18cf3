public import Calendars

/// What a workspace's mandate.yaml says.
public struct Settings: Sendable, Hashable {
    /// How messages leave the house.
    public enum Transport: Sendable, Hashable {
        /// Into a folder of mail, one file per message.
        case maildir(folder: String)
        /// Through a program that takes a message on its standard input.
        case sendmail(path: String, arguments: [String])
        /// To a mail server.
        case smtp(MailServerSettings)
    }

    /// What binds one body where it differs from the others.
    public struct BodySettings: Sendable, Hashable {
        public var rules: String?
        public var zone: String?
        public var holidays: String?
        /// Values of its own in the place of its rule pack's, by the policy's name, each in one line of YAML.
        public var policies: [String: String]

        public init(rules: String? = nil, zone: String? = nil, holidays: String? = nil, policies: [String: String] = [:]) {
            self.rules = rules
            self.zone = zone
            self.holidays = holidays
            self.policies = policies
        }
    }

    /// What stands in the place of a holiday table's name where no day is a holiday.
    static let noHolidays = "none"

    public var society: String
    /// The name of a time zone: `Europe/London`.
    public var zone: String
    /// The name of a rule pack.
    public var rules: String
    /// The name of a holiday table; nil where no day is a holiday.
    public var holidays: String?
    /// The hour at which a reminder without a clock goes out.
    public var remindersAt: CivilTime
    /// The sender of messages: `Secretariat <secretariat@example.org>`.
    public var from: String
    public var transport: Transport
    /// How many bytes of papers one mail brings along at most; 0: papers are not attached.
    public var largestPapers = 2 << 20
    /// When nothing leaves that can wait.
    public var quietHours: QuietHours?
    /// How reminders come to those who have not said.
    public var channel: Channel = .now
    /// The address to which people answer by mail; without it no message asks for an answer.
    public var answersTo: String?
    /// The maildir into which that address is delivered.
    public var inbox = "inbox"
    /// Values in the place of the rule pack's, for every body, as `BodySettings` has them for one.
    public var policies: [String: String] = [:]
    /// By the body's name.
    public var bodies: [String: BodySettings]
    /// Who acts where the command line does not say.
    public var actingAs: String?
    /// Where the public reads; without it no message has a link.
    public var publicAddress: String?

    /// Eight o'clock.
    public static let eight = CivilTime(hour: 8, minute: 0) ?? .midnight

    public init(
        society: String, zone: String = "Europe/London", rules: String = "informal-partnership",
        holidays: String? = "england-and-wales", remindersAt: CivilTime = Settings.eight,
        from: String = "secretariat@localhost", transport: Transport = .maildir(folder: "mail"),
        bodies: [String: BodySettings] = [:], actingAs: String? = nil, publicAddress: String? = nil
    ) {
        self.society = society
        self.zone = zone
        self.rules = rules
        self.holidays = holidays
        self.remindersAt = remindersAt
        self.from = from
        self.transport = transport
        self.bodies = bodies
        self.actingAs = actingAs
        self.publicAddress = publicAddress
    }
}
