/// The people of a town's two groups, as a roster: a housing board of four seats and a transport forum of two, which share a member
/// and a secretary. Names may be changed; ids and addresses stay.
struct Cast {
    var board = "Housing & Care Board"
    var forum = "Transport Forum"
    var tenants = "O'Brien & Sons Tenants"
    var stars = "*Stars* of the East"
    var carers = "Carers <Together>"
    var users = "Mill Road Users"
    /// Sits on both.
    var ada = "Ada O'Hara"
    var ben = "Ben Kaur"
    var cem = "Cem Aydin"
    var dilys = "Dilys Rhys"
    var gil = "Gil Ashe"
    /// Stands in for Ada on the board.
    var eve = "Eve Moss"
    var adasSeat = "Tenants 1"
    /// Who follows Dilys, if anybody does, from the first of November on.
    var follower: String?

    /// The roster as a coordinator fills it in.
    var roster: String {
        var lines = ["id,kind,name,email,body,organisation,seat,role,start,end,rights"]
        lines += [("board", board), ("forum", forum)].map { "\($0),body,\(Self.cell($1)),,,,,,,," }
        lines += [("tenants", tenants), ("stars", stars), ("carers", carers), ("users", users)].map {
            "\($0),organisation,\(Self.cell($1)),,,,,,,,"
        }
        lines += people.map { "\($0),person,\(Self.cell($1)),\(Self.email($0)),,,,,,," }
        lines += seats + terms + roles
        lines += [("tess", "tenants"), ("tom", "tenants"), ("sue", "stars")].map {
            ",constituency,,\(Self.email($0)),,\($1),,,,,"
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var people: [(String, String)] {
        [
            ("ada", ada), ("ben", ben), ("cem", cem), ("dilys", dilys), ("gil", gil), ("eve", eve), ("sid", "Sid Clerk"),
            ("cho", "Cho Lin"), ("kay", "Kay Ord"), ("lee", "Lee Stone"), ("may", "May Hill"), ("tess", "Tess Flat"),
            ("tom", "Tom Flat"), ("sue", "Sue Young"),
        ] + (follower.map { [("fay", $0)] } ?? [])
    }

    private var seats: [String] {
        [
            "s-ada,seat,,,board,tenants,\(Self.cell(adasSeat)),,,,vote", "s-ben,seat,,,board,tenants,Tenants 2,,,,vote",
            "s-cem,seat,,,board,stars,Young people,,,,vote", "s-dilys,seat,,,board,carers,Carers,,,,vote",
            "s-gil,seat,,,forum,users,Bus users,,,,vote", "s-estates,seat,,,forum,tenants,Estates,,,,vote",
            ",substitute,,\(Self.email("eve")),board,tenants,s-ada,,,,",
        ]
    }

    private var terms: [String] {
        var terms = [
            ("ada", "board", "s-ada"), ("ben", "board", "s-ben"), ("cem", "board", "s-cem"), ("gil", "forum", "s-gil"),
            ("ada", "forum", "s-estates"),
        ].map { person, body, seat in "t-\(person)-\(body),term,,\(Self.email(person)),\(body),,\(seat),,2026-04-01,2028-03-31,"
        }
        let last = follower == nil ? "2028-03-31" : "2026-10-31"
        terms.append("t-dilys,term,,\(Self.email("dilys")),board,,s-dilys,,2026-04-01,\(last),")
        if follower != nil { terms.append("t-fay,term,,\(Self.email("fay")),board,,s-dilys,,2026-11-01,2028-03-31,") }
        return terms
    }

    private var roles: [String] {
        [("sid", "board", "secretary"), ("sid", "forum", "secretary"), ("cho", "board", "chair"), ("cho", "forum", "chair")].map
        {
            ",role,,\(Self.email($0)),\($1),,,\($2),,,"
        }
            + [("kay", "tenants"), ("lee", "stars"), ("may", "carers"), ("may", "users")].map {
                ",role,,\(Self.email($0)),,\($1),,coordinator,,,"
            }
    }

    static func email(_ id: String) -> String { "\(id)@town.example" }

    /// A cell of CSV, in quotes where it holds a comma or a quote.
    private static func cell(_ text: String) -> String {
        text.contains { ",\"".contains($0) } ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    }
}
