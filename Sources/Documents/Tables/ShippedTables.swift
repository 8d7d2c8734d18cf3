extension TableOutline {
    /// The table of a document; nil for one that is no table, such as minutes.
    public static func outline(of document: String) -> TableOutline? { shipped[TemplateLibrary.templateName(of: document)] }

    /// The documents that have one, sorted.
    public static var documents: [String] { shipped.keys.sorted() }

    private static let shipped: [String: TableOutline] = [
        "agenda": TableOutline(
            ["items"],
            [
                ("Number", "number"), ("Item", "title"), ("Purpose", "purpose"), ("Introduced by", "lead"), ("Time", "time"),
                ("Without the public", "is_closed"), ("Note", "note"),
            ]),
        "declarations": TableOutline(
            ["items.declarations"],
            [
                ("Item", "number"), ("Title", "title"), ("Who", "who"), ("Sits for", "organisation"), ("Kind", "kind"),
                ("Interest", "nature"), ("Sensitive", "is_sensitive"), ("Declared", "declared"), ("Ruling", "ruling"),
                ("Ruled by", "ruled_by"), ("Facts given", "facts"), ("Left", "left"), ("Came back", "returned"),
                ("Note", "note"),
            ]),
        "register": TableOutline(
            ["entries.interests"],
            [
                ("Name", "person.name"), ("Role", "person.role"), ("Sits for", "person.organisation"), ("Kind", "kind"),
                ("Interest", "nature"), ("Sensitive", "is_sensitive"), ("Actual or potential", "standing"),
                ("Since", "since"), ("Until", "until"), ("Last confirmed", "reviewed"), ("Next review", "review_due"),
            ]),
        "checklist": TableOutline(
            ["overdue", "due", "later"],
            [
                ("When", "@list"), ("Duty", "title"), ("Due", "due"), ("About", "about"), ("Note", "note"),
                ("Asked for by", "basis"), ("To do it", "step"),
            ]),
        "feedback-report": TableOutline(
            ["outcomes"], [("Item", "number"), ("Title", "title"), ("Outcome", "outcome"), ("Held back", "is_withheld")]),
    ]
}
