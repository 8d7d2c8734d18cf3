import CEL
import Calendars
import Statecharts
import Workflows

extension Proceeding {
    /// Puts one word to every case that it concerns, in the order in which they began.
    mutating func hear(_ word: Word) throws(Refusal) {
        try count("the word `\(word.event)`")
        try note(word)
        let keys = SubjectKeys(named: word.about, in: standing)
        // A person may be in cases about any organisation.
        guard standing.holdsCircle(of: keys), standing.circles == nil || keys[.person] == nil || keys[.organisation] != nil
        else {
            throw Refusal(.beyond, "The word `\(word.event)` goes beyond what is at hand.")
        }
        let event = Event(word.event, data: .fields(word.payload))
        let concerned = standing.openCaseIDs(inCircle: keys.circle).filter { id in
            standing.cases[id].map { keys.reaches(standing.keys(of: $0)) } ?? false
        }
        for id in concerned {
            guard let it = standing.cases[id], it.isOpen, let workflow = rulebook.workflow(of: it) else { continue }
            for rule in workflow.rules where rule.when == word.event {
                try world(of: it, workflow, event: event.data).check(rule)
            }
            guard workflow.hears(word.event), try isReady(id, event, workflow) else { continue }
            _ = try step(id, event, entry: .word, named: word.event)
        }
        try beginCases(calledBy: word, about: keys)
    }

    /// Begins a case of each workflow that the word calls into being, where none for the same subjects is open or there may be
    /// several. What the word carries goes into the variables of the same names.
    private mutating func beginCases(calledBy word: Word, about keys: SubjectKeys) throws(Refusal) {
        for workflow in rulebook.ordered {
            guard case .word(let calls, _) = workflow.beginning, calls.contains(word.event) else { continue }
            let subjects = keys.all.filter { workflow.subjects.contains($0.key) }
            guard subjects.count == workflow.subjects.count,
                workflow.mayBeSeveral || !standing.cases(of: workflow.name, for: subjects).contains(where: \.isOpen)
            else { continue }
            let variables = word.payload.filter { pair in workflow.variables.contains { $0.name == pair.key } }
            try begin(workflow, for: subjects, with: variables, isByEach: false)
        }
    }

    /// What the records themselves learn from words about a meeting.
    private mutating func note(_ word: Word) throws(Refusal) {
        if word.event == "item_opened", word.from != nil, var item = word.about[.item].flatMap({ standing.records.items[$0] }) {
            item.opened = effective
            apply(.recorded(.item(item)))
            return
        }
        guard let id = word.about[.meeting], var meeting = standing.records.meetings[id], word.from != nil else { return }
        begin(.word, word.event, stream: standing.family(of: word.about), ofCase: word.from)
        switch word.event {
        case "meeting_opened" where meeting.opened == nil: meeting.opened = effective
        case "meeting_ended" where meeting.ended == nil:
            if let opened = meeting.opened, effective < opened {
                throw Refusal(
                    .form,
                    "The meeting was opened on \(rulebook.spoken(opened, for: meeting.body)) and cannot have ended before.")
            }
            meeting.ended = effective
            closeRoll(of: id)
        case "meeting_cancelled": meeting.isCancelled = true
        case "papers_circulated":
            for paper in standing.records.papers(of: id) where paper.circulated == nil {
                var sent = paper
                sent.circulated = effective
                apply(.recorded(.paper(sent)))
            }
            return
        default: return
        }
        apply(.recorded(.meeting(meeting)))
        stale.formUnion(standing.openCases(inFamily: "meeting/" + id).map(\.id))
    }

    /// When the meeting ends, everybody leaves.
    private mutating func closeRoll(of meeting: ID) {
        guard var roll = standing.records.rolls[meeting] else { return }
        for (person, presence) in roll.presence {
            guard var last = presence.last, last.until == nil else { continue }
            last.until = max(effective, last.from)
            roll.presence[person] = presence.dropLast() + [last]
        }
        if roll != standing.records.rolls[meeting] { apply(.recorded(.roll(roll))) }
    }

    /// Whether what a word would set off has all that it needs; where it has not, the word goes unheard.
    private func isReady(_ id: ID, _ event: Event, _ workflow: Workflow) throws(Refusal) -> Bool {
        guard let it = standing.cases[id] else { return false }
        let world = world(of: it, workflow, event: event.data)
        let chosen = workflow.chart.selection(of: event, in: try restore(it, workflow), world: world)
        guard !chosen.isEmpty else { return false }
        return chosen.allSatisfy { tag in
            (workflow.note(ofTransition: tag)?.needs ?? []).allSatisfy { unmet($0, tag, world) == nil }
        }
    }

