import CEL
import Calendars
import Governance
import Testing
import Workflows

// Agreeing a code, reflecting, speaking to the public, belonging: what the case for a code asks for.
extension Network {
    /// From the proposal to the year's review: workshops, two drafts with comments, a vote that fails, one that carries.
    static func agreeingACode() throws -> Network {
        var it = try Network(at: "2026-01-12")
        it.give(
            "propose_code", by: "olga", about: about,
            [
                "title": .string("Code of practice"), "aims": .string("To do well by volunteers."), "editor": it.person("mia"),
            ])
        let code = it.newest("code_adoption")
        #expect(it.mailed("code_proposal") == ["Mia", "Noor", "Omar", "Pia"])
        try it.holdWorkshop(code)
        try it.draft(code)
        try it.vote(code, from: "2026-04-07", closes: "2026-04-20", ["noor": "against", "omar": "against", "pia": "in_favour"])
        #expect(it.isIn("making.writing", code))
        it.tickAll("mia")
        it.give("send_code_draft", by: "mia", in: code, ["changes": .string("Shorter.")])
        try it.vote(
            code, from: "2026-05-01", closes: "2026-05-20", ["noor": "in_favour", "omar": "in_favour", "pia": "abstain"])
        #expect(it.isIn("making.adopting", code))
        it.give(
            "adopt_code", by: "olga", in: code, ["title": .string("Code of practice"), "date": .string("2026-05-21")])
        try it.liveByTheCode(code)
        return it
    }

    private mutating func holdWorkshop(_ code: ID) throws {
        #expect(refused("end_workshops", by: "mia", in: code).contains("at least one workshop"))
        try on("2026-02-02")
        give(
            "record_workshop", by: "mia", in: code,
            ["day": .string("2026-01-30"), "people": .int(14), "heard": .string("Say what we owe to volunteers.")])
        #expect(refused("end_workshops", by: "mia", in: code).contains("Still to tick"))
        tickAll("mia")
        #expect(refused("end_workshops", by: "noor", in: code).contains("only for"))
        give("end_workshops", by: "mia", in: code)
    }

