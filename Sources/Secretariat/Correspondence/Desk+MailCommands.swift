import CEL
import Calendars
import Documents
import Governance
import Journals
import Post
import Workflows

// Commands that people give by answering a mail.
extension Desk {
    func takeCommand(_ it: inout MailInHand) throws -> MailOutcome {
        let senders = people(at: it.mail.sender)
        guard let token = AnswerToken(in: it.mail.subject) else {
            guard let sender = senders.first else { return .ignored(reason: "nobody known wrote it, and it answers nothing") }
            return try passOn(&it, from: sender, "it holds no answer that a program can read")
        }
        guard let person = senders.first(where: { token.isMade(for: $0, by: it.secret) }) else {
            return try takeStrange(token, senders, &it)
        }
        guard let duty = held.standing.duties[token.duty],
            let owed = registrar.describe(duty, in: held.standing, now: it.now),
            let command = registrar.rulebook.workflow(of: owed.ofCase)?.command(named: token.command)
        else {
            return try passOn(&it, from: person, "what it answers is not known any more")
        }
        return try take(MailedCommand(token, command, owed, of: person, it.mail, papers(it)), &it)
    }

    /// A token that is not its sender's: made up, passed on, or sent from another address of the same person. It is never a command.
    private func takeStrange(_ token: AnswerToken, _ senders: [ID], _ it: inout MailInHand) throws -> MailOutcome {
        let owner = held.standing.records.people.keys.sorted(by: numbered).first { token.isMade(for: $0, by: it.secret) }
        if let owner { return try passOnClaim(for: owner, &it) }
        guard let sender = senders.first else {
            return .ignored(reason: "nobody known wrote it, and it answers nothing of ours")
        }
        return try passOn(&it, from: sender, "what it answers was never asked of them")
    }

    private func take(_ asked: MailedCommand, _ it: inout MailInHand) throws -> MailOutcome {
        let (owed, command, person) = (asked.owed, asked.command, asked.person)
        let papers = papers(it)
        if let ended = owed.duty.ended {
            if papers.isStillSo(command, owed) { return try confirmAgain(asked, ended.at, &it) }
            let when = papers.moment(ended.at, for: owed.body)
            return try refuse("This was settled on \(when) and is no longer open.", asked, &it)
        }
        guard papers.version(of: owed, command.name) == asked.token.version else {
            let isList = papers.confirmsChecklist(command.name, owed)
            let reason =
                isList
                ? "The meeting has moved, or there is more on the list now than when you were asked"
                : "The meeting has moved since you were asked"
            return try refuse(reason + ". Please answer what is asked now.", asked, &it)
        }
        if command.isWordless, asked.words.spoken != nil {
            return try refuse(
                "This counts only without words of your own, and your mail has some, so nothing is recorded. If it is so, send the mail "
                    + "as it opens; if not, choose another answer.", asked, &it)
        }
        var standing = held.standing
        var steps: [Decision.Taken] = []
        let lines = papers.confirmsChecklist(command.name, owed) ? owed.checklist.filter { !$0.isDone } : []
        for line in lines {
            switch registrar.tick(duty: owed.duty.id, line: line.key, isDone: true, by: person, in: standing, now: it.now) {
            case .refused(let refusal): return try refuse(refusal.reason, notes: refusal.notes, asked, &it)
            case .taken(let taken):
                steps.append(taken)
                standing = taken.standing
            }
        }
        if asked.isReport {
            switch try write(asked, in: standing, it) {
            case nil:
                return try refuse(
                    "Your mail holds no report. Write a line or more under at least one of the headings, and send it again.",
                    asked, &it)
            case .refused(let refusal)?: return try refuse(refusal.reason, notes: refusal.notes, asked, &it)
            case .taken(let taken)?:
                steps.append(taken)
                standing = taken.standing
            }
        }
        return try take(asked, after: steps, ticking: lines.map(\.text), in: standing, &it)
    }

    private func take(
        _ asked: MailedCommand, after steps: [Decision.Taken], ticking ticked: [String], in standing: Standing,
        _ it: inout MailInHand
    ) throws -> MailOutcome {
        var asked = asked
        let decision: Decision
        do { decision = try decide(&asked, in: standing, it) } catch let failure as FormFailure {
            return try refuse("\(failure)".capitalised + ".", asked, &it)
        }
        switch decision {
        case .refused(let refusal): return try refuse(refusal.reason, notes: refusal.notes, asked, &it)
        case .taken(let taken):
            for step in steps { try take(step, &it) }
            try take(taken, &it, command: it.id)
            try confirm(asked, ticked, &it)
            return .done(command: asked.command.name, person: asked.person)
        }
    }

