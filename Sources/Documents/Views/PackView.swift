/// What stands at the front of an agenda pack: which papers are in it, and on which pages.
public struct PackView: DocumentView {
    public var meeting: MeetingView
    /// Only where it is mailed.
    public var letter: LetterView?
    /// The day on which it was bound.
    public var date: String
    /// "Supplement", where only what came last is in it.
    public var status: String?
    public var papers: [PackPaperView]
    /// Papers that the reader may not have, whose page numbers are left out.
    public var withheld: Int
    public var secretary: ContactView?

    public init(
        meeting: MeetingView, letter: LetterView? = nil, date: String, status: String? = nil, papers: [PackPaperView] = [],
        withheld: Int = 0, secretary: ContactView? = nil
    ) {
        self.meeting = meeting
        self.letter = letter
        self.date = date
        self.status = status
        self.papers = papers
        self.withheld = withheld
        self.secretary = secretary
    }

    public static let document = "pack"
    public static let sample = PackView(
        meeting: .sample, letter: .sample, date: "Thursday 12 November 2026", status: "Supplement",
        papers: [
            PackPaperView(
                reference: "Paper 4", title: "Winter plan", item: "2. Winter plan", pages: "12 to 19",
                note: "not circulated yet")
        ], withheld: 2, secretary: .sample)
}

/// A paper in a pack.
public struct PackPaperView: ViewPart {
    public var reference: String
    public var title: String
    public var item: String?
    /// "12 to 19"; left out where nothing was bound.
    public var pages: String?
    public var note: String?

    public init(reference: String, title: String, item: String? = nil, pages: String? = nil, note: String? = nil) {
        self.reference = reference
        self.title = title
        self.item = item
        self.pages = pages
        self.note = note
    }
}

/// The sheet that stands in the place of a paper that could not be bound.
public struct MissingPaperView: DocumentView {
    /// "Paper 4".
    public var reference: String
    public var title: String
    public var reason: String

    public init(reference: String, title: String, reason: String) {
        self.reference = reference
        self.title = title
        self.reason = reason
    }

    public static let document = "missing-paper"
    public static let sample = MissingPaperView(
        reference: "Paper 4", title: "Winter plan", reason: "no file was given for it")
}
