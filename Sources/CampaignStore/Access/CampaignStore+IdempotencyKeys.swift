package import CampaignCore
import Foundation
import GRDB

/// Requests of the API with keys of their own, between their beginning and their reply.
extension CampaignStore {
    /// Notes that a request is about to be carried out. One that is older than a day makes way for it.
    package func beginReply(_ reply: KeptReply, tokenHash: [UInt8], key: String) async throws(StoreError) {
        try await write { db in
            // By primary key.
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO idempotency_key
                        (token_hash, key, request_hash, status, body, content_type, created_at)
                    VALUES (:hash, :key, :request, :status, :body, :type, :now)
                    """, arguments: Self.arguments(reply, tokenHash, key))
        }
    }

    /// Keeps the reply of a request that was begun.
    package func endReply(_ reply: KeptReply, tokenHash: [UInt8], key: String) async throws(StoreError) {
        try await beginReply(reply, tokenHash: tokenHash, key: key)
    }

    /// Forgets a request that was begun, and has changed nothing.
    package func forgetReply(tokenHash: [UInt8], key: String) async throws(StoreError) {
        try await write { db in
            // By primary key.
            try db.execute(
                sql: "DELETE FROM idempotency_key WHERE token_hash = :hash AND key = :key AND status = :begun",
                arguments: ["hash": Data(tokenHash), "key": key, "begun": KeptReply.begunStatus])
        }
    }

    private static func arguments(_ reply: KeptReply, _ tokenHash: [UInt8], _ key: String) -> StatementArguments {
        [
            "hash": Data(tokenHash), "key": key, "request": Data(reply.requestHash), "status": reply.status,
            "body": Data(reply.body), "type": reply.contentType, "now": reply.createdAt.milliseconds,
        ]
    }
}
