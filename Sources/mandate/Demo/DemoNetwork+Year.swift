// The network's year, in the order in which it is lived.
extension DemoNetwork {
    /// September: somebody joins; a code is proposed; a plan is to be answered; the year's learning and somebody's own begin.
    func begin() throws {
        try say(
            Self.quentin, "apply_to_join",
            ["organisation": Self.name, "kind": "paid", "sector": "public", "hopes": "To meet others who do this."])
        try say(Self.nadia, "admit", ["person": Self.quentin])
        try finish(Self.nadia, "welcome")
        try say(Self.nadia, "introduce", ["to": Self.omar, "to": Self.pia])
        try say(Self.quentin, "confirm_profile", ["kind": "paid", "sector": "public"])
        try say(
            Self.nadia, "propose_code",
            [
                "title": "Code of practice of those who lead volunteers", "aims": "To do well by volunteers, and be seen to.",
                "editor": Self.omar,
            ])
        try refused(Self.omar, "end_workshops")
        try say(
            Self.omar, "record_workshop", ["day": "2026-09-19", "people": "14", "heard": "Say what we owe to volunteers."])
        try finish(Self.omar, "end_workshops")
        try say(
            Self.nadia, "open_response",
            [
                "title": "The county's ten-year care plan", "asked_by": "Northshire Council", "closes": "2026-12-18",
                "lead": Self.ruth, "signatory": Self.wanda,
            ])
        try say(Self.ruth, "ask_question", ["question": "What would help your volunteers most?"])
        try finish(Self.ruth, "ask_members")
        try say(
            Self.nadia, "begin_programme",
            ["title": "Learning together 2026-27", "organiser": Self.tariq, "last_day": "2027-06-15"])
        try say(Self.pia, "begin_reflecting", ["companion": Self.ruth])
        try say(Self.pia, "add_step", ["step": "Learn to say no kindly.", "by_when": "2027-03-31"])
        try say(Self.pia, "end_plan")
    }

    /// October: views of all segments, a first draft, a map of where services touch, a programme.
    func hearAndMap() throws {
        try say(Self.omar, "tell_view", ["segment": "public", "view": "Each ward needs somebody who leads volunteers."])
        try say(Self.pia, "tell_view", ["segment": "voluntary", "view": "Do not count heads.", "minority": "yes"])
        try refused(Self.ruth, "end_hearing")
        try say(Self.ruth, "note_unheard", ["segment": "private", "why": "No member works in a firm yet."])
        try say(Self.ruth, "end_hearing")
        try finish(Self.omar, "send_code_draft", ["changes": "The first draft."])
        try say(Self.pia, "comment_on_code", ["place": "clause 2", "words": "It forgets carers."])
        try say(Self.quentin, "note_theme", ["theme": "Long waits", "why": "More people wait at home."])
        try finish(Self.tariq, "end_themes")
        try refused(Self.tariq, "publish_programme")
        try say(Self.tariq, "plan_event", ["title": "Waiting well", "day": "2026-11-20", "for_whom": "all_sectors"])
        try say(
            Self.tariq, "plan_event",
            ["title": "Three chairs", "day": "2027-02-19", "for_whom": "voluntary", "triangle": "yes"])
        try finish(Self.tariq, "publish_programme")
        try say(Self.nadia, "open_inquiry", ["title": "Coming home from hospital", "steward": Self.pia])
        try say(
            Self.pia, "map_touch_point",
            ["place": "The ward door", "public_side": "Discharge team", "voluntary_side": "Drivers who take people home"])
        try say(Self.pia, "end_map")
        try say(Self.pia, "name_group", ["name": "Ward staff", "kind": "staff", "is_in": "yes"])
        try say(Self.pia, "name_group", ["name": "Drivers", "kind": "volunteers", "is_in": "yes"])
        try say(Self.pia, "name_group", ["name": "The county's policy team", "kind": "policy_makers", "is_in": "no"])
        try say(
            Self.nadia, "name_need",
            ["title": "Leading volunteers, level 5", "post": "Volunteer lead", "lead": Self.ruth])
    }

    /// November: the comment is answered, the vote begins; the answer is signed off and sent; the inquiry hears stories.
    func voteAndAnswer() throws {
        try refused(Self.nadia, "open_vote", ["closes": "2026-12-15"])
        try say(Self.omar, "answer_comment", ["answer": "It names them now.", "taken_up": "yes"])
        try say(Self.omar, "send_code_draft", ["changes": "Carers are named."])
        try say(Self.nadia, "open_vote", ["closes": "2026-12-15", "least": "3"])
        for (who, choice) in [
            (Self.omar, "in_favour"), (Self.pia, "in_favour"), (Self.ruth, "against"), (Self.quentin, "in_favour"),
        ] {
            try say(who, "vote_on_code", ["choice": choice])
        }
        try refused(Self.ruth, "hand_in_response")
        try write(Self.ruth, "consultation_response", of: "policy_response", Self.answer)
        try finish(Self.ruth, "hand_in_response")
        try say(Self.wanda, "sign_response")
        try say(Self.ruth, "submit_response", ["receipt": "NC-204"])
        try refused(Self.pia, "open_doors")
        try say(Self.pia, "bring_in_group", ["name": "The county's policy team"])
        try say(Self.pia, "open_doors")
        try say(Self.omar, "join_inquiry")
        try finish(Self.omar, "agree_ground_rules")
        try say(Self.pia, "begin_discovery")
        try say(
            Self.omar, "tell_story",
            ["story": "The nurse rang the driver herself.", "made_possible": "They had met over tea."])
        try finish(Self.pia, "thank_for_story")
        try hear("Waiting well", came: "23")
        try finish(Self.ruth, "describe_need")
    }

