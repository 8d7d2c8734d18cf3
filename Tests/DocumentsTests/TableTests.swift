import Foundation
import Testing

@testable import Documents

@Suite("Tables for spreadsheets")
struct TableTests {
    @Test(
        "a cell that begins as a formula does is a text",
        arguments: [
            "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=cmd|' /C calc'!A0", " =1", "\u{FF1D}1", "|x", "%0A=1",
            "\u{A0}=HYPERLINK(\"http://x\")",
        ])
    func formulas(text: String) {
        let cell = DocumentTable.cell(text)
        let bare = cell.hasPrefix("\"") ? cell.dropFirst() : cell[...]
        #expect(bare.hasPrefix("'"), "\(cell)")
        #expect(!cell.contains("\n") && !cell.contains("\r") && !cell.contains("\t"))
    }

    @Test("other cells stay as they are, quoted where they must be")
    func quoting() {
        #expect(DocumentTable.cell("Ann O'Brien") == "Ann O'Brien")
        #expect(DocumentTable.cell("a, \"b\"") == "\"a, \"\"b\"\"\"")
        #expect(DocumentTable.cell("14:05 - 14:20") == "14:05 - 14:20")
        #expect(DocumentTable.cell("") == "")
    }

    @Test("an outer row without inner ones stands alone, and names are looked up outwards")
    func nested() throws {
        var view = RegisterView.sample
        view.entries.append(RegisterEntryView(person: PersonView(name: "Lee Park"), reviewed: "3 May 2026"))
        let table = try #require(TableOutline.outline(of: "register")).table(of: view.viewValue)
        #expect(table.rows.map { $0[0] } == ["Asha Patel", "Lee Park"])
        #expect(table.rows[0][4] == "Employed by Carers Together" && table.rows[1][4] == "" && table.rows[1][9] == "3 May 2026")
    }

    @Test("each column of each table is found in the sample of its view", arguments: TableOutline.documents)
    func columns(document: String) throws {
        let type = try #require(ShippedDocuments.views.first { $0.document == document })
        let table = try #require(TableOutline.outline(of: document)).table(of: type.sample.viewValue)
        #expect(!table.rows.isEmpty)
        for (place, heading) in table.headings.enumerated() {
            #expect(table.rows.contains { !$0[place].isEmpty }, "\(document): \(heading)")
        }
    }

    @Test("Python's reader finds the same cells in what was written", .enabled(if: Witness.python != nil))
    func readBack() throws {
        try withFolder { folder in
            let table = DocumentTable(headings: ["A", "B"], rows: [["=1", "x \"y\", z"], ["two\nlines", "é שלום"]])
            try table.csv.write(to: folder, as: "t.csv")
            let told = try Witness.ask(
                "import csv,sys,json; print(json.dumps(list(csv.reader(open(sys.argv[1],encoding='utf-8-sig',newline='')))))",
                [folder + "/t.csv"])
            let rows = try JSONDecoder().decode([[String]].self, from: Data(told.utf8))
            #expect(rows == [["A", "B"], ["'=1", "x \"y\", z"], ["two lines", "é שלום"]])
        }
    }
}
