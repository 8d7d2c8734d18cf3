import Diagnostics
import Governance
import Testing

@testable import Secretariat

@Suite struct RosterTests {
    static let header = "kind,name,email,body,organisation,seat,role,start,end,rights\n"

    @Test("a roster gives people, seats, terms, roles, substitutes and constituencies")
    func whole() throws {
        let society = try Society()
        #expect(try society.take(Society.roster) == [])
        let records = society.desk.standing.records
        #expect(records.people.count == 6 && records.seats.count == 4 && records.terms.count == 4)
        #expect(records.representatives.count == 4)
        let board = try #require(records.bodies.values.first { $0.name == "Health Board" })
        let names = (board.roles["chair"] ?? []).map { society.desk.standing.name(of: $0) }
        #expect(names == ["Cora Chair"])
        let forum = try #require(records.organisations.values.first { $0.name == "Forum" })
        #expect(forum.constituency.map { society.desk.standing.name(of: $0) } == ["Eve Elector"])
        let seat = try #require(records.seats.values.first { $0.name == "Seat 1" && $0.body == board.id })
        #expect(seat.substitutes.map { society.desk.standing.name(of: $0) } == ["Eve Elector"])
    }

    @Test("the same file a second time changes nothing")
    func again() throws {
        let society = try Society()
        try society.take(Society.roster)
        let roster = Roster(SourceText(name: "roster.csv", text: Society.roster), in: society.desk.standing)
        #expect(roster.findings == [] && roster.changesNothing)
    }

