package import CampaignCore
import Foundation
import GRDB

/// How an action ended.
package enum ActionEnd: Hashable, Sendable {
    case done
    /// Why; phones in it are masked, and secrets hidden, when it is written.
    case failed(String)
}

extension CampaignStore {
    /// Records that somebody begins to do something.
    ///
    /// - Returns: the entry's number, for ``endAction(_:_:detail:now:)``.
    package func beginAction(
        _ operation: String, by actor: Actor, detail: ActionDetail, now: Timestamp
    ) async throws(StoreError) -> Int64 {
        try await write { db in
            try db.execute(
                sql: """
                    INSERT INTO action_log (at, actor_kind, actor, operation, campaign, detail, state)
                    VALUES (:at, :kind, :actor, :operation, :campaign, :detail, 'begun')
                    """,
                arguments: [
                    "at": now.milliseconds, "kind": actor.kind.rawValue, "actor": actor.name, "operation": operation,
                    "campaign": detail.campaign, "detail": try ActionRows.text(detail),
                ])
            return db.lastInsertedRowID
        }
    }

    /// Records how it ended, and what came of it. What is about a campaign that was deleted meanwhile stays out.
    package func endAction(
        _ id: Int64, _ end: ActionEnd, detail: ActionDetail, now: Timestamp
    ) async throws(StoreError) {
        try await write { db in
            var (state, error) = (ActionEntry.State.done, String?.none)
            if case .failed(let why) = end { (state, error) = (.failed, ActionRows.masked(why)) }
            // By primary key.
            try db.execute(
                sql: """
                    UPDATE action_log SET state = :state, ended_at = :now, error = :error, detail = :detail WHERE id = :id
                    """,
                arguments: [
                    "id": id, "state": state.rawValue, "now": now.milliseconds, "error": error,
                    "detail": try ActionRows.text(detail),
                ])
            guard detail.campaign != nil else { return }
            let isDeleted = try Bool.fetchOne(
                db, sql: "SELECT campaign IS NULL FROM action_log WHERE id = :id", arguments: ["id": id])
            if isDeleted == true { try ActionRows.reduce(db, entry: id) }
        }
    }
}

extension StoreReader {
    /// Who did what, the latest first.
    ///
    /// - Parameters:
    ///   - campaign: only what was done about it; nil: everything.
    ///   - id: only entries before this one; nil: from the latest on.
    package func actions(
        campaign: String? = nil, before id: Int64? = nil, limit: Int
    ) throws(StoreError) -> [ActionEntry] {
        var arguments: StatementArguments = ["id": id ?? .max, "limit": limit]
        if let campaign { arguments += ["campaign": campaign] }
        return try read { db in
            // From the right end of the table, or of action_by_campaign.
            try Row.fetchAll(
                db,
                sql: """
                    SELECT id, at, actor_kind, actor, operation, campaign, detail, state, ended_at, error FROM action_log
                    WHERE id < :id \(campaign == nil ? "" : "AND campaign = :campaign") ORDER BY id DESC LIMIT :limit
                    """,
                arguments: arguments
            ).map(ActionRows.entry)
        }
    }
}

/// The rows of the log of who did what.
enum ActionRows {
    /// Longer errors say the same again, or list rows.
    private static let longestError = 300

    static func entry(_ row: Row) throws -> ActionEntry {
        var detail = try detail(row.decode(atIndex: 6))
        detail.campaign = try row.decode(atIndex: 5)
        return ActionEntry(
            id: try row.decode(atIndex: 0), at: Timestamp(milliseconds: try row.decode(atIndex: 1)),
            actor: Actor(try StoredValue.word(row.decode(atIndex: 2)), try row.decode(atIndex: 3)),
            operation: try row.decode(atIndex: 4), detail: detail,
            state: try StoredValue.word(row.decode(atIndex: 7)),
            endedAt: StoredValue.moment(try row.decode(atIndex: 8)), error: try row.decode(atIndex: 9))
    }

    static func detail(_ text: String) throws -> ActionDetail {
        guard let detail = try? JSONDecoder().decode(ActionDetail.self, from: Data(text.utf8)) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "an action's detail is not one of ours")
        }
        return detail
    }

    static func text(_ detail: ActionDetail) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(detail), as: UTF8.self)
    }

    /// The first line of an error, without phones and secrets.
    static func masked(_ error: String) -> String {
        let line = error.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return String(PhoneMask.masked(TextMask.masked(line, isPersonal: false)).prefix(longestError))
    }

    /// Keeps of a campaign that was deleted what was done, when, by whom, and counts.
    ///
    /// - Parameter campaign: its name. Entries of one that will have it later come after this.
    static func forget(_ db: Database, campaign: String) throws {
        // By action_by_campaign.
        try db.execute(sql: reduction + " WHERE campaign = :campaign", arguments: ["campaign": campaign])
    }

    fileprivate static func reduce(_ db: Database, entry id: Int64) throws {
        try db.execute(sql: reduction + " WHERE id = :id", arguments: ["id": id])
    }

    private static let reduction = """
        UPDATE action_log SET campaign = NULL, error = NULL,
            detail = json_object('counts', json(ifnull(json_extract(detail, '$.counts'), '{}')))
        """
}
