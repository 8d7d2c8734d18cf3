import ArgumentParser
import Governance
import Secretariat

struct MeetingRoll: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roll", abstract: "Show the roll, or record several arrivals at once.")

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
            // All names are understood before anybody's arrival is recorded.
            let named = [(present, "room"), (remote, "remote")].flatMap { people, manner in
                (people ?? "").split(separator: ",").map { (name: String($0), manner: manner) }
            }
            let arrivals = try named.map { try prepared($0.name, $0.manner, session) }
            let refusals = try arrivals.compactMap { try arrive($0, session) }
            let found = try session.meeting(meeting, by: try session.actorIfNamed(acting.reading))
            let roll = session.roll(of: found)
            session.show(.list(roll.map { session.plain($0) }), roll.map { words($0, found, session) }.joined(separator: "\n"))
            // The others are on the roll; what was refused is told in one piece.
            guard let first = refusals.first else { return }
            for refusal in refusals.dropFirst() { complain("refused: " + refusal.reason) }
            try session.refuse(first)
        }
    }

    private func prepared(
        _ person: String, _ manner: String, _ session: Session
    ) throws -> Result<PreparedRequest, Refusal> {
        var request = try session.request(acting)
        request.command = "arrive"
        request.meeting = meeting
        request.id = acting.commandID.map { "\($0)/\(person)" }
        request.fill("person", String(person.drop { $0 == " " }))
        request.fill("manner", manner)
        return try session.desk.prepare(request)
    }

    private func arrive(_ arrival: Result<PreparedRequest, Refusal>, _ session: Session) throws -> Refusal? {
        switch arrival {
        case .failure(let refusal): return refusal
        case .success(let prepared):
            if case .refused(let refusal) = try session.desk.perform(prepared.command) { return refusal }
            return nil
        }
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
