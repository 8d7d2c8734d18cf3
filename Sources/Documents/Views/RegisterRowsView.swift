/// A register that a workflow declares, as a table.
public struct RegisterRowsView: DocumentView {
    public var title: String
    public var date: String
    public var columns: [String]
    public var rows: [RegisterRowView]

    public init(title: String, date: String, columns: [String], rows: [RegisterRowView]) {
        self.title = title
        self.date = date
        self.columns = columns
        self.rows = rows
    }

    public static let document = "register-rows"
    public static let sample = RegisterRowsView(
        title: "Training taken", date: "Tuesday 17 November 2026", columns: ["about", "course", "recorded"],
        rows: [RegisterRowView(cells: ["Asha Patel", "Equality and diversity", "3 November 2026"])])
}

/// One row, cell by cell.
public struct RegisterRowView: ViewPart {
    public var cells: [String]

    public init(cells: [String]) { self.cells = cells }
}
