/// How messages are tried, retried and given up.
public enum DeliveryPolicy {
    /// A message that couriers took this often without saying what became of it is dead.
    public static let mostUnresolved = 3
    /// A message that was put off this often is dead.
    public static let mostTries = 60
    /// The longest delay before the first retry, in seconds.
    public static let firstDelay: Int64 = 60
    /// The longest delay before any retry, in seconds.
    public static let longestDelay: Int64 = 4 * 3600

    /// Seconds to wait after the given number of tries (1 or more): full jitter, `random × min(4 h, 60 s × 2^n)`, with a random number in
    /// 0..<1 that the caller draws.
    public static func retryDelay(afterTries tries: Int, random: Double) -> Int64 {
        let doublings = min(max(tries - 1, 0), 16)
        let ceiling = min(longestDelay, firstDelay << Int64(doublings))
        let share = random.isFinite ? min(max(random, 0), 1) : 1
        return Int64(Double(ceiling) * share)
    }
}

// What a courier does
extension Transaction {
    /// Takes up to `limit` messages that are due and still of use, marks each `sending` with the token until `lease` seconds from now, and
    /// answers them.
    ///
    /// The transaction must be committed before a connection is opened. A message whose courier's lease ran out is taken again, with
    /// its bytes unchanged, at most `DeliveryPolicy.mostUnresolved` times.
    public func claim(limit: Int, lease: Int64, token: String) throws -> [OutboxMessage] {
        try check(["token": token])
        try releaseLapsedLeases()
        let due = try shelf().messages(OutboxFilter(states: [.pending], nextTryBy: now, validAfter: now), limit: limit)
        return try due.map { message in
            var claimed = message
            claimed.state = .sending
            claimed.token = token
            claimed.leaseUntil = now + lease
            claimed.tries += 1
            try shelf().put(claimed)
            return claimed
        }
    }

    /// Keeps the bytes of a message that its courier rendered, once: each later try sends the same. Answers the bytes to send, which are
    /// those kept earlier if there are any; nil if the token is not the message's.
    public func keep(bytes: [UInt8], of key: String, token: String) throws -> [UInt8]? {
        guard var message = try shelf().message(key), message.state == .sending, message.token == token else { return nil }
        if let kept = message.bytes { return kept }
        message.bytes = bytes
        try shelf().put(message)
        return bytes
    }

    /// Records what became of a claimed message. Word under another token than the message's changes nothing and is answered as stale.
    public func settle(_ key: String, token: String, _ outcome: DeliveryOutcome) throws -> Settlement {
        guard var message = try shelf().message(key) else { return .noSuchMessage }
        guard message.state == .sending || message.state == .uncertain, message.token == token else {
            return .stale(message.state)
        }
        message.unresolved = 0
        switch outcome {
        case .accepted:
            message.sentAt = now
            message.lastError = nil
            message.end(as: .sent)
        case .refused(let reason):
            message.fail(reason)
            message.end(as: .dead)
        case .unknown(let reason):
            message.fail(reason)
            message.end(as: .uncertain)
        case .deferred(let reason, let nextTry):
            message.fail(reason)
            message.nextTry = nextTry
            message.end(as: message.tries < DeliveryPolicy.mostTries ? .pending : .dead)
        }
        try shelf().put(message)
        return .settled(message.state)
    }

    /// Gives up the claim on a message that was not handed over: it is as it was before.
    public func putBack(_ key: String, token: String) throws {
        guard var message = try shelf().message(key), message.state == .sending, message.token == token else { return }
        message.tries -= 1
        message.end(as: .pending)
        try shelf().put(message)
    }

    /// Ends the leases that ran out by now: their messages are pending again; uncertain if they are of use no longer; dead if no
    /// courier ever says what became of them.
    private func releaseLapsedLeases() throws {
        for var message in try shelf().messages(OutboxFilter(states: [.sending], leaseUntilBy: now), limit: .max) {
            message.unresolved += 1
            message.lastError = "the courier did not say what became of it"
            if message.unresolved >= DeliveryPolicy.mostUnresolved {
                message.end(as: .dead)
            } else if let end = message.validUntil, end <= now {
                // It may have been sent. The token stays, so that a late word still counts.
                message.state = .uncertain
                message.leaseUntil = nil
            } else {
                message.end(as: .pending)
            }
            try shelf().put(message)
        }
    }
}

// What the rest of the house does
extension Transaction {
    /// Ends the messages that are of use no longer; answers those it ended.
    @discardableResult
    public func expireMessages() throws -> [OutboxMessage] {
        try releaseLapsedLeases()
        return try shelf().messages(OutboxFilter(states: [.pending], validUntilBy: now), limit: .max).map { message in
            var expired = message
            expired.end(as: .expired)
            try shelf().put(expired)
            return expired
        }
    }

    /// Ends the messages of these keys that have not been sent; answers the keys it ended. One that is being sent is let go: if that fails, it is
    /// not tried again.
    ///
    /// - Parameter reason: why, where it is another than that the occasion is gone.
    @discardableResult
    public func supersede(_ keys: [String], reason: String? = nil) throws -> [String] {
        try keys.filter { key in
            guard var message = try shelf().message(key) else { return false }
            message.lastError = reason
            switch message.state {
            case .pending, .uncertain: message.end(as: .superseded)
            case .sending: message.isWithdrawn = true
            default: return false
            }
            try shelf().put(message)
            return message.state == .superseded
        }
    }

