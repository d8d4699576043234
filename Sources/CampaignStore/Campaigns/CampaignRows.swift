import CampaignCore
import GRDB

/// The rows of campaigns and instances: finding them and entering them.
enum CampaignRows {
    /// The row of the campaign called `name`; nil when there is none.
    static func find(_ db: Database, named name: String) throws -> Int64? {
        try Int64.fetchOne(db, sql: "SELECT id FROM campaign WHERE name = :name", arguments: ["name": name])
    }

    /// The row of the campaign called `name`.
    static func id(_ db: Database, named name: String) throws -> Int64 {
        if let id = try find(db, named: name) { return id }
        throw try unknown(db, name)
    }

    /// The name of a campaign. By rowid.
    static func name(_ db: Database, _ row: Int64) throws -> String {
        let statement = try HotStatement(db, "SELECT name FROM campaign_row WHERE id = ?")
        statement.bind(row, at: 1)
        guard let name = try statement.firstText() else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "campaign row is gone")
        }
        return name
    }

    /// The error that no campaign is called `name`, or not yet.
    static func unknown(_ db: Database, _ name: String) throws -> StoreError {
        // Among all rows: the view hides a campaign whose import has not finished.
        let comes = try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM campaign_row WHERE name = :name)", arguments: ["name": name])
        if comes == true { return .campaignIncomplete(name: name) }
        return .unknownCampaign(
            name: name, known: try String.fetchAll(db, sql: "SELECT name FROM campaign ORDER BY name"))
    }

    /// The row of the campaign called `name`, created if there is none; records where its file is.
    static func enter(_ db: Database, campaign name: String, file: String, now: Timestamp) throws -> Int64 {
        try db.execute(
            sql: """
                INSERT INTO campaign_row (name, file, created_at) VALUES (:name, :file, :now)
                ON CONFLICT (name) DO UPDATE SET file = excluded.file
                """,
            arguments: ["name": name, "file": file, "now": now.milliseconds])
        // The view hides a campaign whose import has not finished.
        let row = try Int64.fetchOne(
            db, sql: "SELECT id FROM campaign_row WHERE name = :name", arguments: ["name": name])
        guard let row else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "campaign row is gone") }
        return row
    }

    /// Records that a run of the campaign begins, for other processes.
    static func note(_ db: Database, _ start: RunStart, finished: Int, campaign: Int64) throws {
        try HistoryRows.note(db, settings: start.settings, campaign: campaign, at: start.now)
        // Of a process that just ended: whoever begins waits for nothing yet.
        try HistoryRows.noteEndOfWait(db, campaign: campaign, at: start.now)
        try db.execute(
            sql: """
                UPDATE campaign_row SET begun_at = :now, begun_finished = :finished, time_zone = :zone, activity = NULL,
                    activity_until = NULL, is_active = 1, follows = :follows, stopped_because = NULL,
                    stopped_because_pt = NULL, opt_out = :optOut
                WHERE id = :campaign
                """,
            arguments: [
                "now": start.now.milliseconds, "finished": finished, "zone": start.timeZone, "follows": start.follows,
                "optOut": try StoredOptOut.text(start.optOut), "campaign": campaign,
            ])
        try note(db, retention: start.retention, campaign: campaign)
    }

    /// Records how long a campaign keeps what is about people.
    private static func note(_ db: Database, retention: Duration?, campaign: Int64) throws {
        guard let retention else {
            try db.execute(sql: "DELETE FROM retention WHERE campaign_id = ?", arguments: [campaign])
            return
        }
        try db.execute(
            sql: """
                INSERT INTO retention (campaign_id, keeps_ms) VALUES (:campaign, :keeps)
                ON CONFLICT (campaign_id) DO UPDATE SET keeps_ms = excluded.keeps_ms
                """, arguments: ["campaign": campaign, "keeps": retention.millisecondsRoundedUp])
    }

    /// Records whether contacts of a campaign are called on the next phones of their rows, before anything is learned of
    /// its calls.
    static func note(_ db: Database, fallsBack: Bool, campaign: Int64) throws {
        try db.execute(
            sql: "UPDATE campaign_row SET falls_back = :fallsBack WHERE id = :campaign",
            arguments: ["fallsBack": fallsBack, "campaign": campaign])
    }

    /// Records what a campaign that is being dialed is doing, for other processes.
    static func note(_ db: Database, _ activity: RunActivity, campaign: Int64, at now: Timestamp) throws {
        try HistoryRows.note(db, next: activity, campaign: campaign, at: now)
        try db.execute(
            sql: "UPDATE campaign_row SET activity = :word, activity_until = :until WHERE id = :campaign",
            arguments: [
                "word": activity.word.rawValue, "until": activity.until?.milliseconds, "campaign": campaign,
            ])
    }

    /// Records when the last call of a campaign began. By rowid.
    static func note(_ db: Database, lastCallAt moment: Timestamp, campaign: Int64) throws {
        let statement = try HotStatement(db, "UPDATE campaign_row SET last_call_at = ?1, called_at = ?1 WHERE id = ?2")
        statement.bind(moment.milliseconds, at: 1)
        statement.bind(campaign, at: 2)
        try statement.run()
    }

    /// When the last call of a campaign began; nil when there was none, or it has been cancelled since. By rowid.
    static func lastCallAt(_ db: Database, campaign: Int64) throws -> Timestamp? {
        let statement = try HotStatement(db, "SELECT last_call_at FROM campaign_row WHERE id = ?")
        statement.bind(campaign, at: 1)
        return StoredValue.moment(try statement.firstNumber())
    }

    /// Records that a campaign is no longer dialed. One that was cancelled or deactivated meanwhile does not become
    /// active again.
    static func note(_ db: Database, _ departure: RunDeparture, campaign: Int64) throws {
        if let end = departure.at { try HistoryRows.noteEndOfWait(db, campaign: campaign, at: end) }
        try db.execute(
            sql: """
                UPDATE campaign_row SET is_active = min(is_active, :stays), follows = min(follows, :stays),
                    stopped_because = :reason, stopped_because_pt = :portuguese, activity = NULL, activity_until = NULL
                WHERE id = :campaign
                """,
            arguments: [
                "stays": departure.staysActive, "reason": departure.reason?.english,
                "portuguese": departure.reason?.portuguese, "campaign": campaign,
            ])
    }

    /// The row of a Z-API instance, created if there is none; a changed name is adopted.
    static func enter(_ db: Database, instance: Instance) throws -> Int64 {
        try enter(db, instance: instance.id, name: instance.name)
    }

    /// The same, by Z-API's id.
    static func enter(_ db: Database, instance id: String, name: String) throws -> Int64 {
        try db.execute(
            sql: """
                INSERT INTO instance (zapi_id, name) VALUES (:id, :name)
                ON CONFLICT (zapi_id) DO UPDATE SET name = excluded.name
                """,
            arguments: ["id": id, "name": name])
        let row = try Int64.fetchOne(db, sql: "SELECT id FROM instance WHERE zapi_id = :id", arguments: ["id": id])
        guard let row else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "instance row is gone") }
        return row
    }

    /// Whether the campaign has any contact. Reads the left end of contact_by_turn.
    static func hasContacts(_ db: Database, campaign: Int64) throws -> Bool {
        try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM contact WHERE campaign_id = :campaign)",
            arguments: ["campaign": campaign]) ?? false
    }

    /// Excludes contacts of a campaign that are `ready`. When none are left, those that are held stay excluded for this
    /// reason, whatever is decided about their reply.
    ///
    /// - Parameter limit: the maximum; fewer means that none are left.
    /// - Returns: how many were excluded, and whether none is left.
    static func exclude(
        _ db: Database, _ reason: ExclusionReason, limit: Int, campaign: Int64
    ) throws -> (excluded: Int, isOver: Bool) {
        // Whoever waits for a further call has been called, and stays `accepted`. contact_by_redial.
        let redialed = try Int64.fetchAll(
            db,
            sql: """
                SELECT id FROM contact_row WHERE campaign_id = :campaign AND redial_at IS NOT NULL AND +state = 'ready'
                LIMIT :limit
                """,
            arguments: ["campaign": campaign, "limit": limit])
        for contact in redialed { _ = try Redials.withdraw(db, contact) }
        let limit = limit - redialed.count
        guard limit > 0 else { return (0, false) }
        let excluded = try TurnRange.allCases.reduce(0) { excluded, range in
            // The left end of the range in contact_by_turn; each by its row.
            let statement = try HotStatement(
                db,
                """
                UPDATE contact_row SET state = 'excluded', reason = ?1 WHERE id IN (
                    SELECT id FROM contact_row WHERE campaign_id = ?2 AND state = 'ready' AND \(range.contacts)
                    ORDER BY due_at, id LIMIT ?3)
                """)
            statement.bind(reason.rawValue, at: 1)
            statement.bind(campaign, at: 2)
            statement.bind(Int64(limit - excluded), at: 3)
            return try excluded + statement.run()
        }
        if excluded < limit { try excludeHeld(db, reason, campaign: campaign) }
        return (excluded, excluded < limit)
    }

    private static func excludeHeld(_ db: Database, _ reason: ExclusionReason, campaign: Int64) throws {
        // Each of the few holds; contact by row.
        let statement = try HotStatement(
            db,
            """
            UPDATE contact_row SET reason = ?1 WHERE state = 'excluded' AND reason = 'held' AND id IN (
                \(StopList.hold.contacts(of: "?2")))
            """)
        statement.bind(reason.rawValue, at: 1)
        statement.bind(campaign, at: 2)
        try statement.run()
    }

    /// The contact of a campaign with this number, however written. By primary key.
    static func contact(_ db: Database, campaign: Int64, identity: Int64) throws -> Int64? {
        let statement = try HotStatement(
            db, "SELECT contact_id FROM contact_identity WHERE campaign_id = ? AND identity = ?")
        statement.bind(campaign, at: 1)
        statement.bind(identity, at: 2)
        return try statement.firstNumber()
    }
}
