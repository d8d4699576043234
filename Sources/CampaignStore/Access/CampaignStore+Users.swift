package import CampaignCore
import Foundation
import GRDB

extension CampaignStore {
    /// Adds a user, or changes one. Whoever is signed in under that name is signed out, and the links that were made for
    /// it are no longer valid.
    ///
    /// - Returns: false when there is already one of that name, or, for a change, none: nothing was done.
    package func setUser(_ name: String, _ change: UserChange, now: Timestamp) async throws(StoreError) -> Bool {
        try await write { db in
            switch change {
            case .added(let level, let password):
                try db.execute(
                    sql: """
                        INSERT INTO dashboard_user (name, level, created_at, changed_at)
                        VALUES (:name, :level, :now, :now) ON CONFLICT (name) DO NOTHING
                        """,
                    arguments: ["name": name, "level": level.rawValue, "now": now.milliseconds])
                guard db.changesCount > 0 else { return false }
                try UserRows.set(db, password, of: name, now: now)
                return true
            case .level(let level):
                try db.execute(
                    sql: "UPDATE dashboard_user SET level = :level, changed_at = :now WHERE name = :name",
                    arguments: ["name": name, "level": level.rawValue, "now": now.milliseconds])
            case .password(let password):
                try UserRows.set(db, password, of: name, now: now)
            }
            guard db.changesCount > 0 else { return false }
            try UserRows.signOut(db, name)
            return true
        }
    }

    /// Removes a user, and signs them out.
    ///
    /// - Returns: whether there was one of that name.
    package func removeUser(_ name: String) async throws(StoreError) -> Bool {
        try await write { db in
            try UserRows.signOut(db, name)
            try db.execute(sql: "DELETE FROM dashboard_user WHERE name = :name", arguments: ["name": name])
            return db.changesCount > 0
        }
    }

    /// Signs a user in.
    ///
    /// - Returns: false when there is no such user any more.
    package func addSession(_ session: DashboardSession, tokenHash: [UInt8]) async throws(StoreError) -> Bool {
        try await write { db in try UserRows.add(db, session, tokenHash, to: "dashboard_session") }
    }

    /// Signs out of one session.
    ///
    /// - Returns: whether it was there.
    package func removeSession(tokenHash: [UInt8]) async throws(StoreError) -> Bool {
        try await write { db in
            try db.execute(
                sql: "DELETE FROM dashboard_session WHERE token_hash = :hash", arguments: ["hash": Data(tokenHash)])
            return db.changesCount > 0
        }
    }

    /// Signs a user out everywhere; the links that were made for them are no longer valid.
    package func removeSessions(user name: String) async throws(StoreError) {
        try await write { db in try UserRows.signOut(db, name) }
    }

    /// Enters a link that signs a user in once.
    ///
    /// - Returns: false when there is no such user.
    package func addLoginLink(_ session: DashboardSession, tokenHash: [UInt8]) async throws(StoreError) -> Bool {
        try await write { db in try UserRows.add(db, session, tokenHash, to: "login_link") }
    }

    /// Uses up a link: of any number of requests that come with it, one gets an answer.
    ///
    /// - Returns: who it signs in, and with which level; nil when there is no such link, it was used, or has expired.
    package func takeLoginLink(
        tokenHash: [UInt8], now: Timestamp
    ) async throws(StoreError) -> (user: String, level: DashboardLevel)? {
        let taken = try await write { db -> DashboardSession? in
            let found = try UserRows.session(db, in: "login_link", tokenHash, now: now)
            // An expired one, too.
            try db.execute(
                sql: "DELETE FROM login_link WHERE token_hash = :hash", arguments: ["hash": Data(tokenHash)])
            return found
        }
        return taken.map { ($0.user, $0.level) }
    }
}

extension StoreReader {
    /// The users of the dashboard, by name.
    package func users() throws(StoreError) -> [StoredUser] {
        // A few rows.
        try read { db in
            try Row.fetchAll(db, sql: "SELECT \(UserRows.columns) FROM dashboard_user ORDER BY name").map(UserRows.user)
        }
    }

    /// A user by their exact name; nil when there is none.
    package func user(named name: String) throws(StoreError) -> StoredUser? {
        try read { db in
            try Row.fetchOne(
                db, sql: "SELECT \(UserRows.columns) FROM dashboard_user WHERE name = :name",
                arguments: ["name": name]
            ).map(UserRows.user)
        }
    }