    private mutating func draft(_ code: ID) throws {
        tickAll("mia")
        give("send_code_draft", by: "mia", in: code, ["changes": .string("The first draft.")])
        #expect(mailed("code_draft").count == 4)
        give(
            "comment_on_code", by: "noor", about: [.ofCase("code_adoption"): code],
            ["place": .string("clause 2"), "words": .string("It forgets carers.")])
        #expect(
            refused("open_vote", by: "olga", in: code, ["closes": .string("2026-04-20")]).contains("no answer yet"))
        #expect(owes("mia").contains("Answer Noor on clause 2"))
        give(
            "answer_comment", by: "mia", in: newest("code_comment"),
            ["answer": .string("It names them now."), "taken_up": .bool(true)])
        #expect(mailed("comment_answer") == ["Noor"])
    }

    private mutating func vote(_ code: ID, from start: String, closes: String, _ votes: KeyValuePairs<String, String>) throws {
        try on(start)
        #expect(
            refused("open_vote", by: "olga", in: code, ["closes": .string(start)]).contains("ten days"))
        give("open_vote", by: "olga", in: code, ["closes": .string(closes), "least": .int(2)])
        for (name, choice) in votes {
            #expect(owes(name).contains("Vote on Code of practice"))
            give("vote_on_code", by: name, in: newest("code_vote", of: name), ["choice": .string(choice)])
        }
        try on(String(closes.prefix(8)) + "22")
    }

    private mutating func liveByTheCode(_ code: ID) throws {
        #expect(refused("end_clauses", by: "mia", in: code).contains("at least one clause"))
        let clause: [String: Value] = [
            "clause": .string("Wider effects"), "words": .string("We think of those whom our work touches."),
            "basis": .string("000 L36"),
        ]
        give("enter_clause", by: "mia", in: code, clause)
        #expect(refused("enter_clause", by: "olga", in: code, clause).contains("of that name"))
        give("end_clauses", by: "mia", in: code)
        give("send_briefing", by: "mia", in: code)
        #expect(mailed("associates_briefing") == ["Arlo"])
        for name in ["mia", "noor"] {
            tickAll(name)
            give("go_by_code", by: name, in: newest("code_acknowledgement", of: name))
        }
        give(
            "decline_code", by: "omar", in: newest("code_acknowledgement", of: "omar"),
            ["why": .string("My employer forbids it.")])
        #expect(owes("olga").contains("Talk with Omar about what stands in the way"))
        give(
            "settle_decline", by: "olga", in: newest("code_acknowledgement", of: "omar"),
            ["what": .string("He keeps to it all the same.")])
        try on("2027-05-03")
        #expect(owes("olga").contains("Show the public how the code has been kept"))
        tickAll("olga")
        give("give_assurance", by: "olga", in: code)
        give("renew_code", by: "olga", in: code, ["aims": .string("To say more of carers."), "editor": person("pia")])
        #expect(isIn("renewing", code) && newest("code_adoption") != code)
    }

    /// A plan, a judgement, a meeting looked back on, a year, and nothing of it for others to read.
    static func reflecting() throws -> Network {
        var it = try Network(at: "2026-02-02")
        it.give("begin_reflecting", by: "mia", about: [.person: id("mia")], ["companion": it.person("noor")])
        let own = it.newest("reflection")
        #expect(it.refused("end_plan", by: "mia", in: own).contains("at least one step"))
        it.give(
            "add_step", by: "mia", in: own, ["step": .string("Learn to say no kindly."), "by_when": .string("2026-06-30")])
        #expect(it.refused("add_step", by: "noor", in: own, ["step": .string("x"), "by_when": .string("2026-06-30")]) != "")
        it.give("end_plan", by: "mia", in: own)
        it.give("show_plan", by: "mia", in: own)
        it.give(
            "record_judgement", by: "mia", in: own,
            [
                "decision": .string("I sent a volunteer home."), "reasons": .string("She was ill."),
                "answerable_to": .string("The ward"),
            ])
        try it.meetingLookedBackOn()
        try it.yearOfReflection(own)
        return it
    }

    private mutating func meetingLookedBackOn() throws {
        let start = try Value.timestamp(Timestamp(#require(Instant("2026-04-14T14:00:00Z"))))
        give("plan_meeting", by: "sue", ["body": .string("b1"), "start": start, "title": .string("April meeting")])
        try on("2026-04-15")
        for (command, who) in [("preside", "carl"), ("arrive", "carl"), ("arrive", "mia")] {
            give(command, by: "sue", about: [.meeting: "m1"], ["person": person(who)])
        }
        give("open_meeting", by: "sue", about: [.meeting: "m1"])
        give("end_meeting", by: "sue", about: [.meeting: "m1"])
        #expect(owes("mia").contains("Look back on April meeting"))
        give(
            "reflect_on_meeting", by: "mia", in: newest("meeting_reflection"),
            ["on_what": .string("April"), "went_well": .string("We listened."), "learnt": .string("Ask early.")])
        give("share_from_meeting", by: "mia", in: newest("meeting_reflection"), ["what": .string("Ask early.")])
    }

    private mutating func yearOfReflection(_ own: ID) throws {
        try on("2026-05-04")
        give(
            "weigh_judgement", by: "mia", in: own,
            ["on_what": .string("Sending her home"), "went_well": .string("She came back."), "learnt": .string("Call first.")])
        try on("2026-08-10")
        #expect(owes("mia").contains("See how your plan is getting on"))
        tickAll("mia")
        give("finish_step", by: "mia", in: own)
        give("check_plan", by: "mia", in: own)
        try on("2027-01-20")
        #expect(owes("mia").contains("Look back on your year"))
        tickAll("mia")
        give("end_look_back", by: "mia", in: own)
        #expect(owes("mia").contains("Write your development plan for the year"))
    }

    /// A statement that is sent back once, signed off by somebody else, published, asked about and corrected.
    static func speakingToThePublic() throws -> Network {
        var it = try Network(at: "2026-03-02")
        let asked: [String: Value] = [
            "title": .string("A volunteer was hurt"), "matter": .string("The fall of 1 March."), "writer": it.person("mia"),
            "checker": it.person("noor"), "signatory": it.person("mia"),
        ]
        it.give("open_statement", by: "olga", about: about, asked)
        let statement = it.newest("public_statement")
        #expect(
            it.refused("name_signatory", by: "olga", in: statement, ["signatory": it.person("noor")]).contains(
                "neither written"))
        it.give("name_signatory", by: "olga", in: statement, ["signatory": it.person("rita")])
        it.tickAll("mia")
        #expect(it.refused("hand_in_statement", by: "mia", in: statement).contains("mandate draft"))
        it.write("public_statement", by: "mia", in: statement, "# A volunteer was hurt\n\nShe is well again.\n")
        it.give("hand_in_statement", by: "mia", in: statement)
        it.give("return_statement", by: "noor", in: statement, ["returned": .string("Name the day.")])
        it.give("hand_in_statement", by: "mia", in: statement)
        it.tickAll("noor")
        it.give("pass_statement", by: "noor", in: statement)
        #expect(it.refused("sign_statement", by: "mia", in: statement) != "")
        it.give("sign_statement", by: "rita", in: statement)
        it.give(
            "publish_statement", by: "olga", in: statement,
            ["title": .string("A volunteer was hurt"), "words": .string("She is well again.")])
        it.give(
            "note_question", by: "olga", about: [.ofCase("public_statement"): statement],
            ["from": .string("A neighbour"), "question": .string("Was she alone?")])
        #expect(it.owes("mia").contains("Answer A neighbour on A volunteer was hurt"))
        it.tickAll("mia")
        it.give("answer_question", by: "mia", in: it.newest("public_question"), ["answer": .string("No.")])
        it.give("correct_statement", by: "mia", in: statement, ["what": .string("It was on 2 March.")])
        try it.on("2026-07-01")
        #expect(!it.isOpen(statement))
        return it
    }

    /// Somebody joins from a public service, is welcomed, says where they work, and leaves.
    static func belonging() throws -> Network {
        var it = try Network(at: "2026-03-02")
        it.give(
            "apply_to_join", by: "quin", about: [.organisation: network, .person: id("quin")],
            ["kind": .string("paid"), "sector": .string("public"), "hopes": .string("To meet others.")])
        let membership = it.newest("membership")
        #expect(it.owes("olga").contains("Answer Quin, who would like to join"))
        it.give("admit", by: "olga", in: membership, ["action": .string("join"), "person": it.person("quin")])
        #expect(it.standing.records.organisations[network]?.constituency.contains(id("quin")) == true)
        #expect(it.mailed("welcome_pack") == ["Quin"])
        #expect(it.refused("welcome", by: "olga", in: membership).contains("Still to tick"))
        it.tickAll("olga")
        it.give("welcome", by: "olga", in: membership)
        it.give("introduce", by: "olga", in: membership, ["to": .list([it.person("mia"), it.person("noor")])])
        it.give(
            "confirm_profile", by: "quin", in: membership, ["kind": .string("both"), "sector": .string("public")])
        try it.on("2027-04-01")
        #expect(it.owes("quin").contains("Say in what segment you work"))
        it.give("leave_network", by: "quin", in: membership)
        it.tickAll("olga")
        it.give("say_goodbye", by: "olga", in: membership, ["action": .string("leave"), "person": it.person("quin")])
        #expect(it.standing.records.organisations[network]?.constituency.contains(id("quin")) == false)
        #expect(!it.isOpen(membership))
        return it
    }
}