    /// Begins a case that another one starts. A stand-in named by seat and person becomes a representative of that seat. Where an
    /// open case for the same subjects stands already, none begins beside it, unless the workflow says that there may be several.
    mutating func start(
        _ name: String, for named: [SubjectKind: ID], with variables: [String: Value], by: ID
    ) throws(Refusal) {
        guard let workflow = rulebook.workflows[name], let starter = standing.cases[by] else { return }
        let keys = SubjectKeys(named: named, in: standing)
        guard standing.holdsCircle(of: keys) || keys.named.keys.allSatisfy({ [.person, .organisation].contains($0) }) else {
            throw Refusal(.beyond, "To start `\(name)` goes beyond what is at hand.")
        }
        begin(.beginning, name, stream: starter.family, ofCase: by)
        var subjects = named
        var variables = variables
        for kind in workflow.subjects where subjects[kind] == nil {
            subjects[kind] = find(kind, named: named, workflow: name, variables: variables, starter: starter)
        }
        subjects = subjects.filter { workflow.subjects.contains($0.key) }
        guard subjects.count == workflow.subjects.count else {
            throw Refusal(
                .form, "The workflow `\(name)` cannot start: it is not said for which \(missing(workflow, subjects)).")
        }
        if !workflow.mayBeSeveral, standing.cases(of: name, for: subjects).contains(where: \.isOpen) {
            throw Refusal(.notNow, "\(workflow.title) is under way already for the same \(list(workflow.subjects)).")
        }
        variables = variables.filter { pair in workflow.variables.contains { $0.name == pair.key } }
        try begin(workflow, for: subjects, with: variables, isByEach: false)
    }

    private func missing(_ workflow: Workflow, _ subjects: [SubjectKind: ID]) -> String {
        workflow.subjects.first { subjects[$0] == nil }?.rawValue ?? ""
    }

    private func list(_ kinds: [SubjectKind]) -> String { kinds.map(\.rawValue).joined(separator: " and ") }

    /// A subject that follows from those named, or that is made for the case: a stand-in, the next meeting's item.
    private mutating func find(
        _ kind: SubjectKind, named: [SubjectKind: ID], workflow: String, variables: [String: Value], starter: Case
    ) -> ID? {
        switch kind {
        case .representative where named[.seat] != nil && named[.person] != nil:
            return standIn(seat: named[.seat] ?? "", person: named[.person] ?? "")
        case .item where named[.meeting] != nil:
            return newItem(variables, at: named[.meeting] ?? "")
        default:
            let keys = SubjectKeys(named: named, in: standing).all
            return keys[kind] ?? standing.keys(of: starter)[kind]
        }
    }

    private mutating func standIn(seat: ID, person: ID) -> ID {
        let known = standing.records.representatives(inSeat: seat).first { $0.person == person && $0.term == nil }
        if let known { return known.id }
        let it = Representative(id: standing.nextID("r"), seat: seat, person: person, term: nil)
        apply(.recorded(.representative(it)))
        return it.id
    }

    /// A new item on a later agenda: one that continues a deferred item, at its end, or one that confirms minutes, at its head.
    private mutating func newItem(_ variables: [String: Value], at meeting: ID) -> ID? {
        guard var record = standing.records.meetings[meeting] else { return nil }
        let old = variables.id("continues").flatMap { standing.records.items[$0] }
        let item = Item(
            id: standing.nextID("i"), meeting: meeting, title: variables.text("title") ?? old?.title ?? "",
            purpose: variables.text("purpose") ?? old?.purpose ?? "discussion",
            confirms: variables.id("confirms") ?? old?.confirms, continues: old?.id, restrictedUntil: old?.restrictedUntil,
            concerns: old?.concerns, added: effective)
        apply(.recorded(.item(item)))
        record.items.insert(item.id, at: item.confirms == nil ? record.items.count : 0)
        for paper in old.map({ standing.records.papers(of: $0.meeting) }) ?? [] where paper.item == old?.id {
            record.papers.append(bring(paper, to: item))
        }
        apply(.recorded(.meeting(record)))
        return item.id
    }

    /// A deferred item brings its papers along: the same files, to be circulated for the later meeting.
    private mutating func bring(_ paper: Paper, to item: Item) -> ID {
        let brought = Paper(
            id: standing.nextID("a"), meeting: item.meeting, item: item.id, title: paper.title, file: paper.file,
            fileName: paper.fileName, restrictedUntil: paper.restrictedUntil, added: effective)
        apply(.recorded(.paper(brought)))
        return brought.id
    }
}

extension Workflow {
    /// Whether cases for the same subjects may be open at once.
    var mayBeSeveral: Bool {
        switch beginning {
        case .command, .by(_, several: true), .word(_, several: true): true
        case .by, .each, .word: false
        }
    }

    /// Whether any transition waits for the word.
    func hears(_ word: String) -> Bool {
        transitions.contains { note in
            guard case .event(let name) = note.trigger else { return false }
            return name == word || name.split(separator: " ").contains { Event.fits(String($0), word) }
        }
    }
}
