import ArgumentParser
import Calendars
import Governance
import Secretariat
import Workflows

struct NoticeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notice", abstract: "Show by when notice, agenda and papers are due.")

    @OptionGroup var reading: ReadingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    func run() throws {
        try attempt {
            let session = try Session(reading.place)
            let found = try session.meeting(meeting, by: try session.actorIfNamed(reading))
            let callings = session.desk.registrar.callings(of: found.id, in: session.standing, now: session.desk.now)
            session.show(session.plain(callings, found), session.words(callings, found))
        }
    }
}

extension Session {
    private func rules(of meeting: Meeting) -> Rulebook.Binding { standing.binding(ofMeeting: meeting.id, by: rulebook) }

    fileprivate func plain(_ callings: [Calling], _ meeting: Meeting) -> Plain {
        let pack = rules(of: meeting).pack
        return .map([
            "meeting": .text(meeting.id), "start": Plain(meeting.start), "rules": .text(pack.nameWithOwn),
            "callings": .list(callings.map { plain($0) }), "when_short": .text(pack.notice.whenShort),
            "effect": .text(pack.notice.effect.rawValue), "shorter": Plain(pack.notice.shorter?.say),
        ])
    }

    private func plain(_ calling: Calling) -> Plain {
        var plain: [String: Plain] = [
            "what": .text(calling.what), "done": Plain(calling.done), "possible": .flag(calling.isPossible),
            "short": .flag(calling.isShort),
        ]
        switch calling.deadline {
        case .success(let deadline):
            plain["date"] = .text(deadline.date.description)
            plain["instant"] = Plain(deadline.instant)
            plain["derivation"] = Plain(deadline.derivation.lines)
        case .failure(let failure): plain["failure"] = .text("\(failure)")
        }
        return .map(plain)
    }

    fileprivate func words(_ callings: [Calling], _ meeting: Meeting) -> String {
        let binding = rules(of: meeting)
        let notice = binding.pack.notice
        var lines = [
            "\(lookup.label(of: meeting)), \(spoken(meeting.start, for: meeting.body)), under \(binding.pack.nameWithOwn)"
        ]
        for calling in callings { lines += words(calling, meeting, binding) }
        if callings.contains(where: { $0.what == "notice" && $0.isShort }) {
            lines.append("Short notice: \(notice.whenShort)")
            if let shorter = notice.shorter {
                let length = shorter.period.map { " (\($0) at least)" } ?? ""
                lines.append("Shorter by \(shorter.ground.rawValue)\(length): \(shorter.say)")
            }
        }
        return lines.joined(separator: "\n")
    }

    private static let titles = [
        "sending": "send the notice", "notice": "notice is given", "agenda": "the agenda", "papers": "the papers",
    ]

    private func words(_ calling: Calling, _ meeting: Meeting, _ binding: Rulebook.Binding) -> [String] {
        let title = Self.titles[calling.what] ?? calling.what
        guard case .success(let deadline) = calling.deadline else {
            return ["\(title): no date: \((try? calling.deadline.get()).map { "\($0)" } ?? failure(of: calling))"]
        }
        var state = calling.isPossible ? "still possible" : "no longer possible"
        if let done = calling.done {
            state = "done on \(spoken(done, for: meeting.body)), \(calling.isShort ? "which was too late" : "in time")"
        }
        return ["\(title): by \(deadline.date.words), \(state)"] + deadline.derivation.lines.map { "    " + $0 }
    }

    private func failure(of calling: Calling) -> String {
        if case .failure(let failure) = calling.deadline { "\(failure)" } else { "" }
    }
}
