package import CampaignCore
import GRDB

/// An instance as the database knows it, for other processes than the run.
package struct InstanceStatus: Hashable, Sendable {
    /// The name that a campaign last gave it.
    package var name: String
    /// Z-API's id.
    package var id: String
    /// Its condition when a run last checked; nil when no run has.
    package var condition: InstanceCondition?
    /// Its limits: the strictest of all campaigns that share it.
    package var limits: InstanceLimits
    /// Every quarter of an hour in which any campaign used it.
    package var uses: [QuarterHourUse]
    /// Before this, by the wall clock, its pace allows no further call; nil when it has placed none.
    package var nextAt: Timestamp?
}

extension StoreReader {
    /// The instances that a campaign used in its last run, by name.
    ///
    /// - Parameter now: limits that were stated too long before this no longer apply.
    package func instances(campaign name: String, now: Timestamp) throws(StoreError) -> [InstanceStatus] {
        try read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT id, zapi_id, name, condition, condition_reason, condition_since, condition_until,
                        queued_items, next_at, gap_ns, daily_cap, warmup
                    FROM instance_limit AS own JOIN instance ON instance.id = own.instance_id
                    WHERE own.campaign_id = :campaign AND own.stated_at <> \(InstanceRows.isNotUsed) ORDER BY name
                    """,
                arguments: ["campaign": try CampaignRows.id(db, named: name)])
            return try rows.map { row in
                var status = InstanceStatus(
                    name: row["name"], id: row["zapi_id"],
                    limits: try InstanceRows.stored(gap: row["gap_ns"], cap: row["daily_cap"], warmup: row["warmup"]),
                    uses: try InstanceRows.uses(db, of: row["id"]))
                status.nextAt = StoredValue.moment(row["next_at"])
                try InstanceRows.tighten(db, &status.limits, row: row["id"], now: now)
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

}

extension StoreReader {
    /// The limits of a campaign's instances, as a run that began now would find them: the campaign's own according to
    /// its file, and those of every other campaign that shares an instance.
    ///
    /// - Parameters:
    ///   - now: limits that were stated too long before this no longer apply.
    ///   - boot: identifies the machine's current boot.
    package func limits(of campaign: Campaign, now: Timestamp, boot: String) throws(StoreError) -> LimitSnapshot {
        try read { db in
            let id = try CampaignRows.id(db, named: campaign.name)
            let instances = try campaign.instances.map { instance in
                var limits = InstanceLimits(instance)
                // By the unique index on zapi_id.
                let row = try Int64.fetchOne(
                    db, sql: "SELECT id FROM instance WHERE zapi_id = :id", arguments: ["id": instance.id])
                guard let row else { return InstanceSnapshot(pace: PaceMark(nextAt: .epoch), limits: limits) }
                try InstanceRows.tighten(db, &limits, row: row, now: now, besides: id)
                return InstanceSnapshot(
                    pace: try InstanceRows.pace(db, ofInstance: row, isUncertain: false), limits: limits,
                    uses: try InstanceRows.uses(db, of: row))
            }
            return LimitSnapshot(
                instances: instances, campaignPace: try InstanceRows.pace(db, ofCampaign: id, isUncertain: false),
                believedOffset: try InstanceRows.believedOffset(db, boot: boot))
        }
    }

    /// The clock offset that a run has recorded since the machine's last boot, as ``LimitClock/offset``; nil when none
    /// has been.
    package func believedOffset(boot: String) throws(StoreError) -> Int64? {
        try read { db in try InstanceRows.believedOffset(db, boot: boot) }
    }
}
