extension TableOutline {
    /// The table of a document; nil for one that is no table, such as minutes.
    public static func outline(of document: String) -> TableOutline? { shipped[TemplateLibrary.templateName(of: document)] }

    /// The documents that have one, sorted.
    public static var documents: [String] { shipped.keys.sorted() }

    /// The table of a document's view. A register that a workflow declares brings its headings along.
    public static func table(of document: String, _ view: ViewValue) -> DocumentTable? {
        guard TemplateLibrary.templateName(of: document) == RegisterRowsView.document else {
            return outline(of: document)?.table(of: view)
        }
        guard case .map(let values) = view, case .list(let columns)? = values["columns"], case .list(let rows)? = values["rows"]
        else { return nil }
        let cells = rows.compactMap { row -> [String]? in
            guard case .map(let row) = row, case .list(let cells)? = row["cells"] else { return nil }
            return cells.map { Self.words($0) }
        }
        return DocumentTable(headings: columns.map { Self.words($0) }, rows: cells)
    }

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
        "attendance": TableOutline(
            ["rows", "others"],
            [
                ("Name", "person.name"), ("Role", "person.role"), ("Sits for", "person.organisation"), ("Seat", "seat"),
                ("Substitute for", "substitute_for"), ("Substitute", "substitute"), ("Expected", "expected"),
                ("Status", "status"), ("Attended", "manner"), ("Arrived", "arrived"), ("Left", "left"), ("Times", "times"),
            ]),
        "script": TableOutline(
            ["items"],
            [
                ("Number", "number"), ("Item", "title"), ("Purpose", "purpose"), ("Time", "time"), ("Presides", "presider"),
                ("Quorum", "headroom"), ("Not quorate", "is_inquorate"), ("Outcome", "outcome"),
            ]),
        "actions": TableOutline(
            ["overdue", "open", "done"],
            [
                ("List", "@list"), ("What", "what"), ("Who", "owner"), ("By when", "due"), ("From", "source"),
                ("State", "status"),
            ]),
        "directory": TableOutline(
            ["bodies.seats"],
            [
                ("Body", "@outer.name"), ("Seat", "name"), ("Sits for", "organisation"), ("Holder", "holder.name"),
                ("Role", "holder.role"), ("E-mail", "holder.email"), ("Telephone", "holder.phone"), ("Until", "until"),
                ("Substitutes", "substitutes"),
            ]),
        "pack": TableOutline(
            ["papers"],
            [("Paper", "reference"), ("Title", "title"), ("For", "item"), ("Pages", "pages"), ("Note", "note")]),
        "role-pack": TableOutline(
            ["duties", "interests"], [("Duty", "title"), ("Due", "due"), ("Note", "note"), ("Asked for by", "basis")]),
        "handover-pack": TableOutline(
            ["duties"], [("Duty", "title"), ("Due", "due"), ("About", "about"), ("Asked for by", "basis")]),
        "accountability": TableOutline(
            ["bodies.seats"],
            [
                ("Body", "name"), ("Seat", "seat"), ("Name", "person.name"), ("Sits for", "person.organisation"),
                ("Meetings", "meetings"), ("Attended", "attended"), ("Represented", "represented"),
                ("Apologies", "apologised"), ("Absent", "absent"), ("Share", "share"), ("Reports owed", "owed"),
                ("Sent", "sent"), ("Late", "late"), ("Missing", "missing"), ("Views", "views"), ("Interests", "declared"),
            ]),
        "coverage": TableOutline(
            ["adopted.duties", "clauses.duties"],
            [
                ("Of", "@list"), ("Clause", "clause"), ("Carried", "state"), ("Place", "basis"), ("Duty", "title"),
                ("Workflow", "workflow"), ("Owed", "opened"), ("Done", "done"),
                ("Excused", "excused"), ("Lapsed", "lapsed"), ("Open", "open"), ("Overdue", "overdue"),
                ("Last done", "last"),
            ]),
        "overview": TableOutline(
            ["overdue", "unreported", "vacant", "unsubstituted", "unreviewed", "absent"],
            [
                ("List", "@list"), ("Body", "body"), ("Who", "who"), ("Organisation", "organisation"), ("What", "what"),
                ("When", "when"), ("Note", "note"),
            ]),
    ]
}
