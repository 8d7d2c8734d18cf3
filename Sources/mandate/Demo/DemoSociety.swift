/// The people of the demo: a county's health and social care partnership, nine seats held for six organisations.
enum DemoSociety {
    static let name = "Northshire Health and Social Care Partnership"
    static let secretary = "priya.nair@northshire.example"
    static let chair = "george.whitfield@northshire.example"
    static let viceChair = "helen.osei@northshire.example"

    struct Member {
        var name: String
        var organisation: String
        var seat: String
        var substitute: String?

        var email: String { DemoSociety.email(name) }
    }

    static let members = [
        Member(
            name: "Ann O'Brien", organisation: "Northshire Voluntary Alliance", seat: "Voluntary sector 1",
            substitute: "Sam Patel"),
        Member(
            name: "Bob Marsh", organisation: "Northshire Voluntary Alliance", seat: "Voluntary sector 2",
            substitute: "Sam Patel"),
        Member(name: "Carys Evans", organisation: "Age Friendly Northshire", seat: "Older people 1", substitute: "Ivor Lloyd"),
        Member(name: "Dan Kowalski", organisation: "Age Friendly Northshire", seat: "Older people 2"),
        Member(name: "Esther Mbeki", organisation: "Carers Together", seat: "Carers 1", substitute: "Joan Fry"),
        Member(name: "Farid Aziz", organisation: "Carers Together", seat: "Carers 2", substitute: "Joan Fry"),
        Member(name: "Grace Lindqvist", organisation: "Minds Matter Northshire", seat: "Mental health"),
        Member(
            name: "Hugh Tremayne", organisation: "Disability Voice & Friends", seat: "Disabled people", substitute: "Kit Hall"),
        Member(name: "Isla Moreau", organisation: "Northshire Patients' Forum", seat: "Patients"),
    ]

    static let coordinators = [
        "Northshire Voluntary Alliance": "Olga Petrova", "Age Friendly Northshire": "Peter Quill",
        "Carers Together": "Rosa Lane",
        "Minds Matter Northshire": "Tom Beck", "Disability Voice & Friends": "Una Doyle",
        "Northshire Patients' Forum": "Vera Stone",
    ]

    static func coordinator(of member: Member) -> String { coordinators[member.organisation] ?? "" }

    /// The roster as a coordinator would fill it in.
    static var roster: String {
        var lines = ["kind,name,email,body,organisation,seat,role,start,end,rights", "body,\(name),,,,,,,,"]
        let organisations = coordinators.keys.sorted()
        lines += organisations.map { "organisation,\($0),,,,,,,," }
        lines += people.map { "person,\($0.name),\($0.email),,,,,,," }
        for member in members {
            lines.append("seat,,,\(name),\(member.organisation),\(member.seat),,,,vote")
            lines.append(
                "term,\(member.name),\(member.email),\(name),\(member.organisation),\(member.seat),,2026-04-01,2029-03-31,")
            if let substitute = member.substitute {
                lines.append("substitute,\(substitute),\(email(substitute)),\(name),\(member.organisation),\(member.seat),,,,")
            }
        }
        lines.append("role,Priya Nair,\(secretary),\(name),,,secretary,,,")
        lines.append("role,George Whitfield,\(chair),\(name),,,chair,,,")
        lines.append("role,Helen Osei,\(viceChair),\(name),,,vice_chair,,,")
        for organisation in organisations {
            lines.append("role,\(coordinators[organisation] ?? ""),,,\(organisation),,coordinator,,,")
            lines += constituency(of: organisation).map { "constituency,\($0.name),\($0.email),,\(organisation),,,,," }
        }
        lines += DemoNetwork.roster
        return lines.joined(separator: "\n") + "\n"
    }

    /// Everybody, each once.
    private static var people: [(name: String, email: String)] {
        var people = [("Priya Nair", secretary), ("George Whitfield", chair), ("Helen Osei", viceChair)]
        people += members.map { ($0.name, $0.email) }
        people += Set(members.compactMap(\.substitute)).sorted().map { ($0, email($0)) }
        people += coordinators.values.sorted().map { ($0, email($0)) }
        people += coordinators.keys.sorted().flatMap { constituency(of: $0) }
        return people
    }

    /// Three members of an organisation who are reported back to.
    static func constituency(of organisation: String) -> [(name: String, email: String)] {
        let domain = organisation.filter { $0.isASCII && $0.isLetter }.lowercased()
        return (1...3).map { ("Member \($0) of \(organisation)", "member\($0)@\(domain).example") }
    }

    static func email(_ name: String) -> String {
        name.lowercased().filter { $0.isLetter || $0 == " " }.split(separator: " ").joined(separator: ".")
            + "@northshire.example"
    }
}