    /// Lets all that waits, and can wait so long, wait until an instant; answers how many that are. What would be of no use by then is left.
    @discardableResult
    public func putOff(until instant: Int64) throws -> Int {
        let waiting = try shelf().messages(
            OutboxFilter(states: [.pending], nextTryBy: instant - 1, validAfter: instant), limit: .max)
        for var message in waiting {
            message.nextTry = instant
            try shelf().put(message)
        }
        return waiting.count
    }

    /// Writes anew a message that waits and that no courier has had in hand. Its key and its Message-ID stay. Answers whether it did.
    @discardableResult
    public func amend(_ key: String, bytes: [UInt8], validUntil: Int64?, json: String) throws -> Bool {
        try check(["json": json])
        guard var message = try shelf().message(key), message.state == .pending, message.tries == 0 else { return false }
        message.bytes = bytes
        message.validUntil = validUntil
        message.json = json
        try shelf().put(message)
        return true
    }

    /// Makes a dead, uncertain, expired or pending message due now, until `validUntil`; answers the state before, nil if there is none.
    /// One that was sent, is being sent or was superseded is left alone.
    @discardableResult
    public func retry(_ key: String, validUntil: Int64?) throws -> DeliveryState? {
        guard var message = try shelf().message(key) else { return nil }
        let before = message.state
        guard [.dead, .uncertain, .expired, .pending].contains(before) else { return before }
        message.isWithdrawn = false
        message.end(as: .pending)
        message.nextTry = now
        message.validUntil = validUntil
        message.unresolved = 0
        message.tries = 0
        try shelf().put(message)
        return before
    }

    /// Gives up a pending or uncertain message, for a reason that a person gave; answers the state before, nil if there is none. One in any other
    /// state is left alone.
    @discardableResult
    public func drop(_ key: String, reason: String) throws -> DeliveryState? {
        guard var message = try shelf().message(key) else { return nil }
        let before = message.state
        guard [.pending, .uncertain].contains(before) else { return before }
        message.fail(reason)
        message.end(as: .dead)
        try shelf().put(message)
        return before
    }

    /// After a restore: what was to be sent by then may have been sent since the backup was made. Makes the messages created at `instant` or
    /// before it that are pending or being sent uncertain, until a person says; answers how many.
    @discardableResult
    public func doubtMessages(createdBy instant: Int64) throws -> Int {
        let doubtful = try shelf().messages(OutboxFilter(states: [.pending, .sending], createdBy: instant), limit: .max)
        for var message in doubtful {
            message.lastError = "the journal was restored; it may have been sent"
            message.end(as: .uncertain)
            try shelf().put(message)
        }
        return doubtful.count
    }

    /// Makes a pending message uncertain, for a reason: it may have gone out before the journal was restored.
    public func doubt(_ key: String, reason: String) throws {
        guard var message = try shelf().message(key), message.state == .pending else { return }
        message.fail(reason)
        message.end(as: .uncertain)
        try shelf().put(message)
    }

    /// Writes anew a message that no mail system can have taken: one that is dead or expired. Its key and its Message-ID stay. Answers
    /// whether it did.
    @discardableResult
    public func rewrite(_ key: String, address: String, bytes: [UInt8], json: String) throws -> Bool {
        try check(["address": address, "json": json])
        guard var message = try shelf().message(key), [.dead, .expired].contains(message.state) else { return false }
        message.address = address
        message.bytes = bytes
        message.json = json
        try shelf().put(message)
        return true
    }

    /// Erases the address and the text of a message to a person who is erased; one not sent yet is dead. `json` is what may still stand beside
    /// it.
    public func erase(_ key: String, json: String) throws {
        try check(["json": json])
        guard var message = try shelf().message(key) else { return }
        if [.pending, .sending, .uncertain].contains(message.state) { message.end(as: .dead) }
        message.address = ""
        message.bytes = nil
        message.json = json
        message.lastError = message.state == .dead ? "erased" : nil
        try shelf().put(message)
    }

    /// Takes out of a message to somebody else what it says of a person who is erased: `bytes` is the text as it is from now on; none where it
    /// was sent or will not be sent.
    public func redact(_ key: String, bytes: [UInt8]?, json: String, lastError: String?) throws {
        try check(["json": json, "error": lastError])
        guard var message = try shelf().message(key) else { return }
        message.bytes = bytes
        message.json = json
        message.lastError = lastError
        try shelf().put(message)
    }
}

extension OutboxMessage {
    /// Notes the reason, which a mail server may have given, without the NUL that no text may hold.
    fileprivate mutating func fail(_ reason: String) {
        lastError = String(decoding: reason.utf8.map { $0 == 0 ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
    }

    /// Leaves the courier's hands; a message withdrawn meanwhile is superseded instead of pending.
    fileprivate mutating func end(as ending: DeliveryState) {
        state = ending == .pending && isWithdrawn ? .superseded : ending
        token = nil
        leaseUntil = nil
    }
}
