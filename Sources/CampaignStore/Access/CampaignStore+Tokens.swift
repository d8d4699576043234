package import CampaignCore
import Foundation
import GRDB

extension CampaignStore {
    /// Accepts a token of the API from now on.
    ///
    /// - Returns: false when there is already one of that name: nothing was done.
    package func addToken(_ token: APIToken, tokenHash: [UInt8]) async throws(StoreError) -> Bool {
        try await write { db in
            try db.execute(
                sql: """
                    INSERT INTO api_token (token_hash, name, scopes, created_at, created_by, expires_at)
                    VALUES (:hash, :name, :scopes, :created, :by, :expires) ON CONFLICT (name) DO NOTHING
                    """,
                arguments: [
                    "hash": Data(tokenHash), "name": token.name, "scopes": TokenRows.text(token.scopes),
                    "created": token.createdAt.milliseconds, "by": token.createdBy,
                    "expires": token.expiresAt?.milliseconds,
                ])
            return db.changesCount > 0
        }
    }

    /// No longer accepts a token.
    ///
    /// - Returns: whether there was one of that name.
    package func removeToken(named name: String) async throws(StoreError) -> Bool {
        try await write { db in
            // By the key's left part.
            try db.execute(
                sql: """
                    DELETE FROM idempotency_key
                    WHERE token_hash = (SELECT token_hash FROM api_token WHERE name = :name)
                    """, arguments: ["name": name])
            try db.execute(sql: "DELETE FROM api_token WHERE name = :name", arguments: ["name": name])
            return db.changesCount > 0
        }
    }

    /// Notes that a token was used, at most once a minute.
    ///
    /// - Parameter token: as it was read for this request: without a need, nothing is written.
    package func noteTokenUse(_ token: APIToken, tokenHash: [UInt8], now: Timestamp) async throws(StoreError) {
        guard token.lastUsedAt.map({ $0.duration(to: now) >= .seconds(60) || $0 > now }) ?? true else { return }
        try await write { db in
            try db.execute(
                sql: "UPDATE api_token SET last_used_at = :now WHERE token_hash = :hash",
                arguments: ["hash": Data(tokenHash), "now": now.milliseconds])
        }
    }

    /// How long replies of the API are kept.
    package static let repliesAreKept = Duration.seconds(24 * 3600)

    /// Removes sessions and links that have expired, and replies of the API that are old. Tokens stay, for people to see
    /// that they have expired.
    package func pruneAccess(now: Timestamp) async throws(StoreError) {
        // The tables have as many rows as people sign in, and programs send keys, in a day.
        try await write { db in
            for table in ["dashboard_session", "login_link"] {
                try db.execute(
                    sql: "DELETE FROM \(table) WHERE expires_at <= :now", arguments: ["now": now.milliseconds])
            }
            try db.execute(
                sql: "DELETE FROM idempotency_key WHERE created_at <= :moment",
                arguments: ["moment": now.advanced(by: .zero - Self.repliesAreKept).milliseconds])
        }
    }
}

extension StoreReader {
    /// The tokens of the API, by name; also those that have expired.
    package func tokens() throws(StoreError) -> [APIToken] {
        // A few rows.
        try read { db in
            try Row.fetchAll(db, sql: "SELECT \(TokenRows.columns) FROM api_token ORDER BY name").map(TokenRows.token)
        }
    }

    /// The token with a hash; nil when there is none, or it has expired.
    package func token(tokenHash: [UInt8], now: Timestamp) throws(StoreError) -> APIToken? {
        try read { db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT \(TokenRows.columns) FROM api_token
                    WHERE token_hash = :hash AND (expires_at IS NULL OR expires_at > :now)
                    """, arguments: ["hash": Data(tokenHash), "now": now.milliseconds]
            ).map(TokenRows.token)
        }
    }
}

/// The rows of tokens.
enum TokenRows {
    static let columns = "name, scopes, created_at, created_by, last_used_at, expires_at"

    static func token(_ row: Row) throws -> APIToken {
        var token = APIToken(
            name: try row.decode(atIndex: 0), scopes: try scopes(row.decode(atIndex: 1)),
            createdAt: Timestamp(milliseconds: try row.decode(atIndex: 2)), createdBy: try row.decode(atIndex: 3),
            expiresAt: StoredValue.moment(try row.decode(atIndex: 5)))
        token.lastUsedAt = StoredValue.moment(try row.decode(atIndex: 4))
        return token
    }

    /// As a JSON array, in the order of the enum.
    static func text(_ scopes: Set<APIScope>) -> String {
        "[" + APIScope.allCases.filter(scopes.contains).map { "\"\($0.rawValue)\"" }.joined(separator: ",") + "]"
    }

    static func scopes(_ text: String) throws -> Set<APIScope> {
        guard let words = try? JSONDecoder().decode([String].self, from: Data(text.utf8)) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "“\(text)” is not a list of scopes")
        }
        return Set(try words.map { try StoredValue.word($0) })
    }
}