    /// Whom a link would sign in, which stays as it is; nil when there is no such link, it was used, or has expired.
    package func loginLink(tokenHash: [UInt8], now: Timestamp) throws(StoreError) -> DashboardSession? {
        try read { db in try UserRows.session(db, in: "login_link", tokenHash, now: now) }
    }

    /// Who is signed in with a token, and what they may do at this moment; nil when nobody is.
    package func session(tokenHash: [UInt8], now: Timestamp) throws(StoreError) -> DashboardSession? {
        try read { db in try UserRows.session(db, in: "dashboard_session", tokenHash, now: now) }
    }
}

/// The rows of users, sessions and links.
enum UserRows {
    static let columns = """
        name, level, password_hash, password_salt, password_rounds, password_block_size, password_parallelism, created_at,
        changed_at
        """

    static func user(_ row: Row) throws -> StoredUser {
        var password: StoredPassword?
        if let hash = try row.decode(Data?.self, atIndex: 2) {
            password = StoredPassword(
                hash: [UInt8](hash), salt: [UInt8](try row.decode(Data.self, atIndex: 3)),
                cost: PasswordCost(
                    rounds: try row.decode(atIndex: 4), blockSize: try row.decode(atIndex: 5),
                    parallelism: try row.decode(atIndex: 6)))
        }
        return StoredUser(
            name: try row.decode(atIndex: 0), level: try StoredValue.word(row.decode(atIndex: 1)), password: password,
            createdAt: Timestamp(milliseconds: try row.decode(atIndex: 7)),
            changedAt: Timestamp(milliseconds: try row.decode(atIndex: 8)))
    }

    static func set(_ db: Database, _ password: StoredPassword?, of name: String, now: Timestamp) throws {
        try db.execute(
            sql: """
                UPDATE dashboard_user SET password_hash = :hash, password_salt = :salt, password_rounds = :rounds,
                    password_block_size = :size, password_parallelism = :parallelism, changed_at = :now
                WHERE name = :name
                """,
            arguments: [
                "name": name, "hash": password.map { Data($0.hash) }, "salt": password.map { Data($0.salt) },
                "rounds": password?.cost.rounds, "size": password?.cost.blockSize,
                "parallelism": password?.cost.parallelism, "now": now.milliseconds,
            ])
    }

    /// Removes the sessions and links of a user. As many rows as people are signed in.
    static func signOut(_ db: Database, _ name: String) throws {
        for table in ["dashboard_session", "login_link"] {
            try db.execute(sql: "DELETE FROM \(table) WHERE user_name = :name", arguments: ["name": name])
        }
    }

    /// - Returns: false when there is no such user.
    static func add(
        _ db: Database, _ session: DashboardSession, _ tokenHash: [UInt8], to table: String
    ) throws -> Bool {
        try db.execute(
            sql: """
                INSERT INTO \(table) (token_hash, user_name, level, created_at, expires_at)
                SELECT :hash, name, :level, :created, :expires FROM dashboard_user WHERE name = :name
                """,
            arguments: [
                "hash": Data(tokenHash), "name": session.user, "level": session.level.rawValue,
                "created": session.createdAt.milliseconds, "expires": session.expiresAt.milliseconds,
            ])
        return db.changesCount > 0
    }

    /// A session, or a link, that is still valid. Both by primary keys.
    static func session(
        _ db: Database, in table: String, _ tokenHash: [UInt8], now: Timestamp
    ) throws -> DashboardSession? {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT entry.user_name, entry.level, dashboard_user.level, entry.created_at, entry.expires_at
                FROM \(table) AS entry JOIN dashboard_user ON dashboard_user.name = entry.user_name
                WHERE entry.token_hash = :hash AND entry.expires_at > :now
                """, arguments: ["hash": Data(tokenHash), "now": now.milliseconds])
        return try row.map { row in
            let given: DashboardLevel = try StoredValue.word(row.decode(atIndex: 1))
            let present: DashboardLevel = try StoredValue.word(row.decode(atIndex: 2))
            return DashboardSession(
                user: try row.decode(atIndex: 0), level: min(given, present),
                createdAt: Timestamp(milliseconds: try row.decode(atIndex: 3)),
                expiresAt: Timestamp(milliseconds: try row.decode(atIndex: 4)))
        }
    }
}
