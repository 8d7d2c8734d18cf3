import ArgumentParser
import Governance
import Secretariat
import Workflows

struct MeetingShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show where a meeting stands, with its items.")

    @OptionGroup var reading: ReadingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    func run() throws {
        try attempt {
            let session = try Session(reading.place)
            let reader = try session.actorIfNamed(reading)
            let found = try session.meeting(meeting, by: reader)
            let discretion = session.discretion(reader)
            session.show(session.details(of: found, discretion), session.words(of: found, discretion))
        }
    }
}

extension Session {
    /// What is kept from the reader is left out, as in every other output.
    func details(of meeting: Meeting, _ discretion: Discretion) -> Plain {
        guard case .map(var plain) = plain(meeting) else { return .none }
        let quorum = standing.quorum(of: meeting.id, by: rulebook)
        plain["quorum"] = .map([
            "present": .number(quorum.present), "needed": .number(quorum.needed), "met": .flag(quorum.isMet),
        ])
        plain["cases"] = .list(cases(about: meeting).filter(discretion.mayKnow).map { self.plain($0) })
        plain["items"] = .list(records.items(of: meeting.id).map { self.plain($0, discretion) })
        plain["papers"] = .list(
            records.papers(of: meeting.id).filter(discretion.mayRead).map { paper in
                .map([
                    "id": .text(paper.id), "title": .text(paper.title), "item": Plain(paper.item), "file": Plain(paper.file),
                    "circulated": Plain(paper.circulated),
                ])
            })
        plain["roll"] = .list(roll(of: meeting).map { self.plain($0) })
        return .map(plain)
    }

    /// The cases of a meeting's family.
    func cases(about meeting: Meeting) -> [Case] {
        standing.cases.values.filter { standing.keys(of: $0).all[.meeting] == meeting.id }.sorted { numbered($0.id, $1.id) }
    }

    func plain(_ it: Case) -> Plain {
        .map([
            "id": .text(it.id), "workflow": .text(it.workflow), "open": .flag(it.isOpen), "states": Plain(it.active),
            "subjects": .map(Dictionary(it.subjects.map { ($0.key.rawValue, .text($0.value)) }) { first, _ in first }),
            "person": Plain(standing.keys(of: it).all[.person].map { standing.name(of: $0) }),
        ])
    }

    private func plain(_ item: Item, _ discretion: Discretion) -> Plain {
        guard discretion.mayKnow(item) else {
            return .map([
                "id": .text(item.id), "number": Plain(records.number(of: item)), "title": .text(Discretion.hiddenItem),
                "restricted": .flag(true),
            ])
        }
        let quorum = standing.quorum(of: item.meeting, item: item.id, by: rulebook)
        var plain: [String: Plain] = [
            "id": .text(item.id), "number": Plain(records.number(of: item)), "title": .text(item.title),
            "purpose": .text(item.purpose), "confirms": Plain(item.confirms), "continues": Plain(item.continues),
            "quorum": .map(["present": .number(quorum.present), "needed": .number(quorum.needed), "met": .flag(quorum.isMet)]),
            "states": Plain(desk.findCase(of: "item", about: [.item: item.id])?.active ?? []),
        ]
        if let resolution = item.resolution {
            plain["resolution"] = .map([
                "text": .text(resolution.text), "carried": .flag(resolution.isCarried),
                "took_part": Plain(resolution.tookPart.map { standing.name(of: $0) }),
                "withdrawn": Plain(resolution.withdrawn.map { standing.name(of: $0) }),
                "present": .number(resolution.present), "needed": .number(resolution.needed), "at": Plain(resolution.at),
            ])
        }
        return .map(plain)
    }

    func words(of meeting: Meeting, _ discretion: Discretion) -> String {
        var lines = [lookup.label(of: meeting)]
        lines.append(
            "\(spoken(meeting.start, for: meeting.body)) to \(spoken(meeting.end, for: meeting.body)), \(meeting.place)")
        if let opened = meeting.opened { lines.append("opened \(spoken(opened, for: meeting.body))") }
        if let ended = meeting.ended { lines.append("ended \(spoken(ended, for: meeting.body))") }
        if meeting.isCancelled { lines.append("cancelled") }
        if let it = desk.findCase(of: "meeting", about: [.meeting: meeting.id]) {
            lines.append("stands at: \(words(ofStates: it.active))")
        }
        let quorum = standing.quorum(of: meeting.id, by: rulebook)
        if meeting.ended == nil, records.rolls[meeting.id] != nil {
            lines.append("present for the quorum: \(quorum.present) of \(quorum.needed) needed")
        }
        for item in records.items(of: meeting.id) {
            guard discretion.mayKnow(item) else {
                lines.append("  \(records.number(of: item) ?? 0). \(Discretion.hiddenItem)")
                continue
            }
            let state = desk.findCase(of: "item", about: [.item: item.id])?.active.joined(separator: ", ") ?? ""
            lines.append("  \(records.number(of: item) ?? 0). \(item.title)  (\(item.id), \(item.purpose), \(state))")
            if let resolution = item.resolution { lines.append("     decided: \(resolution.text)") }
        }
        for paper in records.papers(of: meeting.id) where discretion.mayRead(paper) {
            lines.append("  paper \(paper.id): \(paper.title)\(paper.circulated == nil ? " (not circulated)" : "")")
        }
        return lines.joined(separator: "\n")
    }
}
