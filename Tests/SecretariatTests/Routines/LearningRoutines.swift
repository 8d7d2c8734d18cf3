import CEL
import Calendars
import Governance
import Testing
import Workflows

// Learning from what goes well, and gaining qualifications.
extension Network {
    /// An inquiry: a gap that is closed first, ground rules, a limit to what is asked, stories, tips, and a case study whose consent is
    /// withdrawn.
    static func inquiring() throws -> Network {
        var it = try inquiringUntilPublished()
        let inquiry = it.newest("appreciative_inquiry")
        it.give("celebrate", by: "mia", in: inquiry)
        #expect(it.mailed("tips_library") == ["Mia", "Noor", "Omar", "Pia"])
        it.give("withdraw_consent", by: "noor", in: it.newest("study_consent", of: "noor"))
        #expect(it.owes("mia").contains { $0.hasPrefix("Take The lift home down") })
        it.tickAll("mia")
        it.give("take_down_study", by: "mia", in: it.newest("case_study"))
        #expect(!it.isOpen(it.newest("case_study")))
        return it
    }

    static func inquiringUntilPublished() throws -> Network {
        var it = try Network(at: "2026-01-12")
        it.give(
            "open_inquiry", by: "olga", about: about,
            ["title": .string("Coming home from hospital"), "steward": it.person("mia"), "burden": .int(60)])
        let inquiry = it.newest("appreciative_inquiry")
        #expect(it.refused("end_map", by: "mia", in: inquiry).contains("touch"))
        it.give(
            "map_touch_point", by: "mia", in: inquiry,
            [
                "place": .string("The ward door"), "public_side": .string("Discharge team"),
                "voluntary_side": .string("Home from hospital drivers"),
            ])
        it.give("end_map", by: "mia", in: inquiry)
        try it.bringEveryoneIn(inquiry)
        try it.takePart(inquiry)
        try it.hearStories(inquiry)
        try it.writeCaseStudy(inquiry)
        return it
    }

    private mutating func bringEveryoneIn(_ inquiry: ID) throws {
        func group(_ name: String, _ kind: String, _ isIn: Bool) -> [String: Value] {
            ["name": .string(name), "kind": .string(kind), "is_in": .bool(isIn)]
        }
        give("name_group", by: "mia", in: inquiry, group("Ward staff", "staff", true))
        give("name_group", by: "mia", in: inquiry, group("Drivers", "volunteers", true))
        #expect(refused("open_doors", by: "mia", in: inquiry).contains("policy makers"))
        give("name_group", by: "mia", in: inquiry, group("County policy team", "policy_makers", true))
        give("name_group", by: "mia", in: inquiry, group("Hospital charities", "volunteers", false))
        #expect(owes("mia").contains("Bring in the groups that are missing before going on"))
        #expect(refused("name_group", by: "mia", in: inquiry, group("Drivers", "volunteers", true)).contains("already"))
        #expect(refused("bring_in_group", by: "mia", in: inquiry, ["name": .string("Nobody")]).contains("on the list"))
        give("bring_in_group", by: "mia", in: inquiry, ["name": .string("Hospital charities")])
        give("open_doors", by: "mia", in: inquiry)
    }

