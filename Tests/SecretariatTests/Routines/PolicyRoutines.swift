import CEL
import Calendars
import Governance
import Testing
import Workflows

// What a response to a plan asks for: roles renewed, learning matched to the times, an answer from all.
extension Network {
    /// A review of roles: a gap mended, another organisation visited, outcomes before numbers, told to everyone, and begun again.
    static func reviewingRoles() throws -> Network {
        var it = try Network(at: "2026-01-12")
        it.give("review_roles", by: "olga", about: about, ["title": .string("Roles in 2026"), "lead": it.person("mia")])
        let review = it.newest("role_review")
        it.tickAll("mia")
        func role(_ name: String, _ change: String) -> [String: Value] {
            ["role": .string(name), "brings": .string("Company"), "change": .string(change)]
        }
        it.give("list_role", by: "mia", in: review, role("Ward visitor", "kept"))
        #expect(it.refused("end_list", by: "mia", in: review).contains("renewed or broadened"))
        it.give("list_role", by: "mia", in: review, role("Walking companion", "broadened"))
        it.give("end_list", by: "mia", in: review)
        it.give("name_gap", by: "mia", in: review, ["gap": .string("No insurance"), "who": it.person("noor")])
        #expect(it.owes("noor").contains("Mend what is missing before volunteers begin"))
        it.give("mend_gap", by: "noor", in: review, ["how": .string("Insured since March.")])
        it.tickAll("mia")
        it.give("confirm_readiness", by: "mia", in: review)
        it.give(
            "record_exchange", by: "mia", in: review,
            ["with": .string("A hospice"), "sector": .string("voluntary"), "learnt": .string("They ask carers first.")])
        it.tickAll("mia")
        it.give("end_exchange", by: "mia", in: review)
        try it.measure(review)
        return it
    }

