import ArgumentParser
import Calendars
import Governance
import Secretariat
import Workflows

struct ForecastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "Look ahead: quorum, attendance, interests to review.")

    @OptionGroup var reading: ReadingOptions

    @Argument(help: MeetingHelp.meeting)
    var meeting: String

    func run() throws {
        try attempt {
            let session = try Session(reading.place)
            let reader = try session.actorIfNamed(reading)
            let found = try session.meeting(meeting, by: reader)
            let outlook = Outlook(of: found, for: reader, in: session)
            session.show(outlook.plain, outlook.words)
        }
    }
}

/// What lies ahead of a meeting, told to one reader.
private struct Outlook {
    let meeting: Meeting
    let session: Session
    /// What is kept from the reader; of a restricted item they see whether it will be quorate, and no names.
    let discretion: Discretion
    let quorums: [QuorumForecast]
    let attendances: [AttendanceForecast]
    let reviews: [ReviewForecast]
    /// Registered interests that items may touch: the reader's own, and all for the secretary and the chair.
    let matches: [(person: ID, match: InterestMatch)]

    init(of meeting: Meeting, for reader: ID?, in session: Session) {
        self.meeting = meeting
        self.session = session
        let discretion = session.discretion(reader)
        self.discretion = discretion
        let registrar = session.desk.registrar
        let (standing, now) = (session.standing, session.desk.now)
        quorums = registrar.forecastQuorum(of: meeting.id, in: standing).map { forecast in
            guard let item = forecast.item.flatMap({ standing.records.items[$0] }), !discretion.mayKnow(item) else {
                return forecast
            }
            var kept = forecast
            kept.mustWithdraw = []
            kept.remedies = []
            return kept
        }
        attendances = registrar.forecastAttendance(of: meeting.body, in: standing, now: now)
        reviews = registrar.forecastReviews(of: meeting.body, in: standing, now: now)
        let roles = standing.records.bodies[meeting.body]?.roles ?? [:]
        let isOfficer =
            reader.map { reader in ["secretary", "chair"].contains { (roles[$0] ?? []).contains(reader) } } ?? false
        matches = standing.members(of: meeting.id).filter { isOfficer || $0.person == reader }.flatMap { member in
            standing.interestMatches(of: member.id, at: meeting.id)
                .filter { isOfficer ? !$0.interest.isSensitive || member.person == reader : true }
                .filter { standing.records.items[$0.item].map(discretion.mayKnow) ?? true }.map { (member.person, $0) }
        }
    }

    private func name(_ person: ID) -> String { session.standing.name(of: person) }
    private func names(_ people: [ID]) -> String { people.map(name).joined(separator: ", ") }
    private func day(_ date: CivilDate?) -> String { date?.words ?? "never" }
}

// In words.
extension Outlook {
    var words: String {
        var lines = [session.lookup.label(of: meeting)]
        for quorum in quorums { lines += words(quorum) }
        if !attendances.isEmpty { lines.append("Attendance") }
        for attendance in attendances { lines.append("  " + words(attendance)) }
        if !reviews.isEmpty { lines.append("Interests to review") }
        for review in reviews { lines.append("  " + words(review)) }
        if !matches.isEmpty { lines.append("Registered interests that items may touch: to declare, or to deny") }
        for (person, match) in matches { lines.append("  " + words(match, person)) }
        return lines.joined(separator: "\n")
    }

    private func words(_ forecast: QuorumForecast) -> [String] {
        let item = forecast.item.flatMap { session.records.items[$0] }
        let title = item.map { "\(session.records.number(of: $0) ?? 0). \(discretion.title(of: $0))" } ?? "The meeting"
        let (all, sure) = (forecast.expected, forecast.certain)
        var lines = [
            "\(title): \(all.isMet ? "quorate" : "NOT QUORATE") if all come who have not said otherwise (\(all.present) of \(all.needed) needed); \(sure.present) have said that they come"
        ]
        if forecast.item == nil {
            if !forecast.apologised.isEmpty { lines.append("    apologised: \(names(forecast.apologised))") }
            if !forecast.unanswered.isEmpty { lines.append("    not answered: \(names(forecast.unanswered))") }
        }
        if !forecast.mustWithdraw.isEmpty { lines.append("    may not vote, for an interest: \(names(forecast.mustWithdraw))") }
        if !forecast.remedies.isEmpty { lines.append("    what would help: \(forecast.remedies.joined(separator: "; "))") }
        return lines
    }

    private func words(_ it: AttendanceForecast) -> String {
        let attended = it.records.count { $0 == .attended }
        var text = "\(name(it.person)): \(attended) of \(it.records.count) attended, last \(day(it.lastAttended))"
        if let safe = it.lastSafeDay {
            let meeting = it.lastSafeMeeting.flatMap { session.records.meetings[$0] }.map { session.lookup.label(of: $0) }
            text += "; safe until \(safe.words), last safe meeting: \(meeting ?? "none is planned by then")"
        }
        if let left = it.missesLeft { text += "; may miss \(left) more" }
        return it.isTooLittle ? "\(text). TOO LITTLE: \(it.consequence)" : text
    }

    private func words(_ it: ReviewForecast) -> String {
        let due = (try? it.due.get()).map(\.date)
        let last = it.reviewed.map { session.spoken($0, for: meeting.body) } ?? "never"
        return "\(name(it.person)): by \(day(due))\(it.isOverdue ? ", OVERDUE" : "") (last reviewed: \(last))"
    }

    private func words(_ match: InterestMatch, _ person: ID) -> String {
        let item = session.records.items[match.item]
        let organisation = session.standing.words(match.interest.organisation)
        return "\(name(person)), \(organisation): \(item?.title ?? match.item) (\(match.interest.id), \(match.interest.kind))"
    }
}

// For programs.
extension Outlook {
    var plain: Plain {
        .map([
            "meeting": .text(meeting.id), "quorum": .list(quorums.map(plain)), "attendance": .list(attendances.map(plain)),
            "reviews": .list(reviews.map(plain)),
            "matches": .list(
                matches.map { person, match in
                    .map([
                        "person": .text(person), "interest": .text(match.interest.id), "item": .text(match.item),
                        "organisation": .text(session.standing.words(match.interest.organisation)),
                    ])
                }),
        ])
    }

    private func plain(_ it: QuorumForecast) -> Plain {
        .map([
            "item": Plain(it.item), "expected": plain(it.expected), "certain": plain(it.certain),
            "apologised": Plain(it.apologised), "unanswered": Plain(it.unanswered), "must_withdraw": Plain(it.mustWithdraw),
            "remedies": Plain(it.remedies),
        ])
    }

    private func plain(_ it: Quorum) -> Plain {
        .map([
            "present": .number(it.present), "needed": .number(it.needed), "met": .flag(it.isMet), "lacking": Plain(it.lacking),
        ])
    }

    private func plain(_ it: AttendanceForecast) -> Plain {
        .map([
            "person": .text(it.person), "meetings": Plain(it.records.map(\.rawValue)),
            "last_attended": Plain(it.lastAttended?.description), "last_safe_day": Plain(it.lastSafeDay?.description),
            "last_safe_meeting": Plain(it.lastSafeMeeting), "misses_left": Plain(it.missesLeft),
            "too_little": .flag(it.isTooLittle), "consequence": .text(it.consequence),
        ])
    }

    private func plain(_ it: ReviewForecast) -> Plain {
        .map([
            "person": .text(it.person), "reviewed": Plain(it.reviewed),
            "due": Plain((try? it.due.get()).map(\.date.description)), "overdue": .flag(it.isOverdue),
        ])
    }
}
