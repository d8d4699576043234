package import CampaignCore
import GRDB

/// A pause: the campaign is not dialed until it is resumed.
package struct CampaignPause: Hashable, Sendable, Codable {
    /// When it was paused.
    package var since: Timestamp
    /// Who paused it, such as `ana (uid 1000)`.
    package var user: String
    /// By which command, such as `pause november`.
    package var command: String

    package init(since: Timestamp, user: String, command: String) {
        self.since = since
        self.user = user
        self.command = command
    }
}

extension CampaignStore {
    /// Records that a campaign is paused. If it is paused already, the first pause stays.
    ///
    /// - Returns: the pause now in effect.
    package func pause(campaign name: String, _ pause: CampaignPause) async throws(StoreError) -> CampaignPause {
        try await write { db in
            let campaign = try CampaignRows.id(db, named: name)
            try db.execute(
                sql: """
                    UPDATE campaign_row SET paused_at = :since, paused_by = :user, paused_with = :command
                    WHERE id = :campaign AND paused_at IS NULL
                    """,
                arguments: [
                    "since": pause.since.milliseconds, "user": pause.user, "command": pause.command,
                    "campaign": campaign,
                ])
            if db.changesCount > 0 { try HistoryRows.note(db, .paused, campaign: campaign, at: pause.since) }
            return try CampaignRows.pause(db, of: name) ?? pause
        }
    }

    /// Resumes a campaign.
    ///
    /// - Returns: the pause that ended; nil when it was not paused.
    package func resume(campaign name: String, now: Timestamp) async throws(StoreError) -> CampaignPause? {
        try await write { db in
            let campaign = try CampaignRows.id(db, named: name)
            let pause = try CampaignRows.pause(db, of: name)
            try db.execute(
                sql:
                    "UPDATE campaign_row SET paused_at = NULL, paused_by = NULL, paused_with = NULL WHERE id = :campaign",
                arguments: ["campaign": campaign])
            if pause != nil { try HistoryRows.note(db, .resumed, campaign: campaign, at: now) }
            return pause
        }
    }
}

extension StoreReader {
    /// The pause of a campaign; nil when it may be dialed, or is unknown.
    package func pause(campaign name: String) throws(StoreError) -> CampaignPause? {
        try read { db in try CampaignRows.pause(db, of: name) }
    }
}

extension CampaignRows {
    /// The columns of a pause, of which ``pause(_:)`` reads the first three of a row.
    static let pauseColumns = "paused_at, paused_by, paused_with"

    /// The pause in a row that begins with its columns; nil when there is none.
    static func pause(_ row: Row) throws -> CampaignPause? {
        guard let since = try row.decode(Int64?.self, atIndex: 0) else { return nil }
        return CampaignPause(
            since: Timestamp(milliseconds: since), user: try row.decode(atIndex: 1), command: try row.decode(atIndex: 2)
        )
    }

    fileprivate static func pause(_ db: Database, of name: String) throws -> CampaignPause? {
        let row = try Row.fetchOne(
            db, sql: "SELECT \(pauseColumns) FROM campaign WHERE name = :name", arguments: ["name": name])
        return try row.flatMap { try pause($0) }
    }
}
