extension DeadlineRule {
    /// The deadline that the facts give, or why there is none. Without `explained` the derivation holds the rule's text only, which
    /// costs a fraction.
    public func evaluate(in facts: DeadlineFacts, explained: Bool = true) -> Result<Deadline, DeadlineFailure> {
        let reckoning = Reckoning(facts: facts, rule: self, isExplained: explained)
        do {
            let found = try reckoning.found(form)
            return .success(
                Deadline(
                    instant: found.instant, date: found.date, hasClock: found.hasClock,
                    derivation: reckoning.derivation ?? Derivation(rule: text)))
        } catch {
            return .failure(error)
        }
    }
}

/// Works one rule out, writing down each step where asked to.
struct Reckoning {
    let facts: DeadlineFacts
    let meansStartOfDay: Bool
    /// Where the steps are written down; nil where nobody asked for them.
    private let notebook: Notebook?

    /// Kept apart, so that a step's words can be made from what is being worked out.
    private final class Notebook {
        var derivation: Derivation
        init(_ derivation: Derivation) { self.derivation = derivation }
    }

    init(facts: DeadlineFacts, rule: DeadlineRule, isExplained: Bool) {
        self.facts = facts
        meansStartOfDay = rule.meansStartOfDay
        notebook = isExplained ? Notebook(Derivation(rule: rule.text)) : nil
    }

    /// A moment reached: its civil day, and the instant where it has a clock.
    struct Point {
        var date: CivilDate
        var instant: Instant?
    }

    struct Found {
        var date: CivilDate
        var instant: Instant
        var hasClock: Bool
    }

    func found(_ form: DeadlineRule.Form) throws(DeadlineFailure) -> Found {
        switch form {
        case .moment(let origin, nil):
            let point = try point(origin)
            note("\(capitalised(words(origin))) is \(words(point)).", point.date)
            return settled(point)
        case .moment(let origin, let time), .day(let origin, let time):
            let point = try point(origin)
            note("\(capitalised(day(of: origin))) is \(point.date.words).", point.date)
            return settled(point.date, at: time)
        case .endOfDay(let origin):
            let date = try point(origin).date
            note("\(capitalised(day(of: origin))) is \(date.words).", date)
            return ended(date)
        case .counted(let length, let direction, let origin, let time): return try counted(length, direction, origin, time)
        case .beginning(let length, let origin, let time):
            return settled(try lastDay(of: length, beginningWith: origin), at: time)
        case .weekday(let number, let weekday, let direction, let origin, let time):
            return settled(try nth(number, weekday, direction, origin), at: time)
        case .chosen(let choice, let first, let second): return try chosen(choice, first, second)
        }
    }

    private func chosen(
        _ choice: DeadlineRule.Choice, _ first: DeadlineRule.Form, _ second: DeadlineRule.Form
    ) throws(DeadlineFailure) -> Found {
        let first = try found(first)
        let second = try found(second)
        let isFirst = choice == .earlier ? first.instant <= second.instant : first.instant >= second.instant
        let taken = isFirst ? first : second
        note("The \(choice.rawValue) of \(words(first)) and \(words(second)) is \(words(taken)).", taken.date)
        return taken
    }
}

// MARK: Origins and ends

extension Reckoning {
    func point(_ origin: DeadlineRule.Origin) throws(DeadlineFailure) -> Point {
        switch origin {
        case .path(let named):
            guard let anchor = facts.anchor(named.path) else { throw .notKnown(named.path, named.range) }
            switch anchor {
            case .date(let date): return Point(date: date)
            case .instant(let instant): return point(instant)
            }
        case .written(.date(let date)): return Point(date: date)
        case .written(.local(let civil)): return Point(date: civil.date, instant: facts.zone.instant(of: civil))
        case .written(.instant(let instant)): return point(instant)
        case .entry:
            guard let entered = facts.entered else { throw .notEntered }
            return point(entered)
        case .due:
            guard let due = facts.due else { throw .noDue }
            return point(due)
        }
    }

