package import CampaignCore
import GRDB

/// A campaign in one line: what is kept of it, whatever the number of its contacts.
package struct CampaignOverview: Hashable, Sendable {
    /// Its name.
    package var name: String
    /// Where its campaign file was when it was last used.
    package var file: String
    /// Contacts by state.
    package var counts: StateCounts
    /// Of how many the last call was answered, and of how many it was not.
    package var answered, notAnswered: Int
    /// Whether it is to be dialed, and what keeps it from that.
    package var activity: CampaignActivity
    /// What its run is doing or waiting for; only meaningful while it is under way.
    package var doing: RunActivity?
    /// The IANA name of the zone in which the days of its last run began; nil is the machine's own, or unknown.
    package var timeZone: String?
    /// When its last call began; nil when there was none.
    package var lastCallAt: Timestamp?
}

extension StoreReader {
    /// The campaigns in a line each, by name.
    ///
    /// - Parameter names: only these; nil means all.
    package func overviews(of names: [String]? = nil) throws(StoreError) -> [CampaignOverview] {
        try read { db in
            // As many rows as campaigns, each with what KeptCounts.states reads.
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT \(CampaignRows.pauseColumns), is_active, follows, stopped_because, is_cancelling, name, file,
                        activity, activity_until, time_zone, called_at, kept.accepted, failed, in_doubt, excluded,
                        answered, not_answered,
                        (SELECT count(*) FROM contact WHERE campaign_id = campaign.id AND state = 'dialing'),
                        (SELECT ifnull(sum(accepted), 0) FROM import WHERE campaign_id = campaign.id),
                        stopped_because_pt
                    FROM campaign JOIN contact_count AS kept ON kept.campaign_id = campaign.id AND is_new = 0
                    ORDER BY name
                    """)
            let overviews = try rows.map(Self.overview)
            guard let names else { return overviews }
            return overviews.filter { names.contains($0.name) }
        }
    }

    /// When the last call of a campaign began; nil when there was none.
    package func lastCall(campaign name: String) throws(StoreError) -> Timestamp? {
        try read { db in
            StoredValue.moment(
                try Int64.fetchOne(
                    db, sql: "SELECT called_at FROM campaign WHERE id = :campaign",
                    arguments: ["campaign": try CampaignRows.id(db, named: name)]))
        }
    }

    private static func overview(_ row: Row) throws -> CampaignOverview {
        var counts = StateCounts()
        counts.accepted = try row.decode(atIndex: 13)
        counts.failed = try row.decode(atIndex: 14)
        counts.inDoubt = try row.decode(atIndex: 15)
        counts.excluded = try row.decode(atIndex: 16)
        counts.dialing = try row.decode(atIndex: 19)
        counts.ready = try row.decode(Int.self, atIndex: 20) - counts.finished - counts.dialing
        let reason: String? = try row.decode(atIndex: 5)
        let portuguese: String? = try row.decode(atIndex: 21)
        let activity = CampaignActivity(
            isActive: try row.decode(atIndex: 3), follows: try row.decode(atIndex: 4),
            stoppedBecause: reason.map { Phrase($0, portuguese ?? $0) }, pause: try CampaignRows.pause(row),
            isBeingCancelled: try row.decode(atIndex: 6))
        var overview = CampaignOverview(
            name: try row.decode(atIndex: 7), file: try row.decode(atIndex: 8), counts: counts,
            answered: try row.decode(atIndex: 17), notAnswered: try row.decode(atIndex: 18), activity: activity)
        if let word = try row.decode(String?.self, atIndex: 9) {
            overview.doing = RunActivity(
                word: try StoredValue.word(word), until: StoredValue.moment(try row.decode(atIndex: 10)))
        }
        overview.timeZone = try row.decode(atIndex: 11)
        overview.lastCallAt = StoredValue.moment(try row.decode(atIndex: 12))
        return overview
    }
}
