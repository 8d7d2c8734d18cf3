import CLibCurl
import Synchronization

/// Hands messages to a mail server. One connection serves several messages, one after the other.
///
/// A server that cannot be reached, or does not let us in, is not asked again for a minute: the messages after the first are put off at
/// once, and nobody's account is locked by trying.
public final class SMTP: Transport {
    /// Whether the server lets us in.
    public enum Reachability: Hashable, Sendable { case ready, unreachable(reason: String) }

    public let server: MailServer
    private let line: Mutex<Line>

    /// The connection, and what was last found wrong with it.
    private struct Line: ~Copyable {
        var handle: CurlHandle
        var fault: (reason: String, until: ContinuousClock.Instant)?
    }

    /// How long a server that could not be reached is left alone.
    static let rest = Duration.seconds(60)

    public init(_ server: MailServer) {
        self.server = server
        line = Mutex(Line(handle: CurlHandle(), fault: nil))
    }

    public var patience: Int { server.timeLimit }

    public func deliver(_ bytes: [UInt8], _ envelope: Envelope) -> DeliveryResult {
        line.withLock { line in
            if let fault = line.fault, fault.until > .now { return .deferred(reason: fault.reason) }
            line.fault = nil
            let began = ContinuousClock.now
            var (result, exchange, wasOld) = talk(line.handle, bytes, envelope, isFresh: false, began)
            // A connection that went away since the last message says nothing of this one.
            if wasOld, isLost(result, exchange), left(since: began) > 0 {
                (result, exchange, _) = talk(line.handle, bytes, envelope, isFresh: true, began)
            }
            if case .deferred(let reason) = result, !exchange.cameToTheMessage {
                line.fault = (reason, .now + Self.rest)
            }
            return result
        }
    }

    private func talk(
        _ handle: borrowing CurlHandle, _ bytes: [UInt8], _ envelope: Envelope, isFresh: Bool, _ began: ContinuousClock.Instant
    ) -> (DeliveryResult, Exchange, wasOld: Bool) {
        let witness = Witness(Exchange(of: bytes))
        handle.prepare(for: server)
        handle.set(CURLOPT_FRESH_CONNECT, isFresh ? 1 : 0)
        handle.set(CURLOPT_TIMEOUT_MS, max(1, left(since: began)))
        let failure = handle.send(envelope, witnessedBy: witness).map { "\(server.host): \($0)" }
        return (witness.exchange.result(failure), witness.exchange, handle.usedOldConnection)
    }

    /// Whether it was the connection that failed, before the server could take the message.
    private func isLost(_ result: DeliveryResult, _ exchange: Exchange) -> Bool {
        guard case .deferred = result, exchange.stage <= .sender else { return false }
        return exchange.reply.map { $0.code == 421 } ?? true
    }

    /// Milliseconds left of the time limit.
    private func left(since began: ContinuousClock.Instant) -> Int {
        let spent = ContinuousClock.now - began
        return server.timeLimit * 1000 - Int(spent.components.seconds) * 1000
    }

    /// Connects, turns to TLS and says who we are, and sends nothing.
    public func reach() -> Reachability {
        let witness = Witness(Exchange(of: []))
        let handle = CurlHandle()
        handle.prepare(for: server)
        handle.set(CURLOPT_TIMEOUT_MS, min(server.timeLimit, Self.patience) * 1000)
        handle.set(CURLOPT_CONNECT_ONLY, 1)
        guard let failure = handle.perform(witnessedBy: witness) else { return .ready }
        let said = witness.exchange.reply.flatMap { $0.code >= 400 ? $0.words : nil }
        return .unreachable(reason: said ?? failure)
    }

    /// For how many seconds a person who asks waits for the server.
    private static let patience = 15
}
