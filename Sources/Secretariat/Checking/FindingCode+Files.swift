import Workflows
public import YAML

// The codes of findings in files beside the workflows: templates, rosters, settings.
extension FindingCode {
    static let ofTemplates: [FindingCode] = [
        FindingCode(
            "MT001", "The template's name cannot be used",
            "A template's file is named in small letters, digits and `-`, at most 64 of them, and ends in `.mustache`."),
        FindingCode(
            "MT002", "The template cannot be read",
            "The file is larger than a template may be, is not UTF-8, or is a link that leads out of its folder."),
        FindingCode(
            "MT003", "The tag is wrong",
            "A tag is `{{name}}`, `{{#name}}`, `{{^name}}`, `{{/name}}`, `{{>partial}}` or `{{! a comment }}`, and it is closed."
        ),
        FindingCode(
            "MT004", "The section is not closed",
            "Each `{{#name}}` or `{{^name}}` is closed by a `{{/name}}` of the same name, and sections do not overlap."),
        FindingCode(
            "MT005", "The partial is wrong",
            "`{{>part-meeting}}` puts another template in this place. There is none of that name, or partials go round in a circle."
        ),
        FindingCode(
            "MT006", "The value is not known here",
            """
            The document has no value of that name at this place. Within a section its own values come first, then those around it. The \
            finding lists the names that there are.
            """),
        FindingCode(
            "MT007", "The value is not shown so",
            "A list or a group of values cannot stand in a sentence: open a section for it, and show what is in it."),
        FindingCode(
            "MT008", "The template does not exist",
            "There is no template of the document's name in the workspace, nor among those shipped."),
        FindingCode(
            "MT009", "The value is too large",
            "A value of Markdown may be so long, and a table so wide, that it can still be printed."),
        inPlaceOfShipped,
    ]

    static let inPlaceOfShipped = FindingCode(
        "MT010", "The file takes the place of a shipped one",
        """
        A workflow, rule pack, holiday table or template of the workspace goes before the one of the same name that the program brings. It is \
        a note: what the program brings, with its later changes, is not used here.
        """)

    static let ofRosters: [FindingCode] = [
        FindingCode(
            "MR001", "The quote is not closed",
            "A cell that begins with a quote ends with one; a quote within it is written twice."),
        FindingCode(
            "MR002", "Text stands after the quote", "After the closing quote of a cell comes a comma, or the end of the line."),
        FindingCode("MR003", "The roster is empty", "The first row names the columns: kind, name, email, body..."),
        FindingCode("MR004", "The column is not known", "The first row names a column that a roster does not have."),
        FindingCode("MR005", "A column stands twice", "Each column stands once in the first row."),
        FindingCode(
            "MR006", "There is no column `kind`", "The column `kind` says what each line is about: body, person, seat, term..."),
        FindingCode(
            "MR007", "The row has too many cells", "A row has as many cells as the first. A text with a comma wants quotes."),
        FindingCode(
            "MR008", "The kind of line is not known",
            "A line is a body, organisation, person, seat, term, substitute, role or constituency."),
        FindingCode("MR009", "The cell has no meaning here", "A line of this kind has no such cell; leave it empty."),
        FindingCode(
            "MR010", "A role is held for one thing", "Fill in the body (chair, secretary) or the organisation (coordinator)."),
        FindingCode("MR011", "A cell is missing", "A line of this kind needs the cell."),
        FindingCode("MR012", "The cell holds a control character", "A cell is one line of text that can be printed."),
        FindingCode("MR013", "This is no address", "An address is written `ann@example.org`."),
        FindingCode(
            "MR014", "The right is not known", "Rights are none, papers, room, facts, speak or vote; empty means vote."),
        FindingCode("MR015", "This is no date", "Dates are written `2026-04-01`."),
        FindingCode(
            "MR016", "The term ends before it starts", "Both days belong to the term; the last may not be before the first."),
        FindingCode("MR020", "The same thing stands twice", "Two lines are about the same person, body, seat or organisation."),
        FindingCode("MR021", "Two people have one address", "By the address people are told apart, so each has their own."),
        FindingCode("MR022", "Two terms of a seat overlap", "A seat is held by one person at a time."),
        FindingCode("MR023", "The person stands there twice", "Somebody is a substitute of a seat, or holds a role, once."),
        FindingCode(
            "MR024", "The role is not known",
            "A body has a chair, vice_chair, secretary, attendees; an organisation a coordinator."),
        FindingCode("MR025", "Nobody has the address", "The line names a person by an address that no line introduces."),
        FindingCode(
            "MR026", "The name is not known", "The line names a body, an organisation, a seat or a person that is not there."),
        FindingCode("MR027", "The name fits several", "Several bear the name. Say which by the address, or by an `id`."),
        FindingCode("MR028", "The address is another's", "The address belongs already to somebody of another name."),
        FindingCode(
            "MR029", "The person has another address",
            "Somebody of that name is known with another address. One of them is wrong, or there are two."),
        FindingCode("MR030", "The file cannot be read", "The file is a folder, is too large, or may not be read."),
        FindingCode(
            "MR031", "The settings name what is not there",
            "mandate.yaml names a rule pack, a holiday table, a time zone or a policy that does not exist or cannot be used."),
        FindingCode(
            "MR032", "No holiday is known",
            """
            mandate.yaml says `holidays: none`, and the rules leave holidays out of the count. Then no day is a holiday, and every weekday \
            counts as a working day: deadlines can fall earlier or later than the law or custom has them. Name a holiday table.
            """),
        nobodyHolds,
    ]

    static let nobodyHolds = FindingCode(
        "MR040", "Nobody holds the role",
        """
        The workflow gives a command, a duty or a mail to a role that, by the workspace's roster, nobody holds. The command cannot be \
        given there, the duty would be owed by nobody. Add a line of kind `role` to the roster.
        """)

    /// Every code of a finding in any file that people write for a workspace, in order.
    public static let ofEveryFile: [FindingCode] = all + ofTemplates + ofRosters

    /// The codes in an article of Markdown, which the project's documentation holds.
    public static var article: String {
        let parts = [
            ("MW", "Workflows, rule packs, holiday tables, settings"), ("MT", "Templates"),
            ("MR", "Rosters, and what they lack"),
        ]
        var text = """
            # Findings

            What `mandate check` finds wrong, by its code.

            ## Overview

            Each finding gives file, line and column, the line itself with a caret, what was expected, and the nearest name. Its code stands in
            brackets at the end; `mandate check --explain MW012` prints the paragraph below. An error keeps the file from being used; a
            warning does not.

            """
        for (prefix, title) in parts {
            text += "\n## \(title)\n"
            for code in ofEveryFile where code.name.hasPrefix(prefix) {
                text += "\n### \(code.name): \(code.title)\n\n\(code.explanation)\n"
            }
        }
        return text
    }
}
