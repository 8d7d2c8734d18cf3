import Calendars
import Governance
import Secretariat

// What would go, and what became of all that was due.
extension RemindCommand {
    func showPreview(_ session: Session) throws {
        let prospects = try session.desk.preview()
        session.show(
            .list(prospects.map { plain($0, session) }),
            prospects.isEmpty ? "nothing is due" : prospects.map { words($0, session) }.joined(separator: "\n"))
    }

    private func plain(_ it: Prospect, _ session: Session) -> Plain {
        .map([
            "verdict": .text(it.verdict.rawValue), "key": .text(it.key), "recipient": Plain(it.recipient),
            "name": Plain(it.recipient.map { session.standing.name(of: $0) }), "address": Plain(it.address),
            "document": Plain(it.document), "subject": Plain(it.subject), "reason": Plain(it.reason),
        ])
    }

    private func words(_ it: Prospect, _ session: Session) -> String {
        let reader = it.recipient.map { "  \(session.standing.name(of: $0)) <\(it.address ?? "")>" } ?? ""
        let reason = it.reason.map { "\n    " + $0 } ?? ""
        return "\(it.verdict.rawValue)\(reader)  \(it.subject ?? it.document ?? "")  [\(it.key)]\(reason)"
    }

    func showStatus(_ session: Session) throws {
        let accounts = try session.desk.accounts()
        let heartbeat = Heartbeat.last(in: session.workspace)
        session.show(plain(accounts, heartbeat), words(accounts, heartbeat, session))
        let missing = accounts.count(of: .missing)
        if missing > 0 {
            complain("\(missing) messages are unaccounted for; `mandate verify` looks whether the journal is whole")
            throw Exit.software
        }
        let isAlive = heartbeat.map { $0.age(at: session.desk.now) <= Heartbeat.patience } ?? false
        if !isAlive {
            complain("`mandate remind` \(heartbeat.map { "has not run since \($0.at)" } ?? "has never run here")")
            throw Exit.unavailable
        }
    }

    private func plain(_ accounts: Accounts, _ heartbeat: Heartbeat?) -> Plain {
        .map([
            "heartbeat": Plain(heartbeat?.at),
            "counts": .map(
                Dictionary(uniqueKeysWithValues: Account.State.allCases.map { ($0.rawValue, .number(accounts.count(of: $0))) })),
            "accounts": .list(
                accounts.all.map {
                    .map([
                        "key": .text($0.key), "document": .text($0.document), "duty": Plain($0.duty),
                        "recipient": Plain($0.recipient), "due": Plain($0.at), "state": .text($0.state.rawValue),
                        "reason": Plain($0.reason),
                    ])
                }),
        ])
    }

    private func words(_ accounts: Accounts, _ heartbeat: Heartbeat?, _ session: Session) -> String {
        let counts = Account.State.allCases.map { (state: $0, count: accounts.count(of: $0)) }.filter { $0.count > 0 }
        let sum =
            counts.isEmpty
            ? "nothing has fallen due" : counts.map { "\($0.count) \($0.state.rawValue)" }.joined(separator: ", ")
        let lines = accounts.all.filter { $0.state != .sent }.map { it in
            let reader = it.recipient.map { "  " + session.standing.name(of: $0) } ?? ""
            let reason = it.reason.map { ": " + $0 } ?? ""
            return "\(it.state.rawValue)  \(session.spoken(it.at, for: nil))\(reader)  \(it.document)  [\(it.key)]\(reason)"
        }
        return ([sum] + lines).joined(separator: "\n")
    }
}