    func point(_ instant: Instant) -> Point { Point(date: facts.zone.civil(at: instant).date, instant: instant) }

    /// The moment itself, or the whole day where it has no clock.
    func settled(_ point: Point) -> Found {
        guard let instant = point.instant else { return settled(point.date, at: nil) }
        return Found(date: point.date, instant: instant, hasClock: true)
    }

    /// The day with the clock, or without one its end; for openings and reminders its start.
    func settled(_ date: CivilDate, at time: CivilTime?) -> Found {
        if let time { return clocked(CivilDateTime(date, time)) }
        guard meansStartOfDay else { return ended(date) }
        note("No time is given, so it is the start of \(date.words), \(facts.zone.name).", date)
        return Found(date: date, instant: facts.zone.start(of: date), hasClock: false)
    }

    private func ended(_ date: CivilDate) -> Found {
        note("No time is given, so it is the end of \(date.words), \(facts.zone.name).", date)
        return Found(date: date, instant: facts.zone.end(of: date), hasClock: false)
    }

    private func clocked(_ civil: CivilDateTime) -> Found {
        let instant = facts.zone.instant(of: civil)
        if isExplained {
            let shown = facts.zone.civil(at: instant)
            let again = facts.zone.transitions(from: instant.adding(seconds: 1), through: instant.adding(seconds: 86_400))
                .contains { facts.zone.civil(at: $0) <= civil && facts.zone.civil(at: $0.adding(seconds: -1)) >= civil }
            let letters = facts.zone.abbreviation(at: instant)
            if shown != civil { note("The clocks skip \(civil.time) that day; it moves on to \(shown.time).", civil.date) }
            if again { note("The clocks show \(civil.time) twice that day; the first is meant.", civil.date) }
            note("It is \(shown.words), \(facts.zone.name) (\(letters)).", shown.date)
        }
        return Found(date: civil.date, instant: instant, hasClock: true)
    }
}

// MARK: Words

extension Reckoning {
    var isExplained: Bool { notebook != nil }
    var derivation: Derivation? { notebook?.derivation }

    /// Writes into the derivation, where there is one.
    func amend(_ change: (inout Derivation) -> Void) {
        guard let notebook else { return }
        change(&notebook.derivation)
    }

    func note(_ text: @autoclosure () -> String, _ date: CivilDate? = nil) {
        guard let notebook else { return }
        notebook.derivation.steps.append(Derivation.Step(text: text(), date: date))
    }

    /// What a person calls the moment: "the meeting", "the end of the term".
    func words(_ origin: DeadlineRule.Origin) -> String {
        switch origin {
        case .path(let named): facts.phrase(named.path) ?? Self.phrase(named.path)
        case .written: "the moment named"
        case .entry: "the moment from which this counts"
        case .due: "the moment when it is due"
        }
    }

    func day(of origin: DeadlineRule.Origin) -> String {
        switch origin {
        case .path: "the day of \(words(origin))"
        case .written: "the day named"
        case .entry: "the day from which this counts"
        case .due: "the day when it is due"
        }
    }

    func words(_ point: Point) -> String {
        point.instant.map { "\(facts.zone.civil(at: $0).words), \(facts.zone.name)" } ?? point.date.words
    }

    private func words(_ found: Found) -> String {
        found.hasClock ? facts.zone.civil(at: found.instant).words : found.date.words
    }

    func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    private static func phrase(_ path: [String]) -> String {
        guard path.count == 2 else { return "`\(path.joined(separator: "."))`" }
        switch path[1] {
        case "start": return path[0] == "meeting" ? "the meeting" : "the start of the \(path[0])"
        case "end", "ended": return "the end of the \(path[0])"
        case "opened": return "the opening of the \(path[0])"
        default: return "`\(path.joined(separator: "."))`"
        }
    }
}