    @Test("a file with a byte order mark, CRLF, spaces and another order of columns says the same")
    func dialects() throws {
        let society = try Society()
        try society.take(Society.roster)
        let lines = Society.roster.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).reversed()
        }
        let text = "\u{FEFF}" + lines.map { $0.map { "\"\($0)\"" }.joined(separator: ",") }.joined(separator: "\r\n") + "\r\n"
        let roster = Roster(SourceText(name: "roster.csv", text: text), in: society.desk.standing)
        #expect(roster.findings == [] && roster.changesNothing)
    }

    @Test(
        "a changed name, address or seat stays with its person",
        arguments: [
            ("person,Ann Archer,ann@example.org", "person,Ann Baker,ann@example.org", "Ann Baker", "ann@example.org", "Seat 1"),
            (
                "person,Ann Archer,ann@example.org", "person,Ann Archer,a.archer@example.org", "Ann Archer",
                "a.archer@example.org", "Seat 1"
            ),
        ])
    func changed(before: String, after: String, name: String, email: String, seat: String) throws {
        let society = try Society()
        try society.take(Society.roster)
        let ann = try society.desk.lookup().person("ann@example.org")
        var text = Society.roster.replacing(before, with: after)
        if name != "Ann Archer" { text = text.replacing("term,Ann Archer", with: "term,\(name)") }
        #expect(try society.take(text) == [])
        #expect(society.desk.standing.records.people.count == 6)
        #expect(society.desk.standing.name(of: ann) == name)
        #expect(society.desk.standing.email(of: ann) == email)
    }

    @Test("a seat that its organisation alone has on the body takes a new name")
    func renamedSeat() throws {
        let society = try Society()
        try society.take(Society.roster)
        let text = Society.roster.replacing("Health Board,Forum,Seat 1", with: "Health Board,Forum,Voluntary sector")
            .replacing("Health Board,,Seat 1", with: "Health Board,,Voluntary sector")
        #expect(try society.take(text) == [])
        #expect(society.desk.standing.records.seats.count == 4)
        #expect(society.desk.standing.records.terms.count == 4)
        #expect(society.desk.standing.records.seats.values.contains { $0.name == "Voluntary sector" })
    }

    @Test("two people of one name are two, told apart by address")
    func namesakes() throws {
        let society = try Society()
        let text = Self.header + "person,Jo Smith,jo@example.org\nperson,Jo Smith,joe@example.org\n"
        #expect(try society.take(text) == [])
        #expect(society.desk.standing.records.people.count == 2)
        #expect(try society.take(text) == [])
        #expect(society.desk.standing.records.people.count == 2)
    }

    @Test("a line of any kind with name and address introduces the person, once")
    func introduced() throws {
        let society = try Society()
        let text =
            Self.header + """
                body,Board,,,,,,,,
                organisation,Forum,,,,,,,,
                role,Jo Smith,jo@example.org,Board,,,chair,,,
                role,Jo Smith,JO@example.org,,Forum,,coordinator,,,
                constituency,Al Oak,al@example.org,,Forum,,,,,

                """
        #expect(try society.take(text) == [])
        #expect(society.desk.standing.records.people.count == 2)
        #expect(try society.take(text.replacing("Jo Smith", with: "Jo Jones")) == [])
        #expect(society.desk.standing.records.people.count == 2)
        #expect(
            Set(society.desk.standing.records.people.keys.map { society.desk.standing.name(of: $0) }) == ["Jo Jones", "Al Oak"])
    }

    @Test("a name that two people have is refused where it should say who")
    func ambiguous() throws {
        let findings = try Society().take(Society.roster + "person,Ann Archer,other@example.org\n")
        #expect(findings.map(\.code) == ["MR027", "MR027"])
        #expect(findings.first?.expected?.contains("address") == true)
    }

    @Test("an id column makes a rename of everything possible")
    func references() throws {
        let society = try Society()
        let first = "id,kind,name,email\nP1,person,Jo Smith,jo@example.org\nB1,body,Board,\n"
        try society.take(first)
        try society.take("id,kind,name,email\nP1,person,Jo Jones,jo@jones.example\nB1,body,Council,\n")
        let standing = society.desk.standing
        #expect(standing.records.people.count == 1 && standing.records.bodies.count == 1)
        #expect(standing.records.bodies.values.first?.name == "Council")
        #expect(standing.records.people.keys.map { standing.name(of: $0) } == ["Jo Jones"])
    }

    /// A line, the code of its finding, where it stands, and what the finding must say.
    static let mistakes: [(line: String, code: String, column: Int, says: String)] = [
        ("persn,Jo,jo@example.org", "MR008", 1, "person"),
        ("person,,jo@example.org", "MR011", 8, "column `name`"),
        ("person,Jo,jo at example.org", "MR013", 11, "column `email`"),
        ("person,Jo,jo@example.org,,,,,,,,extra", "MR007", 33, "more cells"),
        ("person,Jo,jo@example.org,Board", "MR009", 26, "column `body`"),
        ("seat,,,Health Bord,Forum,Seat 9", "MR026", 8, "Health Board"),
        ("term,Ann Archr,,Health Board,,Seat 1,,2029-01-01,2029-12-31", "MR026", 6, "Ann Archer"),
        ("term,Ann Archer,,Health Board,,Seat 1,,2029-02-30,2029-12-31", "MR015", 40, "2029-02-30"),
        ("term,Ann Archer,,Health Board,,Seat 1,,2029-02-02,2029-01-01", "MR016", 51, "ends before"),
        ("term,Bob Brown,,Health Board,,Seat 1,,2028-06-01,2029-01-01", "MR022", 39, "Ann Archer until 2028-12-31"),
        ("role,Ann Archer,,Health Board,,,secretry", "MR024", 33, "secretary"),
        ("role,Ann Archer,,,,,chair", "MR010", 18, "a body or an organisation"),
        ("seat,,,Health Board,Forum,Seat 9,,,,voting", "MR014", 37, "vote"),
        ("role,Ann Baker,ann@example.org,Health Board,,,secretary", "MR028", 6, "Ann Archer"),
        ("role,Ann Archer,new@example.org,Health Board,,,secretary", "MR029", 17, "ann@example.org"),
        ("term,,nobody@example.org,Health Board,,Seat 1,,2029-01-01,2029-12-31", "MR025", 7, "nobody@example.org"),
        ("person,Jo,ann@example.org", "MR021", 11, "row 6"),
        ("body,Health Board", "MR020", 6, "row 2"),
        ("person,\"Jo\" Smith,jo@example.org", "MR002", 8, "closing quote"),
        ("person,\"Jo,jo@example.org", "MR001", 8, "no closing quote"),
    ]

    @Test("a wrong row is named by row and column, and nothing of the file is taken", arguments: mistakes.indices)
    func mistake(at place: Int) throws {
        let (line, code, column, says) = Self.mistakes[place]
        let society = try Society()
        let text = Society.roster + line + "\n"
        let findings = try society.take(text)
        let finding = try #require(findings.first { $0.code == code }, "\(findings)")
        #expect(finding.range.start.line == 26 && finding.range.start.column == column, "\(finding)")
        #expect(finding.rendered(in: nil).contains(says), "\(finding.rendered(in: nil))")
        #expect(finding.message.contains("row 26"))
        #expect(society.desk.standing.records.people.isEmpty)
    }

    @Test("an unknown column is named with the nearest, and a file without the column kind is refused")
    func columns() throws {
        let society = try Society()
        let unknown = try society.take("kind,name,emial\nperson,Jo,jo@example.org\n")
        #expect(unknown.map(\.code) == ["MR004"] && unknown.first?.nearest == "email")
        #expect(unknown.first?.range.start.column == 11)
        #expect(try society.take("name,email\nJo,jo@example.org\n").map(\.code) == ["MR006"])
        #expect(try society.take("").map(\.code) == ["MR003"])
    }

    @Test("whatever bytes a file holds, reading it ends")
    func anything() throws {
        let standing = Standing()
        var state: UInt64 = 20_260_401
        let letters: [Character] = ["\"", ",", "\n", "\r", "k", "i", "n", "d", "p", "é", " ", "\u{0}"]
        for _ in 0..<2000 {
            var text = "kind,name\n"
            for _ in 0..<24 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text.append(letters[Int(state >> 33) % letters.count])
            }
            let roster = Roster(SourceText(name: "r", text: text), in: standing)
            #expect(!roster.findings.isEmpty || roster.changesNothing, "seed 20260401: \(text)")
        }
    }
}
