import CEL
import Calendars
import Diagnostics
import Statecharts
import Workflows

/// Tells the way to a situation: each step numbered, in the author's words, at the place in the file that made it possible.
struct Story {
    private let explorer: Explorer
    private let terrain: Terrain

    init(_ explorer: Explorer, _ terrain: Terrain) {
        self.explorer = explorer
        self.terrain = terrain
    }

    /// The steps from the beginning to this one.
    func told(upTo last: Explorer.Arrival, leadingTo end: Situation) -> [Finding.Related] {
        var way = [last]
        while let first = way.first, first.from >= 0 { way.insert(explorer.arrivals[Int(first.from)], at: 0) }
        return way.enumerated().map { number, arrival in
            step(
                number + 1, arrival,
                after: number + 1 < way.count ? explorer.situations[Int(way[number + 1].from)] : end)
        }
    }

    private func step(_ number: Int, _ arrival: Explorer.Arrival, after: Situation) -> Finding.Related {
        let (seat, range, words) = told(arrival)
        let workflow = explorer.model.cut(of: seat).workflow
        var text = "\(number). \(words)"
        let supposed = arrival.supposed.compactMap(self.supposed)
        if !supposed.isEmpty { text += ", supposing that \(supposed.joined(separator: " and "))" }
        let changes = changes(from: Int(arrival.from), to: after)
        text += changes.isEmpty ? "." : ": \(changes.joined(separator: "; "))."
        return Finding.Related(file: workflow.file, range: range, message: text)
    }

    /// Who did what: the case concerned, the place in its file, the words.
    private func told(_ arrival: Explorer.Arrival) -> (Int, SourceRange, String) {
        let model = explorer.model
        func start(_ seat: Int) -> SourceRange { model.cut(of: seat).workflow.states.first?.origin ?? .start }
        switch arrival.move {
        case .opening: return (0, start(0), "It begins")
        case .command(let seat, let number, let form):
            let command = model.cut(of: seat).workflow.commands[number]
            let local = arrival.from < 0 ? nil : model.local(explorer.situations[Int(arrival.from)], seat)
            let giver = explorer.giver(of: command, at: seat, local).map { person, role in self.named(person, role) }
            let values = explorer.form(seat, number, form)
            return (seat, command.origin, "\(giver ?? "Somebody") says \"\(command.title)\"\(values)")
        case .word(let number):
            let word = explorer.outside[number]
            let seat = word.seats.first
            return (seat ?? 0, start(seat ?? 0), "Word comes: \(plain(word.word))")
        case .start(let seat): return (seat, start(seat), "\(title(of: seat)) begins")
        case .look(let seat): return (seat, start(seat), "\(title(of: seat)) goes on by itself")
        case .delay(let seat, let moment):
            let it = model.cut(of: seat).workflow.moments[moment]
            return (seat, it.origin, "Time passes: \(it.rule.text)")
        case .tick(let number): return (0, start(0), "Time passes: \(model.clock.ticks[number].name)")
        case .rest(let seat): return (seat, start(seat), "All else in \(title(of: seat)) has ended")
        }
    }

    private func named(_ person: String, _ role: Role) -> String {
        switch role {
        case .ofBody(let name), .ofOrganisation(let name): "The \(plain(name))"
        default: ModelSociety.name(of: person)
        }
    }

    private func plain(_ name: String) -> String { name.split(separator: "_").joined(separator: " ") }

    private func title(of seat: Int) -> String {
        let title = explorer.model.cut(of: seat).workflow.title
        guard let person = explorer.model.seats[seat].keys.named[.representative] else { return "\"\(title)\"" }
        return "\"\(title)\" (\(ModelSociety.name(of: person)))"
    }

    /// A supposition in words; those about values show in what follows.
    private func supposed(_ asked: Choices.Asked) -> String? {
        guard asked.count == 2, !asked.question.hasPrefix("the ") else { return nil }
        return asked.answer == 0 ? asked.question : "it is not so that \(asked.question)"
    }

    /// Where each case has come to that moved.
    private func changes(from: Int, to: Situation) -> [String] {
        let model = explorer.model
        return model.seats.indices.compactMap { seat in
            let before = from < 0 ? nil : model.local(explorer.situations[from], seat)
            guard let after = model.local(to, seat), before?.active != after.active else { return nil }
            let new = after.active.filter { !(before?.active.contains($0) ?? false) && !$0.contains(Cut.restEvent) }
            guard !new.isEmpty else { return nil }
            return "\(title(of: seat)) is in \(new.map { "`\($0)`" }.joined(separator: ", "))"
        }
    }
}

extension Explorer {
    /// What was filled in, in words.
    func form(_ seat: Int, _ command: Int, _ form: Int) -> String {
        let values = forms(seat, command)[form].sorted { $0.key < $1.key }.map { name, value in
            "\(name.split(separator: "_").joined(separator: " ")): \(Self.words(value))"
        }
        return values.isEmpty ? "" : " (\(values.joined(separator: ", ")))"
    }
}
