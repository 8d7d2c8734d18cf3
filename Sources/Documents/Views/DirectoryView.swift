/// Who sits where, for whom, and how to reach them.
public struct DirectoryView: DocumentView {
    /// The body, or the society.
    public var holder: String
    /// The day on which this was true.
    public var date: String
    /// Only where it is mailed.
    public var letter: LetterView?
    /// Without addresses and numbers.
    public var isPublic: Bool
    public var bodies: [DirectoryBodyView]
    public var organisations: [DirectoryOrganisationView]

    public init(
        holder: String, date: String, letter: LetterView? = nil, isPublic: Bool = false, bodies: [DirectoryBodyView] = [],
        organisations: [DirectoryOrganisationView] = []
    ) {
        self.holder = holder
        self.date = date
        self.letter = letter
        self.isPublic = isPublic
        self.bodies = bodies
        self.organisations = organisations
    }

    public static let document = "directory"
}

/// A body with its officers and seats.
public struct DirectoryBodyView: ViewPart {
    public var name: String
    public var officers: [ContactView]
    public var next: MeetingView?
    public var seats: [DirectorySeatView]

    public init(
        name: String, officers: [ContactView] = [], next: MeetingView? = nil, seats: [DirectorySeatView] = []
    ) {
        self.name = name
        self.officers = officers
        self.next = next
        self.seats = seats
    }
}

/// A seat and who is in it.
public struct DirectorySeatView: ViewPart {
    public var name: String
    public var organisation: String?
    /// Where its holder may not vote: "speaks".
    public var rights: String?
    /// Left out while the seat is vacant.
    public var holder: ContactView?
    /// The last day of the term.
    public var until: String?
    public var substitutes: [String]

    public init(
        name: String, organisation: String? = nil, rights: String? = nil, holder: ContactView? = nil, until: String? = nil,
        substitutes: [String] = []
    ) {
        self.name = name
        self.organisation = organisation
        self.rights = rights
        self.holder = holder
        self.until = until
        self.substitutes = substitutes
    }
}

/// A nominating organisation and those who coordinate for it.
public struct DirectoryOrganisationView: ViewPart {
    public var name: String
    public var coordinators: [ContactView]
    /// "Health Partnership: Carers' seat".
    public var seats: [String]

    public init(
        name: String, coordinators: [ContactView] = [], seats: [String] = []
    ) {
        self.name = name
        self.coordinators = coordinators
        self.seats = seats
    }
}
