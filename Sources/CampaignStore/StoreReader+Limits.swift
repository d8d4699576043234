package import CampaignCore
import GRDB

extension StoreReader {
    /// Where the limits of a campaign's instances stand, as a run that began now would find them: its own as the file has
    /// them, and those of every other campaign that shares an instance.
    ///
    /// - Parameters:
    ///   - now: limits that were stated too long before it hold no more.
    ///   - boot: the present life of the machine.
    package func limits(of campaign: Campaign, now: Timestamp, boot: String) throws(StoreError) -> LimitSnapshot {
        try read { db in
            let id = try CampaignRows.id(db, named: campaign.name)
            let instances = try campaign.instances.map { instance in
                var limits = InstanceLimits(instance)
                // By the unique index on zapi_id.
                let row = try Int64.fetchOne(
                    db, sql: "SELECT id FROM instance WHERE zapi_id = :id", arguments: ["id": instance.id])
                guard let row else { return InstanceSnapshot(pace: PaceMark(nextAt: .epoch), limits: limits) }
                try InstanceRows.tighten(&limits, row: row, now: now, besides: id, db)
                return InstanceSnapshot(
                    pace: try InstanceRows.pace(ofInstance: row, isUncertain: false, db), limits: limits,
                    uses: try InstanceRows.uses(of: row, db))
            }
            return LimitSnapshot(
                instances: instances, campaignPace: try InstanceRows.pace(ofCampaign: id, isUncertain: false, db),
                believedOffset: try InstanceRows.believedOffset(boot: boot, db))
        }
    }

    /// What a run has written down of the clock in this life of the machine, as ``LimitClock/offset``; nil is nothing yet.
    package func believedOffset(boot: String) throws(StoreError) -> Int64? {
        try read { db in try InstanceRows.believedOffset(boot: boot, db) }
    }
}