    private func confirm(_ asked: MailedCommand, _ ticked: [String], _ it: inout MailInHand) throws {
        let papers = papers(it)
        var view = AnswerMailView(
            letter: papers.letter(to: asked.person, about: asked.owed.ofCase), asked: asked.command.title, isDone: true,
            notes: papers.about(asked.owed, for: asked.person).map { ["For: " + $0] } ?? [], ticked: ticked)
        try passOnWords(asked, "which is done", &view, &it)
        try answer(view, to: asked.person, ofCase: asked.owed.ofCase.id, &it)
    }

    /// Who sends an answer twice hears that it stands.
    private func confirmAgain(_ asked: MailedCommand, _ at: Instant, _ it: inout MailInHand) throws -> MailOutcome {
        let papers = papers(it)
        var view = AnswerMailView(
            letter: papers.letter(to: asked.person, about: asked.owed.ofCase), asked: asked.command.title, isKnown: true,
            notes: ["Recorded: " + papers.moment(at, for: asked.owed.body)]
                + (papers.about(asked.owed, for: asked.person).map { ["For: " + $0] } ?? []))
        try passOnWords(asked, "which was recorded before", &view, &it)
        try answer(view, to: asked.person, ofCase: asked.owed.ofCase.id, &it)
        return .repeated(command: asked.command.name, person: asked.person)
    }

    /// Tells the sender why it was not done, and what they can do instead.
    private func refuse(_ reason: String, notes: [String] = [], _ asked: MailedCommand, _ it: inout MailInHand) throws
        -> MailOutcome
    {
        let papers = papers(it)
        let (owed, person) = (asked.owed, asked.person)
        var view = AnswerMailView(
            letter: papers.letter(to: person, about: owed.ofCase), asked: asked.command.title, reason: reason, notes: notes,
            duty: owed.duty.isOpen && owed.owners.contains(person) ? papers.view(of: owed, for: person) : nil)
        try passOnWords(asked, "which was not done", &view, &it)
        try answer(view, to: person, ofCase: owed.ofCase.id, &it)
        return .refused(reason: reason, person: person)
    }

    /// Words of the sender's own are for a person to read, and the answer says so.
    private func passOnWords(
        _ asked: MailedCommand, _ what: String, _ view: inout AnswerMailView, _ it: inout MailInHand
    ) throws {
        guard let words = asked.words.spoken else { return }
        let reason = "they answered \"\(asked.command.title)\", \(what), and wrote more"
        view.words = words
        view.areWordsRead = try askToRead(of: asked.person, at: asked.owed.body ?? body(for: asked.person, it), reason, &it)
    }
}

// Forms.
extension Desk {
    /// Makes what stands under the headings of the mail the text of the report; nil where nothing stands there.
    private func write(_ asked: MailedCommand, in standing: Standing, _ it: MailInHand) throws -> Decision? {
        let name = FeedbackReportView.workflowName
        let ofCase = asked.owed.ofCase.id
        let request = PaperRequest(document: name, ofCase: ofCase, meeting: asked.owed.meeting, reader: asked.person)
        let papers = Papers(facts(at: it.now, story: try story(of: request, it.transaction)))
        let view = try papers.feedbackReport(ofCase, reader: asked.person)
        guard let filled = ReportSheet.filled(view, with: asked.words) else { return nil }
        let text = try workspace.templates.render(filled, as: .markdown)
        let file = try files.store(Array(text.utf8))
        return registrar.edit(draft: name, of: ofCase, file: file, by: asked.person, in: standing, now: it.now)
    }

    /// Decides with all that the mail fills in; what may be left empty and cannot be taken goes to whoever reads the rest.
    private func decide(_ asked: inout MailedCommand, in standing: Standing, _ it: MailInHand) throws -> Decision {
        let reader = FormReader(
            lookup: lookup(), zone: registrar.rulebook.binding(of: asked.owed.body).zone, meeting: asked.owed.meeting,
            keep: { _ in "" })
        var command = Command(
            id: it.id, name: asked.command.name, ofCase: asked.owed.ofCase.id, actor: asked.person)
        for field in asked.fields { command.fields[field.name] = try asked.value(of: field, reader) }
        let decision = registrar.decide(command, in: standing, now: it.now)
        let extra = asked.fields.filter { $0.type.isOptional && command.fields[$0.name] != nil }
        guard case .refused(let refusal) = decision, refusal.kind == .form, !extra.isEmpty else { return decision }
        for field in extra { command.fields[field.name] = nil }
        let without = registrar.decide(command, in: standing, now: it.now)
        guard case .taken = without else { return decision }
        for field in extra { asked.passOn(field) }
        return without
    }
}
