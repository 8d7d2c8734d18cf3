import Calendars
import Documents
import Governance
import Workflows

/// An interest declared in one item, with all that came of it: worked out once, for minutes, sheet, register and reports alike.
struct Declaration {
    var ofCase: Case
    var item: Item
    var meeting: Meeting
    var representative: Representative
    var kind: String
    var nature: String
    var isSensitive: Bool
    /// When it was declared, or, where it came over with a deferred item, confirmed.
    var declared: Instant
    /// Came over with a deferred item, and has not been confirmed.
    var isOffered: Bool
    /// When its owner said that it is no longer held.
    var dropped: Instant?
    var ruling: String?
    var ruledBy: ID?
    /// What was said to help the decision; empty where nothing was.
    var facts: [String]
    /// When the owner left for the item, and came back.
    var left: Instant?
    var returned: Instant?
    /// Whether the owner was there when the item was decided; nil where it was not decided.
    var wasThere: Bool?
    var tookPart: Bool?

    var person: ID { representative.person }
}

extension Papers {
    /// The interests declared in an item, in the order of their declaration.
    func declarations(in item: Item) -> [Declaration] {
        standing.cases(of: "interest").filter { $0.subjects[.item] == item.id }.compactMap { declaration($0) }
    }

    /// The interests declared in any item of a meeting, item by item.
    func declarations(at meeting: Meeting) -> [Declaration] {
        records.items(of: meeting.id).flatMap { declarations(in: $0) }
    }

    private func declaration(_ it: Case) -> Declaration? {
        guard let item = it.subjects[.item].flatMap({ records.items[$0] }), let meeting = records.meetings[item.meeting],
            let representative = it.subjects[.representative].flatMap({ records.representatives[$0] })
        else { return nil }
        let absence = absence(for: it, of: representative.person, at: meeting)
        let ruled = it.given["rule"]
        let decided = item.resolution
        return Declaration(
            ofCase: it, item: item, meeting: meeting, representative: representative, kind: it.word("kind") ?? "",
            nature: it.word("nature").map { standing.words($0) } ?? "", isSensitive: it.flag("sensitive"),
            declared: it.given["still_stands"]?.at ?? it.began, isOffered: it.isIn("standing.offered"),
            dropped: it.given["no_longer"]?.at, ruling: ruled == nil ? nil : it.word("ruling"), ruledBy: ruled?.by,
            facts: facts(given: it), left: absence?.until, returned: absence?.back,
            wasThere: decided.map { wasThere(representative.person, at: meeting, $0.at) },
            tookPart: decided.map { $0.tookPart.contains(representative.person) })
    }

    private func facts(given it: Case) -> [String] {
        guard it.given["give_facts"] != nil else { return [] }
        let words = commands("give_facts", in: it.id).compactMap { self.words("facts", of: $0) }
        return words.isEmpty ? ["given at the meeting"] : words
    }

    /// The stretch away from the meeting that began with the withdrawal: from the roll, which may have been amended since, the
    /// departure nearest to the command.
    private func absence(for it: Case, of person: ID, at meeting: Meeting) -> (until: Instant, back: Instant?)? {
        guard let withdrew = it.given["withdraw"]?.at else { return nil }
        let stretches = records.rolls[meeting.id]?.presence[person] ?? []
        let departures = stretches.indices.filter { stretches[$0].until != nil }
        let distance = { (index: Int) in abs((stretches[index].until ?? withdrew).seconds - withdrew.seconds) }
        guard let nearest = departures.min(by: { distance($0) < distance($1) }), let left = stretches[nearest].until else {
            return (withdrew, nil)
        }
        return (left, stretches.indices.contains(nearest + 1) ? stretches[nearest + 1].from : nil)
    }

    private func wasThere(_ person: ID, at meeting: Meeting, _ moment: Instant) -> Bool {
        (records.rolls[meeting.id]?.presence[person] ?? []).contains { $0.covers(moment) }
    }
}

