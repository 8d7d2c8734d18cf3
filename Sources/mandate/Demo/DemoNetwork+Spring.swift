// From spring to summer.
extension DemoNetwork {
    /// March: the programme is accredited and takes its first learner; a case study waits for consent.
    func teach() throws {
        try say(
            Self.ruth, "record_accreditation",
            ["accredited_by": "An institute of managers", "reference": "LV5", "accredited_until": "2030-03-31"])
        try say(Self.nadia, "enrol", ["person": Self.omar, "level": "5", "assessor": Self.tariq])
        try say(
            Self.pia, "add_tip",
            ["tip": "Meet on the ward before you need each other.", "helps": "Discharge", "from": "A hospital charity"])
        try say(
            Self.pia, "begin_case_study", ["title": "The lift home", "contributors": Self.omar, "contributors": Self.quentin])
        try write(
            Self.pia, "case_study", of: "case_study",
            "# The lift home\n\nOmar drove, Quentin rang from the ward. Nobody waited in the hall any more.\n")
        try finish(Self.pia, "hand_in_study")
        try refused(Self.pia, "publish_study", ["title": "The lift home", "words": "How it came about."])
        for who in [Self.omar, Self.quentin] { try say(who, "give_consent") }
        try say(Self.pia, "publish_study", ["title": "The lift home", "words": "How it came about."])
        try finish(Self.pia, "celebrate")
        try say(Self.tariq, "record_event", ["came": "31"])
    }

    /// The end of March: evidence is looked at, an award is made, a consent is withdrawn.
    func award() throws {
        try refused(Self.omar, "ask_for_award")
        try say(Self.omar, "hand_in_evidence", ["unit": "Welcoming", "what": "My plan for the first week."])
        try finish(Self.omar, "ask_for_award")
        try refused(Self.omar, "give_award", Self.award)
        try say(Self.tariq, "check_evidence")
        try say(Self.tariq, "give_award", Self.award)
        try say(Self.quentin, "withdraw_consent")
        try finish(Self.pia, "take_down_study")
    }

    private static let award: KeyValuePairs = [
        "award": "Leading volunteers", "level": "5", "awarded": "2027-03-24", "reference": "LV5-1",
    ]

    /// April: what came of the answer, and of the volunteers' work.
    func reportBack() throws {
        try say(Self.ruth, "record_outcome", ["came_of_it": "Each ward gets somebody who leads volunteers."])
        try say(Self.nadia, "release_outcome")
        try story.mandate("remind")
        try say(Self.omar, "answer_outcome", ["text": "Thank you. Ours has begun."])
        try refused(Self.tariq, "count_volunteers", ["volunteers": "300"])
        for side in ["people_served", "volunteers"] {
            try say(
                Self.tariq, "record_measure",
                ["role": "Walking companion", "side": side, "seen": "Out of doors again, twice a week", "asked": "11"])
        }
        try say(Self.tariq, "count_volunteers", ["volunteers": "300"])
        try finish(Self.tariq, "end_measures")
        try say(Self.nadia, "report_review")
        for (side, said) in [("volunteers", "Good talk."), ("service_users", "We were asked first."), ("carers", "Again.")] {
            try say(Self.tariq, "record_feedback", ["side": side, "said": said, "people": "7"])
        }
        try finish(Self.tariq, "end_feedback", ["changes": "Carers open each event."])
    }

    /// June: the programme looks back.
    func closeTheYear() throws {
        try say(Self.tariq, "end_programme", ["lessons": "Begin with carers."])
    }
}
