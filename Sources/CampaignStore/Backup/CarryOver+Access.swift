import CampaignCore
import Foundation
import GRDB

/// Who may use the dashboard and the API is as it was last, and not as the copy has it: somebody who was removed since
/// would otherwise be back. Nobody stays signed in.
extension CarryOver {
    /// Users and tokens. Those of another database only add to the copy's own.
    mutating func carryAccess() throws {
        let users = "name, level, \(Self.password), created_at, changed_at"
        let tokens = "token_hash, name, scopes, created_at, created_by, last_used_at, expires_at"
        // Both before anything is changed: the source may be damaged. A few rows.
        let found = try [("dashboard_user", users), ("api_token", tokens)].map { table, columns in
            (table, columns, try Row.fetchAll(source, sql: "SELECT \(columns) FROM \(table)"))
        }
        let isSame = try isOfSameDatabase()
        try AccessRows.endSessions(target)
        for (table, columns, rows) in found {
            if isSame { try target.execute(sql: "DELETE FROM \(table)") }
            for row in rows { try insert(row, columns, into: table, "INSERT OR IGNORE") }
        }
    }

    /// The log has what both have. Of the same database, the later state of an entry stays.
    mutating func carryActions() throws {
        let columns = "at, actor_kind, actor, operation, campaign, detail, state, ended_at, error"
        let isSame = try isOfSameDatabase()
        let entries = try Row.fetchCursor(
            source, sql: "SELECT \(isSame ? "id, " : "")\(columns) FROM action_log ORDER BY id")
        while let entry = try entries.next() {
            try insert(entry, isSame ? "id, " + columns : columns, into: "action_log", "INSERT OR REPLACE")
        }
    }

    private static let password =
        "password_hash, password_salt, password_rounds, password_block_size, password_parallelism"

    private func isOfSameDatabase() throws -> Bool {
        try StoreRow.require(source).name == StoreRow.require(target).name
    }

    private func insert(_ row: Row, _ columns: String, into table: String, _ verb: String) throws {
        let names = columns.components(separatedBy: ", ")
        try target.execute(
            sql: "\(verb) INTO \(table) (\(columns)) VALUES (\(names.map { ":\($0)" }.joined(separator: ", ")))",
            arguments: try arguments(row, names))
    }
}

enum AccessRows {
    /// Signs everybody out, and forgets what the API replied.
    static func endSessions(_ db: Database) throws {
        for table in ["dashboard_session", "login_link", "idempotency_key"] {
            try db.execute(sql: "DELETE FROM \(table)")
        }
    }

    /// The same in a copy that is about to become the database.
    static func endSessions(in path: String) throws(StoreError) {
        try translatingErrors(path: path) {
            let copy = try DatabaseQueue(path: path)
            try copy.write { try endSessions($0) }
            try copy.close()
        }
    }
}
