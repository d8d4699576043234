package import CampaignCore
import GRDB

/// An instance as the database knows it, for whoever looks from outside a run.
package struct InstanceStatus: Hashable, Sendable {
    /// The name that a campaign gave it last.
    package var name: String
    /// Z-API's id.
    package var id: String
    /// How it was when a run last looked; nil when none ever did.
    package var condition: InstanceCondition?
    /// What it may do: the limits of all campaigns that share it.
    package var limits: InstanceLimits
    /// Every quarter of an hour in which it was used, by whichever campaign.
    package var uses: [QuarterUse]
}

extension StoreReader {
    /// The instances that a campaign used when it was last run, by name.
    ///
    /// - Parameter now: limits that were stated too long before it hold no more.
    package func instances(campaign name: String, now: Timestamp) throws(StoreError) -> [InstanceStatus] {
        try read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT id, zapi_id, name, condition, condition_reason, condition_since, condition_until,
                        queued_items, gap_ns, daily_cap, warmup
                    FROM instance_limit AS own JOIN instance ON instance.id = own.instance_id
                    WHERE own.campaign_id = :campaign ORDER BY name
                    """,
                arguments: ["campaign": try CampaignRows.id(db, named: name)])
            return try rows.map { row in
                var status = InstanceStatus(
                    name: row["name"], id: row["zapi_id"],
                    limits: try InstanceRows.stored(gap: row["gap_ns"], cap: row["daily_cap"], warmup: row["warmup"]),
                    uses: try InstanceRows.uses(of: row["id"], db))
                try InstanceRows.tighten(&status.limits, row: row["id"], now: now, db)
                if let word = row["condition"] as String?, let since = row["condition_since"] as Int64? {
                    status.condition = InstanceCondition(
                        word: try StoredValue.word(word), reason: row["condition_reason"],
                        since: Timestamp(milliseconds: since), until: StoredValue.moment(row["condition_until"]))
                    status.condition?.queuedItems = row["queued_items"]
                }
                return status
            }
        }
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

/// A run as it can be seen from outside.
package struct RunStatus: Hashable, Sendable {
    /// When it began.
    package var begunAt: Timestamp
    /// How many contacts were done then.
    package var finishedAtStart: Int
    /// The IANA name of the zone in which its days begin; nil is the machine's own.
    package var timeZone: String?
    /// What it does or waits for; only of interest while it goes on.
    package var activity: RunActivity?
}
