import ArgumentParser
import Governance
import Secretariat

struct MeetingRoll: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roll", abstract: "Show the roll, or record several arrivals at once.",
        discussion: "Where one arrival cannot be recorded, none is.")

    @OptionGroup var acting: ActingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    @Option(help: ArgumentHelp("Who has arrived in the room, with commas between.", valueName: "people"))
    var present: String?

    @Option(help: ArgumentHelp("Who takes part from afar, with commas between.", valueName: "people"))
    var remote: String?

    func run() throws {
        try attempt {
            let session = try Session(acting.place)
            try recordArrivals(session)
            let found = try session.meeting(meeting, by: try session.actorIfNamed(acting.reading))
            let roll = session.roll(of: found)
            session.show(.list(roll.map { session.plain($0) }), roll.map { words($0, found, session) }.joined(separator: "\n"))
        }
    }

    /// Records all arrivals, or, where one of them cannot be, none.
    private func recordArrivals(_ session: Session) throws {
        let named = [(present, "room"), (remote, "remote")].flatMap { people, manner in
            (people ?? "").split(separator: ",").map { (name: $0.drop { $0 == " " }, manner: manner) }
        }
        guard !named.isEmpty else { return }
        var commands: [Command] = []
        for (name, manner) in named {
            var request = try session.request(acting)
            request.command = "arrive"
            request.meeting = meeting
            request.id = acting.commandID.map { "\($0)/\(name)" }
            request.fill("person", String(name))
            request.fill("manner", manner)
            switch try session.desk.prepare(request) {
            case .failure(let refusal): try session.refuse(refusal)
            case .success(let prepared): commands.append(prepared.command)
            }
        }
        let reply = try session.desk.perform(commands, id: acting.commandID ?? Chance.system.token())
        guard case .refused(var refusal) = reply else { return }
        if commands.count > 1 { refusal.notes.append("None of the \(commands.count) was recorded.") }
        try session.refuse(refusal)
    }

    private func words(_ line: RollLine, _ meeting: Meeting, _ session: Session) -> String {
        let stretches = line.presence.map { stretch in
            let until = stretch.until.map { session.spoken($0, for: meeting.body) } ?? "now"
            return "\(session.spoken(stretch.from, for: meeting.body)) to \(until) (\(stretch.manner.rawValue))"
        }
        let name = session.standing.name(of: line.person)
        return
            "\(name)\(line.seat.map { ", " + $0 } ?? ""): \(line.attendance)\(stretches.isEmpty ? "" : "; ")\(stretches.joined(separator: "; "))"
    }
}

/// One person on the roll of a meeting.
struct RollLine {
    var person: ID
    /// The seat's name; nil for someone without one.
    var seat: String?
    var attendance: String
    var presence: [Presence]
}

extension Session {
    /// The members in the order of their seats, then others who were there.
    func roll(of meeting: Meeting) -> [RollLine] {
        let presence = records.rolls[meeting.id]?.presence ?? [:]
        let members = standing.members(of: meeting.id)
        let seated = members.map { it in
            RollLine(
                person: it.person, seat: records.seats[it.seat]?.name, attendance: standing.attendance(of: it, at: meeting.id),
                presence: presence[it.person] ?? [])
        }
        let others = presence.keys.filter { person in !members.contains { $0.person == person } }.sorted(by: numbered)
        return seated + others.map { RollLine(person: $0, seat: nil, attendance: "attended", presence: presence[$0] ?? []) }
    }

    func plain(_ line: RollLine) -> Plain {
        .map([
            "person": .text(line.person), "name": .text(standing.name(of: line.person)), "seat": Plain(line.seat),
            "attendance": .text(line.attendance),
            "presence": .list(
                line.presence.map { stretch in
                    .map(["from": Plain(stretch.from), "until": Plain(stretch.until), "manner": .text(stretch.manner.rawValue)])
                }),
        ])
    }
}
