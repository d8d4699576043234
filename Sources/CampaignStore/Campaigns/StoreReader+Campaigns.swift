package import CampaignCore
import GRDB

extension StoreReader {
    /// The campaigns, by name.
    package func campaigns() throws(StoreError) -> [CampaignEntry] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT name, file FROM campaign ORDER BY name").map {
                CampaignEntry(name: try $0.decode(atIndex: 0), file: try $0.decode(atIndex: 1))
            }
        }
    }

    /// The error that no campaign is called `name`, or not yet.
    package func unknown(campaign name: String) throws(StoreError) -> StoreError {
        try read { db in try CampaignRows.unknown(db, name) }
    }

    /// Contacts by state.
    package func counts(campaign: String) throws(StoreError) -> StateCounts {
        try read { db in try KeptCounts.states(db, campaign: try CampaignRows.id(db, named: campaign)) }
    }

    /// What came of the calls, as webhooks say.
    package func outcomes(campaign: String) throws(StoreError) -> OutcomeCounts {
        try read { db in try KeptCounts.outcomes(db, campaign: try CampaignRows.id(db, named: campaign)) }
    }

    /// When the next waiting contact is due; nil when none is ready.
    package func nextDue(campaign: String) throws(StoreError) -> Timestamp? {
        try read { db in try ContactTurn.nextDue(db, campaign: CampaignRows.id(db, named: campaign)) }
    }

    /// How many contacts of a campaign are called on a further phone of their row.
    package func movedOn(campaign: String) throws(StoreError) -> Int {
        try read { db in
            // contact_phone_ended, and each contact by row.
            try Int.fetchOne(
                db,
                sql: """
                    SELECT count(*) FROM contact_phone AS former INDEXED BY contact_phone_ended
                    CROSS JOIN contact ON contact.id = former.contact_id
                    WHERE former.place = 0 AND former.ended IS NOT NULL AND contact.campaign_id = :campaign
                    """,
                arguments: ["campaign": try CampaignRows.id(db, named: campaign)]) ?? 0
        }
    }

    /// The settings of the last run of a campaign, and since when they are those; nil when there was none.
    package func lastSettings(campaign: String) throws(StoreError) -> CampaignHistory.Settings? {
        try read { db in try HistoryRows.lastSettings(db, campaign: CampaignRows.id(db, named: campaign)) }
    }

    /// The last run of a campaign; nil when there was none.
    package func lastRun(campaign name: String) throws(StoreError) -> RunStatus? {
        try read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT begun_at, begun_finished, time_zone, activity, activity_until FROM campaign WHERE name = :name
                    """,
                arguments: ["name": name])
            guard let row, let begun = try row.decode(Int64?.self, atIndex: 0) else { return nil }
            var status = RunStatus(
                begunAt: Timestamp(milliseconds: begun), finishedAtStart: try row.decode(Int?.self, atIndex: 1) ?? 0,
                timeZone: try row.decode(atIndex: 2))
            if let word = try row.decode(String?.self, atIndex: 3) {
                status.activity = RunActivity(
                    word: try StoredValue.word(word), until: StoredValue.moment(try row.decode(atIndex: 4)))
            }
            return status
        }
    }
}

/// An imported campaign.
package struct CampaignEntry: Hashable, Sendable {
    package var name: String
    /// Where its campaign file was when it was last used.
    package var file: String
}

/// A run as other processes see it.
package struct RunStatus: Hashable, Sendable {
    /// When it began.
    package var begunAt: Timestamp
    /// How many contacts were finished at that time.
    package var finishedAtStart: Int
    /// The IANA name of the zone in which its days begin; nil is the machine's own.
    package var timeZone: String?
    /// What it is doing or waiting for; only meaningful while it is under way.
    package var activity: RunActivity?
}
