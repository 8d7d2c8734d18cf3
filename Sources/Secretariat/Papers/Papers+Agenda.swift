import Calendars
import Documents
import Governance
import Workflows

// What calls people to a meeting.
extension Papers {
    /// The agenda as a reader may know it.
    public func agenda(_ id: ID, reader: ID? = nil, isMailed: Bool = false) throws -> AgendaView {
        let meeting = try meeting(id)
        let it = latestCase(of: .meeting, id)
        return AgendaView(
            meeting: view(of: meeting), letter: isMailed ? letter(to: reader, about: it, body: meeting.body) : nil,
            status: status(ofAgenda: it, meeting),
            issued: it?.given["publish_agenda"].map { day(of: $0.at, for: meeting.body) },
            notice: notice(of: meeting, it)?.sentence, quorum: quorumRule(of: meeting),
            chair: enumerated(holders("chair", of: meeting.body).map { standing.name(of: $0) }).nonEmpty,
            secretary: secretary(of: meeting.body), items: items(of: meeting, for: reader),
            papers: papers(of: meeting, item: nil, for: reader),
            declarations: reader == nil ? nil : askForInterests(meeting), edited: try edited("agenda", it, meeting, reader))
    }

    private func status(ofAgenda it: Case?, _ meeting: Meeting) -> String? {
        if meeting.isCancelled { return "Cancelled" }
        return it?.isIn("agenda.drafting") == true ? "Draft" : nil
    }

    func items(of meeting: Meeting, for reader: ID?) -> [AgendaItemView] {
        records.items(of: meeting.id).map { item in
            let isHidden = isHidden(item, from: reader)
            if !isHidden, case .dropped(let why) = outcome(of: item) {
                return AgendaItemView(
                    number: number(of: item), title: item.title,
                    note: "Withdrawn from the agenda" + (why.map { ": \($0)" } ?? ""))
            }
            return AgendaItemView(
                number: number(of: item), title: title(of: item, for: reader), purpose: Self.purposes[item.purpose],
                note: note(on: item, of: meeting), isClosed: isRestricted(item),
                papers: isHidden ? [] : papers(of: meeting, item: item, for: reader))
        }
    }

    private static let purposes = [
        "decision": "for decision", "discussion": "for discussion", "information": "for information",
    ]

    private func note(on item: Item, of meeting: Meeting) -> String? {
        var notes: [String] = []
        if let earlier = item.continues.flatMap({ records.items[$0] }).flatMap({ records.meetings[$0.meeting] }) {
            notes.append("deferred from \(words(for: earlier))")
        }
        if let mark = mark(item.restrictedUntil, for: meeting.body) { notes.append(mark) }
        return notes.joined(separator: "; ").nonEmpty?.capitalised
    }

    /// The titles of the business that a reader may know.
    func business(of meeting: Meeting, for reader: ID?) -> [String] {
        records.items(of: meeting.id).filter { !isDropped($0) }.map { title(of: $0, for: reader) }
    }

    func quorumRule(of meeting: Meeting) -> String {
        let seats = records.seats(of: meeting.body).count
        return "\(forecast(of: meeting).needed) of \(counted(seats, "seat"))"
    }

    private func askForInterests(_ meeting: Meeting) -> String? {
        let due = standing.cases(of: "representative").last {
            $0.subjects[.meeting] == meeting.id && $0.deadlines["declarations_due"] != nil
        }?.deadlines["declarations_due"]
        guard let due, meeting.ended == nil else { return nil }
        return "Say by \(moment(due, for: meeting.body)) which interests you have in any item, or that you have none."
    }

    /// Notice of a meeting: when it was given, and whether in time.
    struct Notice {
        var given: Instant
        var isShort: Bool
        var sentence: String
    }

    /// The notice that counts; nil while none does. One that was given before the meeting was moved does not.
    func notice(of meeting: Meeting, _ it: Case?) -> Notice? {
        guard let it, let given = it.given("give_notice", notBefore: "reschedule") else { return nil }
        let pack = standing.binding(ofMeeting: meeting.id, by: registrar.rulebook).pack
        let due = it.deadlines["notice_due"]
        let isShort = due.map { given.at > $0 } ?? false
        var sentence = "given on \(date(of: given.at, for: meeting.body))"
        if let period = pack.periods["notice"]?.period, !isShort { sentence += "; \(period) were needed" }
        if isShort, let due {
            sentence += ", which was short: it was due by \(date(of: due, for: meeting.body))"
            if let consequence = pack.whenNoticeIsShort.nonEmpty { sentence += ". \(consequence)" }
        }
        return Notice(given: given.at, isShort: isShort, sentence: sentence)
    }

    /// The calling of a meeting.
    public func notice(_ id: ID, reader: ID? = nil, isMailed: Bool = false) throws -> NoticeView {
        let meeting = try meeting(id)
        let it = latestCase(of: .meeting, id)
        let pack = standing.binding(ofMeeting: meeting.id, by: registrar.rulebook).pack
        let period = pack.periods["notice"]
        let given = notice(of: meeting, it)
        let isShort = given?.isShort ?? it?.deadlines["notice_due"].map { now > $0 } ?? false
        return NoticeView(
            meeting: view(of: meeting), letter: isMailed ? letter(to: reader, about: it, body: meeting.body) : nil,
            given: day(of: given?.given ?? now, for: meeting.body), length: period.map { "\($0.period) being needed" },
            rule: period?.source ?? period?.policy ?? pack.title.nonEmpty, isShort: isShort,
            consequence: isShort ? pack.whenNoticeIsShort.nonEmpty : nil, business: business(of: meeting, for: reader),
            secretary: secretary(of: meeting.body))
    }
}
