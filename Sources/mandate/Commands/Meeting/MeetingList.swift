import ArgumentParser
import Governance
import Secretariat

struct MeetingList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the meetings.")

    @OptionGroup var place: WorkspaceOptions

    @Option(help: "Only those of this body.")
    var body: String?

    @Flag(help: "Also those that have ended or were cancelled.")
    var all = false

    func run() throws {
        try attempt {
            let session = try Session(place)
            let wanted = try body.map { try session.lookup.body($0) }
            let meetings = session.records.meetings.values
                .filter { (wanted == nil || $0.body == wanted) && (all || ($0.ended == nil && !$0.isCancelled)) }
                .sorted { numbered(($0.start, $0.id), ($1.start, $1.id)) }
            let nothing = all ? "no meetings yet" : "no meetings to come; --all shows those that are over"
            session.show(
                .list(meetings.map { session.plain($0) }),
                meetings.isEmpty ? nothing : meetings.map { words($0, session) }.joined(separator: "\n"))
        }
    }

    private func words(_ meeting: Meeting, _ session: Session) -> String {
        let name = session.records.bodies[meeting.body]?.name ?? meeting.body
        let state =
            meeting.isCancelled ? "  cancelled" : meeting.ended != nil ? "  ended" : meeting.opened != nil ? "  in session" : ""
        return "\(meeting.id)  \(session.spoken(meeting.start, for: meeting.body))  \(name)\(state)"
    }
}

extension Session {
    func plain(_ meeting: Meeting) -> Plain {
        .map([
            "id": .text(meeting.id), "body": .text(meeting.body), "body_name": Plain(records.bodies[meeting.body]?.name),
            "title": .text(meeting.title), "place": .text(meeting.place), "start": Plain(meeting.start),
            "end": Plain(meeting.end),
            "opened": Plain(meeting.opened), "ended": Plain(meeting.ended), "cancelled": .flag(meeting.isCancelled),
        ])
    }
}
