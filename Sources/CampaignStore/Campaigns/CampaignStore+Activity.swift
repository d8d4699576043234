package import CampaignCore
import GRDB

extension CampaignStore {
    /// Marks a campaign as active without dialing it: a service goes on with it.
    ///
    /// - Parameters:
    ///   - follows: whether its run is to stay open for contacts that come later.
    ///   - canary: that somebody has asked for; nil: what is left of an earlier one applies.
    package func activate(
        campaign name: String, follows: Bool, canary: CanaryRequest? = nil
    ) async throws(StoreError) {
        try await write { db in
            let campaign = try CampaignRows.id(db, named: name)
            if let canary {
                try CanaryRows.begin(db, canary, campaign: campaign)
            } else {
                try CanaryRows.forgetJudged(db, campaign: campaign)
            }
            try db.execute(
                sql: """
                    UPDATE campaign_row SET is_active = 1, follows = :follows, stopped_because = NULL,
                        stopped_because_pt = NULL
                    WHERE id = :campaign
                    """,
                arguments: ["follows": follows, "campaign": campaign])
        }
    }

    /// Marks a campaign as not active: no service goes on with it.
    package func deactivate(campaign name: String) async throws(StoreError) {
        try await write { db in
            try CampaignRows.deactivate(db, campaign: try CampaignRows.id(db, named: name))
        }
    }

    /// Records why a campaign cannot go on, such as a campaign file that has gone; it stays as active as it is.
    ///
    /// - Parameter reason: nil when nothing is in its way any more.
    package func noteObstacle(campaign name: String, reason: Phrase?) async throws(StoreError) {
        try await write { db in
            try db.execute(
                sql: """
                    UPDATE campaign_row SET stopped_because = :reason, stopped_because_pt = :portuguese WHERE id = :campaign
                    """,
                arguments: [
                    "reason": reason?.english, "portuguese": reason?.portuguese,
                    "campaign": try CampaignRows.id(db, named: name),
                ])
        }
    }
}

extension StoreReader {
    /// Whether a campaign is to be dialed, and what keeps it from that; nil when it is unknown.
    package func activity(campaign name: String) throws(StoreError) -> CampaignActivity? {
        try read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT \(CampaignRows.pauseColumns), is_active, follows, stopped_because, is_cancelling,
                        stopped_because_pt
                    FROM campaign WHERE name = :name
                    """,
                arguments: ["name": name])
            return try row.map { row in
                let reason: String? = try row.decode(atIndex: 5)
                let portuguese: String? = try row.decode(atIndex: 7)
                return CampaignActivity(
                    isActive: try row.decode(atIndex: 3), follows: try row.decode(atIndex: 4),
                    stoppedBecause: reason.map { Phrase($0, portuguese ?? $0) }, pause: try CampaignRows.pause(row),
                    isBeingCancelled: try row.decode(atIndex: 6))
            }
        }
    }

    /// The active campaigns, by name.
    package func activeCampaigns() throws(StoreError) -> [ActiveCampaign] {
        try read { db in
            // As many rows as campaigns.
            try Row.fetchAll(
                db,
                sql: """
                    SELECT \(CampaignRows.pauseColumns), name, file, follows FROM campaign WHERE is_active = 1 ORDER BY name
                    """
            ).map { row in
                ActiveCampaign(
                    name: try row.decode(atIndex: 3), file: try row.decode(atIndex: 4),
                    follows: try row.decode(atIndex: 5), pause: try CampaignRows.pause(row))
            }
        }
    }
}

/// Whether a campaign is to be dialed, and what keeps it from that.
package struct CampaignActivity: Hashable, Sendable {
    /// Whether somebody asked for it to be dialed, and it has not ended since.
    package var isActive: Bool
    /// Whether its run stays open for contacts that come later.
    package var follows: Bool
    /// Why its last run ended or it cannot go on; nil when there is nothing to explain.
    package var stoppedBecause: Phrase?
    /// Its pause; nil when it is not paused.
    package var pause: CampaignPause?
    /// Whether it is being cancelled, or was when a process was killed.
    package var isBeingCancelled: Bool

    /// What nobody has asked for yet, by default.
    package init(
        isActive: Bool = false, follows: Bool = false, stoppedBecause: Phrase? = nil, pause: CampaignPause? = nil,
        isBeingCancelled: Bool = false
    ) {
        self.isActive = isActive
        self.follows = follows
        self.stoppedBecause = stoppedBecause
        self.pause = pause
        self.isBeingCancelled = isBeingCancelled
    }
}

/// A campaign that a service goes on with.
package struct ActiveCampaign: Hashable, Sendable {
    package var name: String
    /// Where its campaign file was when it was last used.
    package var file: String
    /// Whether its run stays open for contacts that come later.
    package var follows: Bool
    /// Its pause; nil when it may be dialed.
    package var pause: CampaignPause?
}

extension CampaignRows {
    /// Notes that a campaign is not active. By rowid.
    static func deactivate(_ db: Database, campaign: Int64) throws {
        try db.execute(
            sql: "UPDATE campaign_row SET is_active = 0, follows = 0 WHERE id = :campaign",
            arguments: ["campaign": campaign])
    }
}
