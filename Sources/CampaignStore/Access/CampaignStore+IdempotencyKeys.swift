package import CampaignCore
import Foundation
import GRDB

/// What the API replied to requests that have a key of their own.
extension CampaignStore {
    /// Notes that a request is about to be carried out (``KeptReply/begun(requestHash:at:)``). A reply that is there stays;
    /// one of more than a day ago makes way for it.
    package func beginReply(_ reply: KeptReply, tokenHash: [UInt8], key: String) async throws(StoreError) {
        try await write { db in
            // By primary key.
            try db.execute(
                sql: """
                    DELETE FROM idempotency_key WHERE token_hash = :hash AND key = :key AND created_at <= :old
                    """,
                arguments: [
                    "hash": Data(tokenHash), "key": key,
                    "old": reply.createdAt.advanced(by: .zero - Self.repliesAreKept).milliseconds,
                ])
            try Self.insert(db, reply, tokenHash, key)
        }
    }

    /// Keeps what the API replied, for a request with the same key. The first reply stays.
    package func keepReply(_ reply: KeptReply, tokenHash: [UInt8], key: String) async throws(StoreError) {
        try await write { db in
            try Self.forget(db, tokenHash, key)
            try Self.insert(db, reply, tokenHash, key)
        }
    }

    /// Forgets a request that was begun, and has changed nothing.
    package func forgetReply(tokenHash: [UInt8], key: String) async throws(StoreError) {
        try await write { db in try Self.forget(db, tokenHash, key) }
    }

    private static func forget(_ db: Database, _ tokenHash: [UInt8], _ key: String) throws {
        // By primary key.
        try db.execute(
            sql: "DELETE FROM idempotency_key WHERE token_hash = :hash AND key = :key AND status = :begun",
            arguments: ["hash": Data(tokenHash), "key": key, "begun": KeptReply.begunStatus])
    }

    private static func insert(_ db: Database, _ reply: KeptReply, _ tokenHash: [UInt8], _ key: String) throws {
        try db.execute(
            sql: """
                INSERT INTO idempotency_key (token_hash, key, request_hash, status, body, content_type, created_at)
                VALUES (:hash, :key, :request, :status, :body, :type, :now)
                ON CONFLICT (token_hash, key) DO NOTHING
                """,
            arguments: [
                "hash": Data(tokenHash), "key": key, "request": Data(reply.requestHash), "status": reply.status,
                "body": Data(reply.body), "type": reply.contentType, "now": reply.createdAt.milliseconds,
            ])
    }
}

extension StoreReader {
    /// What the API replied to a request with this key; nil when there was none within a day.
    package func keptReply(tokenHash: [UInt8], key: String, now: Timestamp) throws(StoreError) -> KeptReply? {
        try read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT request_hash, status, body, content_type, created_at FROM idempotency_key
                    WHERE token_hash = :hash AND key = :key AND created_at > :moment
                    """,
                arguments: [
                    "hash": Data(tokenHash), "key": key,
                    "moment": now.advanced(by: .zero - CampaignStore.repliesAreKept).milliseconds,
                ])
            return try row.map {
                KeptReply(
                    requestHash: [UInt8](try $0.decode(Data.self, atIndex: 0)), status: try $0.decode(atIndex: 1),
                    body: [UInt8](try $0.decode(Data.self, atIndex: 2)), contentType: try $0.decode(atIndex: 3),
                    createdAt: Timestamp(milliseconds: try $0.decode(atIndex: 4)))
            }
        }
    }
}
