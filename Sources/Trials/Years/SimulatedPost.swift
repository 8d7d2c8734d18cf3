import Post

/// A mail system with good days and bad ones, which remembers all that it was handed.
final class SimulatedPost: Transport, @unchecked Sendable {  // One simulated year uses it, on one thread.
    struct Handed {
        var messageID: String
        var recipient: String
        var bytes: [UInt8]
        var at: Int64
        var isAccepted: Bool
    }

    private let dice: Dice
    private(set) var handed: [Handed] = []
    /// By Message-ID: how often its acceptance was not recorded, because the process died or the connection was cut.
    private(set) var ambiguous: [String: Int] = [:]
    /// Accepted, and no transaction has recorded it yet.
    private var unrecorded: String?
    var isDown = false
    var isPerfect = false
    /// The planted fault: each message goes out twice.
    var doubles = false
    var now: () -> Int64 = { 0 }
    /// Called when the process is to die before it records what was accepted.
    var kill: () -> Void = {}

    init(_ dice: Dice) { self.dice = dice }

    func deliver(_ bytes: [UInt8], _ envelope: Envelope) -> DeliveryResult {
        let result = isPerfect ? DeliveryResult.accepted : throwResult()
        var isAccepted = result == .accepted
        if case .unknown = result { isAccepted = dice.happens(5000) }
        let copy = Handed(
            messageID: envelope.messageID, recipient: envelope.recipient.text, bytes: bytes, at: now(), isAccepted: isAccepted)
        handed += doubles ? [copy, copy] : [copy]
        guard isAccepted else { return result }
        if case .unknown = result {
            ambiguous[envelope.messageID, default: 0] += 1
        } else {
            unrecorded = envelope.messageID
            if !isPerfect, dice.happens(100) { kill() }
        }
        return result
    }

    private func throwResult() -> DeliveryResult {
        if isDown { return .deferred(reason: "451 the mail system is down") }
        switch dice.below(1000) {
        case ..<60: return .deferred(reason: "451 try again")
        case ..<75: return .refused(reason: "550 no such user")
        case ..<90: return .unknown(reason: "the connection was cut")
        default: return .accepted
        }
    }

    /// A transaction ended: what was accepted before it is recorded now, or was lost with the process.
    func recorded(_ isKept: Bool) {
        if let unrecorded, !isKept { ambiguous[unrecorded, default: 0] += 1 }
        unrecorded = nil
    }
}
