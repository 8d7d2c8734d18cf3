import Foundation
import Testing

/// One meeting, asked for as every document there is: who was there and when, the quorum, the interests and the outcomes are the same in
/// `--json`, in minutes, register, script and sheets.
@Suite("What the program prints of one meeting agrees")
struct AgreementCommandTests {
    private static let roster = """
        kind,name,email,body,organisation,seat,role,start,end,rights
        body,Care Board,,,,,,,,
        organisation,Carers,,,,,,,,
        seat,,,Care Board,Carers,First,,,,vote
        seat,,,Care Board,Carers,Second,,,,vote
        seat,,,Care Board,Carers,Third,,,,vote
        term,Ann O'Brien,ann@example.org,Care Board,,First,,2026-01-01,2029-12-31,
        term,Ben Kaur,ben@example.org,Care Board,,Second,,2026-01-01,2029-12-31,
        term,Cem Aydin,cem@example.org,Care Board,,Third,,2026-01-01,2029-12-31,
        role,Sid Hill,sid@example.org,Care Board,,,secretary,,,
        role,Cho Park,cho@example.org,Care Board,,,chair,,,
        role,Kay Ord,kay@example.org,,Carers,,coordinator,,,

        """

    /// Ann declares, gives no facts, leaves and comes back; Cem sends apologies; one item is decided, one noted.
    private func held() throws -> Clerk {
        let clerk = Clerk(at: "2026-10-01 10:00", as: "sid@example.org")
        _ = try clerk.says("init", clerk.folder, "--society", "A society")
        _ = try clerk.write("mandate.yaml", "society: A society\npolicies: {quorum: {share: 1/3, minimum: 1}}\n")
        try clerk.gives("import", try clerk.write("r.csv", Self.roster))
        try clerk.gives("meeting", "plan", "--body", "Care Board", "--start", "2026-11-18 14:00", "--place", "Room 2")
        try clerk.gives("meeting", "item", "m1", "Winter plan", "--purpose", "decision")
        try clerk.gives("meeting", "item", "m1", "News", "--purpose", "information")
        for word in ["notice", "agenda"] { try clerk.gives("meeting", word, "m1") }
        clerk.now = "2026-11-10 10:00"
        try clerk.gives(
            "do", "declare", "--meeting", "m1", "--item", "Winter plan", "--kind", "financial", "--nature", "My employer bids",
            as: "ann@example.org")
        try clerk.gives("do", "apologise", "--meeting", "m1", "--reason", "leave", as: "cem@example.org")
        let item = ["--meeting", "m1", "--item", "Winter plan", "--for", "Ann O'Brien"]
        #expect(try clerk.run(["do", "rule"] + item + ["--ruling", "must_withdraw"], as: "cho@example.org").code == 0)
        clerk.now = "2026-11-18 13:55"
        try clerk.gives("meeting", "preside", "m1", "Cho Park")
        for who in ["Cho Park", "Ann O'Brien", "Ben Kaur"] { try clerk.gives("meeting", "arrive", "m1", who) }
        clerk.now = "2026-11-18 14:02"
        try clerk.gives("meeting", "open", "m1")
        clerk.now = "2026-11-18 14:20"
        try clerk.gives("meeting", "open-item", "m1", "News")
        try clerk.gives("meeting", "note", "m1", "News")
        try clerk.gives("meeting", "arrive", "m1", "Cem Aydin", "--remote")
        clerk.now = "2026-11-18 14:31"
        try clerk.gives("meeting", "open-item", "m1", "Winter plan")
        #expect(try clerk.run(["do", "withdraw"] + item.prefix(4), as: "ann@example.org").code == 0)
        clerk.now = "2026-11-18 14:44"
        try clerk.gives("meeting", "decide", "m1", "Winter plan", "The plan is adopted.", "--for", "2")
        clerk.now = "2026-11-18 14:46"
        #expect(try clerk.run(["do", "return_to_room"] + item.prefix(4), as: "ann@example.org").code == 0)
        clerk.now = "2026-11-18 15:20"
        try clerk.gives("meeting", "end", "m1")
        return clerk
    }

    @Test("--json, text and tables tell the same attendance, quorum, declarations, times and outcomes")
    func agreement() throws {
        let clerk = try held()
        let (minutes, sheet) = (try clerk.gives("minutes", "m1"), try clerk.gives("attendance", "m1"))
        let (script, declarations) = (try clerk.gives("script", "m1"), try clerk.gives("declarations", "m1"))
        let register = try clerk.gives("register", "Care Board")

        let present = sheet["rows"].list.filter { $0["status"].text == "present" }
        #expect(present.map { $0["person"]["name"].text } == ["Ann O'Brien", "Ben Kaur", "Cem Aydin"])
        #expect(minutes["present"].list.map { $0["person"] } == present.map { $0["person"] })
        #expect(minutes["present"].list.map { $0["times"] } == present.map { $0["times"] })
        #expect(present.map { $0["times"].text } == ["out 14:31 to 14:46", "", "from 14:20"])
        #expect([minutes["opened"], minutes["ended"]] == ["14:02", "15:20"])
        #expect([sheet["opened"], sheet["ended"]] == [minutes["opened"], minutes["ended"]])
        #expect(sheet["quorum"] == minutes["quorum"] && script["headroom"] == minutes["quorum"])

        let item = try #require(minutes["items"].list.first { $0["title"] == "Winter plan" })
        let declared = item["declarations"][0]
        #expect(declarations["items"][0]["declarations"] == item["declarations"] && item["declarations"].list.count == 1)
        #expect([declared["left"], declared["returned"], declared["ruling"]] == ["14:31", "14:46", "must withdraw"])
        let told = try #require(script["items"].list.first { $0["title"] == "Winter plan" })
        #expect(told["leaving"][0]["who"] == declared["who"] && told["leaving"][0]["what"] == "left 14:31, came back 14:46")
        #expect(told["headroom"] == item["quorum"] && told["outcome"] == item["decision"]["text"])
        let ann = try #require(register["entries"].list.first { $0["person"]["name"] == declared["who"] })
        #expect(
            ann["interests"][0]["nature"].text.hasPrefix(declared["nature"].text)
                && ann["interests"][0]["kind"] == declared["kind"])

        let text = try clerk.says("minutes", "m1", "--format", "txt")
        for words in [
            "Opened: 14:02", "Ended: 15:20", "out 14:31 to 14:46", "Left the room: 14:31", "The plan is adopted.",
            item["quorum"].text,
        ] {
            #expect(text.contains(words), "\(words)")
        }
        let table = try clerk.says("attendance", "m1", "--format", "csv")
        #expect(table.contains("out 14:31 to 14:46") && table.contains("14:20"))
        let interests = try clerk.says("declarations", "m1", "--format", "csv")
        #expect(interests.contains("14:31") && interests.contains("14:46") && interests.contains("must withdraw"))
        let shown = try clerk.gives("meeting", "show", "m1")
        #expect(shown["items"].list.first { $0["title"] == "Winter plan" }?["resolution"]["text"] == item["decision"]["text"])
        let report = try clerk.says("report", "m1", "--for", "Ben Kaur", "--format", "txt")
        #expect(report.contains("The plan is adopted."))
    }
}