    private mutating func measure(_ review: ID) throws {
        func measure(_ side: String, _ asked: Int64) -> [String: Value] {
            [
                "role": .string("Walking companion"), "side": .string(side), "seen": .string("Out of doors again"),
                "asked": .int(asked),
            ]
        }
        #expect(
            refused("count_volunteers", by: "mia", in: review, ["volunteers": .int(300)]).contains("A number is not an outcome")
        )
        #expect(refused("record_measure", by: "mia", in: review, measure("volunteers", 0)).contains("at least one person"))
        give("record_measure", by: "mia", in: review, measure("people_served", 11))
        give("record_measure", by: "mia", in: review, measure("volunteers", 9))
        give("count_volunteers", by: "mia", in: review, ["volunteers": .int(300)])
        tickAll("mia")
        give("end_measures", by: "mia", in: review)
        give("report_review", by: "olga", in: review)
        #expect(mailed("role_review_report").count == 4)
        try on("2027-02-01")
        #expect(isIn("reviewing.listing", review))
    }

    /// A year of learning: themes of members, an event of all sectors, one of three sides, all three heard.
    static func learningTogether() throws -> Network {
        var it = try Network(at: "2026-01-12")
        it.give(
            "begin_programme", by: "olga", about: about,
            ["title": .string("Learning in 2026"), "organiser": it.person("mia"), "last_day": .string("2026-12-31")])
        let programme = it.newest("learning_programme")
        it.give(
            "note_theme", by: "noor", in: programme, ["theme": .string("Long waits"), "why": .string("More people wait.")])
        it.tickAll("mia")
        it.give("end_themes", by: "mia", in: programme)
        #expect(it.refused("publish_programme", by: "mia", in: programme).contains("at least one event"))
        it.give(
            "plan_event", by: "mia", about: [.ofCase("learning_programme"): programme], event("Waiting well", "all_sectors"))
        #expect(it.refused("publish_programme", by: "mia", in: programme).contains("together yet"))
        it.give(
            "plan_event", by: "olga", about: [.ofCase("learning_programme"): programme],
            event("Three chairs", "voluntary").merging(["triangle": .bool(true)]) { $1 })
        it.tickAll("mia")
        it.give("publish_programme", by: "mia", in: programme)
        #expect(it.mailed("learning_programme").count == 4)
        try it.on("2026-05-11")
        for name in it.standing.cases(of: "learning_event").map(\.id) { it.hearThreeSides(name) }
        try it.on("2027-01-05")
        it.give("end_programme", by: "mia", in: programme, ["lessons": .string("Begin with carers.")])
        #expect(!it.isOpen(programme))
        return it
    }

    private static func event(_ title: String, _ forWhom: String) -> [String: Value] {
        ["title": .string(title), "day": .string("2026-05-08"), "for_whom": .string(forWhom)]
    }

    private mutating func hearThreeSides(_ event: ID) {
        #expect(isIn("held", event))
        give("record_event", by: "mia", in: event, ["came": .int(23)])
        for side in ["volunteers", "service_users"] {
            give(
                "record_feedback", by: "mia", in: event,
                ["side": .string(side), "said": .string("We were listened to."), "people": .int(4)])
        }
        tickAll("mia")
        #expect(refused("end_feedback", by: "mia", in: event, ["changes": .string("x")]).contains("carers"))
        give(
            "record_feedback", by: "mia", in: event,
            ["side": .string("carers"), "said": .string("Begin later in the day."), "people": .int(3)])
        give("end_feedback", by: "mia", in: event, ["changes": .string("Events begin at eleven.")])
    }

    /// An answer to a plan: views of three segments, one of few, signed off by another, sent in time, and reported back on.
    static func answeringPolicy() throws -> Network {
        var it = try Network(at: "2026-01-12")
        it.give(
            "open_response", by: "olga", about: about,
            [
                "title": .string("The long plan"), "asked_by": .string("The ministry"), "closes": .string("2026-03-31"),
                "lead": it.person("mia"), "signatory": it.person("rita"),
            ])
        let response = it.newest("policy_response")
        it.tickAll("mia")
        #expect(it.refused("ask_members", by: "mia", in: response).contains("at least one thing"))
        it.give("ask_question", by: "mia", in: response, ["question": .string("What would help you most?")])
        it.give("ask_members", by: "mia", in: response)
        it.hear(response)
        it.tickAll("mia")
        #expect(it.refused("hand_in_response", by: "mia", in: response).contains("mandate draft"))
        it.write("consultation_response", by: "mia", in: response, "# Our answer\n\nGive each ward a *named* lead.\n")
        it.give("hand_in_response", by: "mia", in: response)
        #expect(it.refused("sign_response", by: "mia", in: response) != "")
        it.give("sign_response", by: "rita", in: response)
        it.give("submit_response", by: "mia", in: response, ["receipt": .string("LP-77")])
        try it.reportBack(response)
        return it
    }

    private mutating func hear(_ response: ID) {
        func view(_ segment: String, _ words: String, minority: Bool = false) -> [String: Value] {
            ["segment": .string(segment), "view": .string(words), "minority": .bool(minority)]
        }
        give("tell_view", by: "noor", in: response, view("public", "Volunteers need a named lead."))
        give("tell_view", by: "omar", in: response, view("voluntary", "Do not count heads.", minority: true))
        #expect(refused("end_hearing", by: "mia", in: response).contains("private organisations"))
        give(
            "note_unheard", by: "mia", in: response,
            ["segment": .string("private"), "why": .string("We have few such members.")])
        give("end_hearing", by: "mia", in: response)
    }

    private mutating func reportBack(_ response: ID) throws {
        try on("2026-06-08")
        #expect(owes("mia").contains { $0.hasPrefix("Find out what came of the answer") })
        give("record_outcome", by: "mia", in: response, ["came_of_it": .string("Each ward gets a named lead.")])
        give("release_outcome", by: "olga", in: response)
        #expect(mailed("response_outcome").count == 4)
        take(
            registrar.tell(
                Word(
                    event: "response_outcome_settled", about: standing.cases[response]?.subjects ?? [:],
                    payload: ["dead": .list([person("pia")])], from: nil), in: standing, now: now))
        #expect(owes("olga").contains("Tell those whom the report did not reach"))
        give("settle_outcome", by: "olga", in: response, ["how": .string("By telephone.")])
        give("answer_outcome", by: "noor", in: response, ["text": .string("Thank you.")])
        try on("2026-08-03")
        #expect(!isOpen(response))
    }
}
