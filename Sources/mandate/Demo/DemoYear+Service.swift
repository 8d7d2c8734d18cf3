import Calendars

// What a representative's service asks beside the meetings: the first weeks, a consultation, the network, contact details.
extension DemoYear {
    /// Each organisation has a code; each representative is inducted and trained, and has read it.
    func firstWeeks() throws {
        try story.at(Self.day("2026-08-04"), "10:00")
        for (organisation, coordinator) in DemoSociety.coordinators.sorted(by: { $0.key < $1.key }) {
            try story.mandate(
                "do", "record_code", "--organisation", organisation, "--title", "Representatives' code of conduct", "--date",
                "2009-10-10", "--as", DemoSociety.email(coordinator))
        }
        for clause in Self.clauses {
            try story.mandate(
                ["do", "enter_conduct_clause", "--organisation", "Carers Together", "--clause", clause.0, "--words", clause.1]
                    + (clause.2.map { ["--basis", $0] } ?? []) + ["--as", DemoSociety.email("Rosa Lane")])
        }
        try story.at(Self.day("2026-08-12"), "17:00")
        for member in DemoSociety.members {
            try finish("finish_induction", by: member.email)
            for command in ["acknowledge_code", "confirm_register"] { try story.mandate("do", command, "--as", member.email) }
            try story.mandate(
                "do", "record_training", "--course", "Speaking for others", "--covers", "both", "--taken", "2026-08-11",
                "--expires", "2029-08-11", "--as", member.email)
        }
        for member in DemoSociety.members { try explainRole(to: member) }
    }

    /// Some clauses of the code, with the places that duties name which carry them; nothing carries the last.
    private static let clauses: [(String, String, String?)] = [
        ("Preparing", "We read the papers before we come.", "003 L45"),
        ("Reporting", "We tell those whom we represent what was said and decided.", "003 L50"),
        ("Interests", "We declare what touches us, and leave the decision to others.", "003 L58"),
        ("Courtesy", "We let others finish.", nil),
    ]

    private func explainRole(to member: DemoSociety.Member) throws {
        let coordinator = DemoSociety.email(DemoSociety.coordinator(of: member))
        try story.mandate(
            "do", "record_responsibility", "--seat", member.seat, "--responsibility", "Speaks on \(member.seat.lowercased())",
            "--agreed", "2026-08-12", "--as", coordinator)
        for duty in try duties(of: coordinator) where duty.commands.contains("explain_role") {
            for line in duty.open { try story.mandate("tick", duty.duty, line, "--as", coordinator) }
        }
        try story.mandate("do", "explain_role", "--seat", member.seat, "--as", coordinator)
    }

    /// Ticks what a duty asks and gives the command that ends it.
    private func finish(_ command: String, by person: String, _ subject: String...) throws {
        for duty in try duties(of: person) where duty.commands.contains(command) {
            for line in duty.open { try story.mandate("tick", duty.duty, line, "--as", person) }
        }
        try story.mandate(["do", command] + subject + ["--as", person])
    }

    /// The voluntary sector agrees what it says about transport; its two representatives take it up.
    func consult() throws {
        let organisation = ["--organisation", DemoSociety.members[0].organisation]
        let olga = DemoSociety.email("Olga Petrova")
        try story.at(Self.day("2026-08-13"), "09:00")
        try story.mandate(
            ["do", "consult"] + organisation + [
                "--matter", "Community transport", "--why", "The county asks whether to extend Dial-a-Ride.", "--closes",
                "2026-08-27", "--as", olga,
            ])
        let views = [
            ("older_people", "Evening visits to hospital are out of reach without it.", "no"),
            ("disabled_people", "Vehicles with a lift are what matters, not more of them.", "yes"),
            ("general", "Volunteers who drive cannot cover Eastvale.", "no"),
        ]
        let members = DemoSociety.constituency(of: DemoSociety.members[0].organisation)
        for (member, view) in zip(members, views) {
            try story.mandate(
                ["do", "give_view"] + organisation + [
                    "--group", view.0, "--view", view.1, "--differs", view.2, "--as", member.email,
                ])
        }
        for duty in try duties(of: olga) where duty.commands.contains("finish_outreach") {
            for line in duty.open { try story.mandate("tick", duty.duty, line, "--as", olga) }
        }
        try story.mandate(
            ["do", "finish_outreach"] + organisation + ["--how", "Two lunch clubs and a call round.", "--as", olga])
        try story.at(Self.day("2026-08-28"), "10:00")
        try story.mandate(["do", "finish_summary"] + organisation + ["--as", olga])
        let position = ["--matter", "Community transport", "--position", "Extend Dial-a-Ride to Eastvale, with lifts."]
        try story.refused(["do", "adopt_position"] + organisation + position + ["--as", olga])
        try story.mandate(
            ["do", "adopt_position"] + organisation + position + [
                "--minority", "Some would rather have better vehicles than more routes.", "--as", olga,
            ])
        for member in DemoSociety.members.prefix(2) {
            try finish("take_up_position", by: member.email, "--meeting", "m1")
        }
    }

    /// Each organisation's representatives meet; then its members hear what their voice has changed.
    func network() throws {
        try story.at(Self.day("2027-01-28"), "10:00")
        let coordinators = DemoSociety.coordinators.sorted { $0.key < $1.key }
        for (organisation, coordinator) in coordinators {
            try story.mandate(
                "do", "call_network", "--organisation", organisation, "--day", "2027-01-29", "--place", "Online", "--as",
                DemoSociety.email(coordinator))
        }
        for (place, member) in DemoSociety.members.enumerated() {
            if place % 4 == 0 {
                try story.mandate("do", "bring_issue", "--issue", "Papers in plain language", "--as", member.email)
            } else {
                try story.mandate("do", "bring_nothing", "--as", member.email)
            }
        }
        try story.at(Self.day("2027-01-29"), "18:00")
        for (organisation, coordinator) in coordinators {
            for command in ["hold_network", "tell_influence"] {
                try story.mandate("do", command, "--organisation", organisation, "--as", DemoSociety.email(coordinator))
            }
        }
    }

    /// Each half year everybody says whether mail still reaches them.
    func confirmDetails() throws {
        try story.at(Self.day("2027-03-04"), "18:00")
        for member in DemoSociety.members { try story.mandate("do", "confirm_details", "--as", member.email) }
    }
}
