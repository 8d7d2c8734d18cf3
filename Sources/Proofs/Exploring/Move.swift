import CEL
import Statecharts
import Workflows

/// Something that somebody may do or that may happen in the model.
enum Move: Hashable {
    /// The model begins: the meeting is planned, and cases that begin by themselves have begun.
    case opening
    /// A command, by its number, with one of its forms filled in.
    case command(seat: Int, command: Int, form: Int)
    /// Word from outside of the slice, by its number.
    case word(Int)
    /// A case is started from outside.
    case start(seat: Int)
    /// A case notices that what it waits for has come to hold.
    case look(seat: Int)
    /// A moment passes that counts from the entry of a state.
    case delay(seat: Int, moment: Int)
    /// A moment of the clock passes.
    case tick(Int)
    /// The regions of a case that are left out have all ended.
    case rest(seat: Int)
}

extension Model {
    /// Word that may come from outside of the slice at any time.
    struct OutsideWord: Hashable {
        var word: String
        /// The cases that it reaches.
        var seats: [Int]
    }

    /// Whether something outside of the slice may start the case: another, or, where it is about a case, whoever gives its command.
    func isStartedOutside(_ seat: Int) -> Bool {
        let workflow = cut(of: seat).workflow
        if case .command = workflow.beginning { return seats[seat].isAboutCase }
        guard case .by = workflow.beginning, horizon.starts.contains(workflow.name) else { return false }
        return terrain.surroundings(of: seats[seat].place).contains { node in
            !slice.nodes.contains(node) && terrain.region(of: node).facts.started.contains(workflow.name)
        }
    }

    /// Word that regions outside of the slice, the engine and delayed sendings may bring; of those that reach the same cases, one.
    func outsideWords() -> [OutsideWord] {
        var found: [OutsideWord] = []
        var seen: Set<[String]> = []
        func add(_ word: String, _ about: ModelKeys) {
            let reached = seats.indices.filter { about.reaches(seats[$0].keys) && cut(of: $0).heardWords.contains(word) }
            guard !reached.isEmpty, seen.insert([word] + reached.map(String.init)).inserted else { return }
            found.append(OutsideWord(word: word, seats: reached))
        }
        let heard = Set(cuts.flatMap(\.heardWords)).intersection(horizon.words)
        for node in terrain.nodes {
            let isOutside = !slice.nodes.contains(node)
            for word in terrain.region(of: node).facts.told.intersection(heard).sorted() {
                // What is told `about:` something may also come from a case of another meeting, which the model does not have.
                for reach in terrain.reach(of: word, from: node.place) where isOutside || reach.isNamed {
                    add(word, reach.about)
                }
            }
        }
        for place in terrain.places.indices {
            for word in terrain.anatomies[terrain.places[place].workflow].engineWords.intersection(heard).sorted() {
                add(word, terrain.places[place].keys.asWord)
            }
        }
        for word in heard.sorted() where Vocabulary.engineEvents[word] != nil {
            add(word, ModelKeys([.meeting: "m1"], terrain.cases))
        }
        return found
    }

    /// The forms in which a command may come: each value of each field that something hangs on.
    func forms(of command: CommandDefinition, at seat: Int) -> [[String: Value]] {
        let wanted = fieldsAsked
        var forms: [[String: Value]] = [[:]]
        for field in command.fields + (command.record?.fields ?? []) where wanted.contains(field.name) {
            let values = values(of: field, at: seat)
            if values.isEmpty || forms.count * values.count > Self.formLimit { continue }
            forms = forms.flatMap { form in values.map { form.merging([field.name: $0]) { $1 } } }
        }
        return forms
    }

    private static let formLimit = 64

    private func values(of field: Field, at seat: Int) -> [Value] {
        guard case .subject(let kind) = field.type.base else { return field.type.domain(telling: terrain.words) }
        var values = field.type.domain(telling: terrain.words)
        if let from = field.type.from {
            let world = ModelWorld(self)
            world.seat = seat
            world.situation = Situation(locals: seats.map { _ in Situation.absent })
            let empty = [Value](repeating: .null, count: cut(of: seat).variables.count)
            if let program = try? Program(from.text, in: cut(of: seat).environment),
                case .list(let chosen)? = world.value(program, empty, supposing: false)
            {
                values = chosen
            } else {
                values = [ModelSociety.reference(kind, ModelSociety.outside)]
            }
            if field.type.isOptional { values = [.null] + values }
        }
        return values
    }

    /// The fields of `event` that expressions of the slice name.
    private var fieldsAsked: Set<String> {
        var found: Set<String> = []
        for cut in cuts {
            for program in cut.entries.map(\.program) + cut.rules.compactMap({ $0 }) {
                for path in program.paths where path[0] == "event" {
                    if path.count > 1 {
                        found.insert(path[1])
                    } else {
                        found.formUnion(cuts.flatMap { $0.variables.map(\.name) })
                    }
                }
            }
        }
        return found
    }
}

extension Anatomy {
    /// Words that the engine brings to the case that mailed a document, or that it sent to itself.
    var engineWords: Set<String> {
        var words = sentWords
        for case .mail(let document, _) in workflow.effects { words.insert(document + "_settled") }
        return words
    }
}

extension Terrain {
    /// About what the workflow of a place may tell a word: its own subjects, or each thing of the model that `about:` may mean.
    func reach(of word: String, from place: Int) -> [(about: ModelKeys, isNamed: Bool)] {
        let workflow = workflow(of: place)
        var found: [(about: ModelKeys, isNamed: Bool)] = []
        if workflow.states.contains(where: { $0.announce == word }) { found.append((places[place].keys.asWord, false)) }
        for case .tell(word, let about, _) in workflow.effects {
            guard !about.isEmpty else {
                found.append((places[place].keys.asWord, false))
                continue
            }
            var subjects: [[SubjectKind: String]] = [[:]]
            for kind in about.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
                subjects = subjects.flatMap { known in
                    ModelSociety.ids(of: kind).map { known.merging([kind: $0]) { $1 } }
                }
            }
            found += subjects.map { (ModelKeys($0, cases), true) }
        }
        return found
    }
}
