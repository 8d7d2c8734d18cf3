import Foundation
import GRDB

extension SQLiteShelf {
    private static let messageColumns = """
        SELECT key, recipient, address, created, due, valid_until, state, token, lease_until, tries, unresolved, next_try,
        message_id, bytes, last_error, sent_at, is_withdrawn, json FROM message
        """

    private func message(_ row: Row) throws -> OutboxMessage {
        let bytes: Data? = try row.decode(atIndex: 13)
        var message = OutboxMessage(
            NewOutboxMessage(
                key: try row.decode(atIndex: 0), recipient: try row.decode(atIndex: 1), address: try row.decode(atIndex: 2),
                due: try row.decode(atIndex: 4), validUntil: try row.decode(atIndex: 5), messageID: try row.decode(atIndex: 12),
                bytes: bytes.map { Array($0) }, json: try row.decode(atIndex: 17)),
            created: try row.decode(atIndex: 3))
        let state: String = try row.decode(atIndex: 6)
        guard let known = DeliveryState(rawValue: state) else {
            throw JournalError.damaged(path: message.key, reason: "unknown delivery state \(state)")
        }
        message.state = known
        message.token = try row.decode(atIndex: 7)
        message.leaseUntil = try row.decode(atIndex: 8)
        message.tries = try row.decode(atIndex: 9)
        message.unresolved = try row.decode(atIndex: 10)
        message.nextTry = try row.decode(atIndex: 11)
        message.lastError = try row.decode(atIndex: 14)
        message.sentAt = try row.decode(atIndex: 15)
        message.isWithdrawn = try row.decode(atIndex: 16)
        return message
    }

    func message(_ key: String) throws -> OutboxMessage? { try one(Self.messageColumns + " WHERE key = ?", [key], message) }

    func messages(_ filter: OutboxFilter, limit: Int) throws -> [OutboxMessage] {
        var conditions = Conditions()
        if !filter.states.isEmpty {
            // The states are words of ours, so they may stand in the text of the statement.
            let words = filter.states.map { "'\($0.rawValue)'" }.joined(separator: ", ")
            conditions.require("state IN (\(words)) AND ?", true)
        }
        conditions.require("recipient = ?", filter.recipient)
        conditions.require("next_try <= ?", filter.nextTryBy)
        conditions.require("lease_until <= ?", filter.leaseUntilBy)
        conditions.require("(valid_until IS NULL OR valid_until > ?)", filter.validAfter)
        conditions.require("valid_until <= ?", filter.validUntilBy)
        conditions.require("created <= ?", filter.createdBy)
        let sql = Self.messageColumns + conditions.clause + " ORDER BY next_try, key LIMIT ?"
        return try all(sql, conditions.values + [max(0, limit)], message)
    }

    func put(_ message: OutboxMessage) throws {
        try run(
            "INSERT OR REPLACE INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                message.key, message.recipient, message.address, message.created, message.due, message.validUntil,
                message.state.rawValue, message.token, message.leaseUntil, message.tries, message.unresolved, message.nextTry,
                message.messageID, message.bytes.map { Data($0) }, message.lastError, message.sentAt, message.isWithdrawn,
                message.json,
            ])
    }
}