extension Papers {
    /// As documents tell it. Kind and nature of a sensitive interest are told to nobody but the secretary and the chair (Localism Act 2011
    /// s.32: only that there is one); that of an interest in a restricted item to those who may read the item.
    func view(of it: Declaration, reader: ID?) -> DeclarationView {
        let body = it.meeting.body
        let mayKnow = !it.isSensitive && (!isHidden(it.item, from: reader))
        return DeclarationView(
            who: standing.name(of: it.person), organisation: organisation(of: it.representative),
            kind: it.isSensitive ? nil : it.kind,
            nature: mayKnow ? it.nature.nonEmpty : nil, isSensitive: it.isSensitive, declared: declared(it),
            ruling: it.ruling.map(Self.words(forRuling:)), ruledBy: it.ruledBy.map { standing.name(of: $0) },
            facts: mayKnow && !it.facts.isEmpty ? it.facts.joined(separator: "; ") : nil,
            left: it.left.map { clock($0, for: body) }, returned: it.returned.map { clock($0, for: body) },
            note: note(on: it, reader: reader).nonEmpty)
    }

    private func declared(_ it: Declaration) -> String {
        let body = it.meeting.body
        guard let opened = it.meeting.opened, it.declared >= opened else {
            return "before the meeting, \(date(of: it.declared, for: body))"
        }
        return "at the meeting, \(clock(it.declared, for: body))"
    }

    static func words(forRuling ruling: String) -> String {
        switch ruling {
        case "clear": "may take part"
        case "may_stay_for_facts": "may stay to give facts"
        case "must_withdraw": "must withdraw"
        default: ruling.split(separator: "_").joined(separator: " ")
        }
    }

    private func note(on it: Declaration, reader: ID?) -> String {
        var notes: [String] = []
        if it.isOffered { notes.append("Came over with the deferred item; not yet confirmed") }
        if let dropped = it.dropped { notes.append("No longer held, as said on \(date(of: dropped, for: it.meeting.body))") }
        if it.left != nil, it.returned == nil, it.meeting.ended != nil { notes.append("Did not return") }
        if it.tookPart == false {
            notes.append(it.wasThere == true ? "Took no part in the decision" : "Was not in the room for the decision")
        }
        if it.isSensitive, isOfficer(reader, of: it.meeting.body), !it.nature.isEmpty {
            notes.append("For the secretary and the chair alone: \(it.kind), \(it.nature)")
        }
        return notes.joined(separator: ". ")
    }

    /// The sheet of interests declared for a meeting.
    public func declarations(_ id: ID, reader: ID? = nil, isMailed: Bool = false) throws -> DeclarationsView {
        let meeting = try meeting(id)
        let items = records.items(of: id).compactMap { item -> ItemDeclarationsView? in
            let declared = declarations(in: item)
            guard !declared.isEmpty else { return nil }
            return ItemDeclarationsView(
                number: number(of: item), title: title(of: item, for: reader),
                declarations: declared.map { view(of: $0, reader: reader) })
        }
        let answers = answers(at: meeting)
        return DeclarationsView(
            meeting: view(of: meeting), letter: isMailed ? letter(to: reader, body: meeting.body) : nil,
            date: day(of: now, for: meeting.body), items: items, none: answers.none, awaited: answers.awaited,
            excused: answers.excused, secretary: secretary(of: meeting.body))
    }

    /// Who has nothing to declare, has not answered, will not attend, by name.
    private func answers(at meeting: Meeting) -> (none: [String], awaited: [String], excused: [String]) {
        let declared = Set(declarations(at: meeting).map(\.representative.id))
        var none: [String] = []
        var awaited: [String] = []
        var excused: [String] = []
        for it in seatings(of: meeting) where !declared.contains(it.id) {
            let theirs = latestCase(of: it.id, at: meeting.id)
            let name = standing.name(of: it.person)
            let came = records.rolls[meeting.id]?.presence[it.person]?.isEmpty == false
            if apology(of: it, at: meeting) != nil, !came {
                excused.append(name)
            } else if theirs?.given["declare_none"] != nil {
                none.append(name)
            } else {
                awaited.append(name)
            }
        }
        return (none, awaited, excused)
    }
}