    private mutating func takePart(_ inquiry: ID) throws {
        #expect(refused("begin_discovery", by: "mia", in: inquiry).contains("ground rules"))
        for name in ["noor", "omar"] {
            give("join_inquiry", by: name, in: inquiry)
            #expect(owes(name).contains { $0.hasPrefix("Read the ground rules") })
        }
        tickAll("noor")
        give("agree_ground_rules", by: "noor", in: newest("inquiry_part", of: "noor"))
        give("step_out", by: "omar", in: newest("inquiry_part", of: "omar"))
        give("begin_discovery", by: "mia", in: inquiry)
        let part = newest("inquiry_part", of: "noor")
        give("ask_time", by: "mia", in: part, ["asked": .string("Show us the form."), "minutes": .int(45)])
        #expect(owes("noor").contains("If you can: Show us the form."))
        give("rather_not", by: "noor", in: part)
        #expect(
            refused("ask_time", by: "mia", in: part, ["asked": .string("An interview"), "minutes": .int(30)])
                .contains("60 minutes"))
    }

    private mutating func hearStories(_ inquiry: ID) throws {
        #expect(refused("end_discovery", by: "mia", in: inquiry).contains("No story"))
        give(
            "tell_story", by: "noor", in: newest("inquiry_part", of: "noor"),
            ["story": .string("The nurse rang the driver herself."), "made_possible": .string("They knew each other.")])
        give("thank_for_story", by: "mia", in: newest("success_story"))
        tickAll("mia")
        give("end_discovery", by: "mia", in: inquiry)
        give("write_dream", by: "mia", in: inquiry, ["dream": .string("Nobody waits alone for a lift.")])
        give("end_dream", by: "mia", in: inquiry)
        give("choose_change", by: "olga", in: inquiry, ["what": .string("One number for both sides")])
        give("end_choosing", by: "mia", in: inquiry)
        give(
            "add_tip", by: "mia", in: inquiry,
            ["tip": .string("Meet on the ward."), "helps": .string("Discharge"), "from": .string("A hospital charity")])
    }

    static let story = "# The lift home\n\nA driver and a nurse had met over tea.\n"

    private mutating func writeCaseStudy(_ inquiry: ID) throws {
        give(
            "begin_case_study", by: "mia", about: [.ofCase("appreciative_inquiry"): inquiry],
            ["title": .string("The lift home"), "contributors": .list([person("noor"), person("omar")])])
        let study = newest("case_study")
        tickAll("mia")
        #expect(refused("hand_in_study", by: "mia", in: study).contains("mandate draft"))
        write("case_study", by: "mia", in: study, Self.story)
        give("hand_in_study", by: "mia", in: study)
        let story: [String: Value] = ["title": .string("The lift home"), "words": .string("How a lift home came about.")]
        #expect(refused("publish_study", by: "mia", in: study, story).contains("not answered"))
        give("give_consent", by: "noor", in: newest("study_consent", of: "noor"))
        give("refuse_consent", by: "omar", in: newest("study_consent", of: "omar"))
        #expect(refused("publish_study", by: "mia", in: study, story).contains("Not everyone"))
        give("give_consent", by: "omar", in: newest("study_consent", of: "omar"))
        #expect(refused("celebrate", by: "mia", in: inquiry) != "")
        give("publish_study", by: "mia", in: study, story)
        #expect(mailed("case_study").count == 4 && mailed("consent_request") == ["Noor", "Omar"])
        tickAll("mia")
    }

    /// A qualification: need, partners, standards, a purse, accreditation, learners, too few of them, the last seen through, a successor.
    static func qualifying() throws -> Network {
        var it = try Network(at: "2026-01-12")
        it.give(
            "name_need", by: "olga", about: about,
            ["title": .string("Leading volunteers"), "post": .string("Volunteer lead"), "lead": it.person("mia")])
        let programme = it.newest("qualification")
        it.tickAll("mia")
        it.give("describe_need", by: "mia", in: programme)
        it.findPartners(programme)
        it.give("record_rejection", by: "mia", in: programme, ["why": .string("Say more of level 5.")])
        it.give("end_design", by: "mia", in: programme)
        it.tickAll("mia")
        it.give("go_to_awarder", by: "mia", in: programme)
        it.give(
            "record_accreditation", by: "mia", in: programme,
            [
                "accredited_by": .string("An awarding body"), "reference": .string("LV5"),
                "accredited_until": .string("2029-01-31"),
            ])
        try it.learn(programme)
        try it.closeDown(programme)
        return it
    }

    private mutating func findPartners(_ programme: ID) {
        give("add_partner", by: "mia", in: programme, ["name": .string("A college"), "part": .string("teaches")])
        #expect(refused("form_consortium", by: "mia", in: programme).contains("two partners"))
        give("add_partner", by: "mia", in: programme, ["name": .string("An institute"), "part": .string("awards")])
        give("form_consortium", by: "mia", in: programme)
        #expect(refused("end_design", by: "mia", in: programme).contains("unit"))
        give(
            "map_standard", by: "mia", in: programme,
            [
                "programme": .string("Leading volunteers"), "standard": .string("A1"), "unit": .string("Welcoming"),
                "level": .int(5),
            ])
        let level: [String: Value] = ["level": .int(5), "for_whom": .string("Those who lead programmes"), "places": .int(12)]
        give("add_level", by: "mia", in: programme, level)
        #expect(refused("add_level", by: "mia", in: programme, level).contains("already"))
        give("end_design", by: "mia", in: programme)
        tickAll("mia")
        #expect(refused("go_to_awarder", by: "mia", in: programme).contains("purse"))
        give(
            "ask_purse", by: "mia", in: programme,
            ["who": .string("The county"), "agrees": .bool(true), "places": .int(10)])
        give("go_to_awarder", by: "mia", in: programme)
    }

    private mutating func learn(_ programme: ID) throws {
        give(
            "enrol", by: "olga", about: [.ofCase("qualification"): programme, .person: Self.id("noor")],
            ["level": .int(5), "assessor": person("pia")])
        let noor = newest("enrolment")
        #expect(refused("ask_for_award", by: "noor", in: noor).contains("No evidence"))
        give(
            "hand_in_evidence", by: "noor", in: noor, ["unit": .string("Welcoming"), "what": .string("My welcome plan.")])
        tickAll("noor")
        give("ask_for_award", by: "noor", in: noor)
        let award: [String: Value] = [
            "award": .string("Leading volunteers"), "level": .int(5), "awarded": .string("2026-06-01"),
            "reference": .string("LV5-1"),
        ]
        #expect(refused("give_award", by: "pia", in: noor, award).contains("not been looked at"))
        give("check_evidence", by: "pia", in: noor)
        give("give_award", by: "pia", in: noor, award)
        #expect(mailed("award_record") == ["Noor"])
        give(
            "enrol", by: "olga", about: [.ofCase("qualification"): programme, .person: Self.id("omar")],
            ["level": .int(5), "assessor": person("pia")])
    }

    private mutating func closeDown(_ programme: ID) throws {
        try on("2026-07-20")
        #expect(owes("mia").contains("Count who has registered for Leading volunteers"))
        give("count_registrations", by: "mia", in: programme, ["registrations": .int(3)])
        tickAll("olga")
        give(
            "withdraw_programme", by: "olga", in: programme,
            ["why": .string("Too few can pay."), "last_enrolment": .string("2026-09-30")])
        tickAll("mia")
        #expect(refused("end_teaching_out", by: "mia", in: programme).contains("learners"))
        give("leave_programme", by: "omar", in: newest("enrolment", of: "omar"))
        give("end_teaching_out", by: "mia", in: programme)
        give(
            "name_successor", by: "olga", in: programme,
            [
                "title": .string("Leading people who volunteer"), "post": .string("Volunteer lead"),
                "lead": person("pia"),
            ])
        #expect(!isOpen(programme) && newest("qualification") != programme)
    }
}