    private static let answer = """
        # The county's ten-year care plan: our answer

        The plan counts on more people who volunteer, and says little of who is to lead them.

        **What we see.** Where somebody leads volunteers, people stay for years. Where nobody does, they leave within weeks.

        **Where our members differ.** Some would have the plan set a number of volunteers; most would not.

        **What we ask for.** Somebody on each ward who leads volunteers, by the second year of the plan.

        """

    /// All three sides of the one event that is over.
    private func hear(_ event: String, came: String) throws {
        try say(Self.tariq, "record_event", ["came": came])
        for (side, said) in [
            ("volunteers", "We were listened to."), ("service_users", "More of this."), ("carers", "Begin later."),
        ] {
            try say(Self.tariq, "record_feedback", ["side": side, "said": said, "people": "5"])
        }
        try finish(Self.tariq, "end_feedback", ["changes": "Events begin at eleven."])
    }

    /// December: the code is adopted, and a statement is made.
    func goByTheCode() throws {
        try say(
            Self.nadia, "adopt_code", ["title": "Code of practice of those who lead volunteers", "date": "2027-01-01"])
        try say(
            Self.omar, "enter_clause",
            ["clause": "Wider effects", "words": "We think of those whom our work touches.", "basis": "000 L36"])
        try say(Self.omar, "end_clauses")
        try say(Self.omar, "send_briefing")
        for who in [Self.omar, Self.pia, Self.quentin] { try finish(who, "go_by_code") }
        try say(
            Self.nadia, "open_statement",
            [
                "title": "A driver was hurt", "matter": "The fall of 20 December.", "writer": Self.ruth, "checker": Self.omar,
                "signatory": Self.wanda,
            ])
        try write(
            Self.ruth, "public_statement", of: "public_statement",
            "# A driver was hurt\n\nA volunteer fell on 20 December as she took somebody home. She is well again. We check the cars.\n"
        )
        try finish(Self.ruth, "hand_in_statement")
        try finish(Self.omar, "pass_statement")
        try say(Self.wanda, "sign_statement")
        try say(
            Self.nadia, "publish_statement", ["title": "A driver was hurt", "words": "She is well again. We check the cars."])
        try say(Self.nadia, "note_question", ["from": "A neighbour", "question": "Was she alone?"])
        try finish(Self.ruth, "answer_question", ["answer": "No, somebody was with her."])
    }

    /// January: roles are reviewed; partners for the qualification are found.
    func review() throws {
        try finish(Self.pia, "end_discovery")
        try say(Self.pia, "write_dream", ["dream": "Nobody waits alone for a lift."])
        try say(Self.pia, "end_dream")
        try say(Self.nadia, "choose_change", ["what": "One number for both sides"])
        try say(Self.pia, "end_choosing")
        try say(Self.nadia, "review_roles", ["title": "What volunteers do, 2027", "lead": Self.tariq])
        try say(
            Self.tariq, "list_role", ["role": "Walking companion", "brings": "Company out of doors", "change": "broadened"])
        try finish(Self.tariq, "end_list")
        try finish(Self.tariq, "confirm_readiness")
        try say(
            Self.tariq, "record_exchange", ["with": "A hospice", "sector": "voluntary", "learnt": "They ask carers first."])
        try finish(Self.tariq, "end_exchange")
        try say(Self.ruth, "add_partner", ["name": "A college", "part": "teaches"])
        try refused(Self.ruth, "form_consortium")
        try say(Self.ruth, "add_partner", ["name": "An institute of managers", "part": "awards"])
        try say(Self.ruth, "form_consortium")
        try say(
            Self.ruth, "map_standard",
            ["programme": "Leading volunteers, level 5", "standard": "A1", "unit": "Welcoming", "level": "5"])
        try say(Self.ruth, "add_level", ["level": "5", "for_whom": "Those who lead programmes", "places": "12"])
        try say(Self.ruth, "end_design")
        try say(Self.ruth, "ask_purse", ["who": "The county", "agrees": "yes", "places": "10"])
        try finish(Self.ruth, "go_to_awarder")
    }
}
