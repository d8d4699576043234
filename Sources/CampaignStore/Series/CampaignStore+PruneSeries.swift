package import CampaignCore
import GRDB

extension CampaignStore {
    /// How long calls are known by the minute; by the hour they are kept as long as their campaign.
    package static let minutesAreKept = Duration.seconds(7 * 24 * 3600)

    /// Removes the minutes of the calls over time that began before `moment`; their hours stay.
    ///
    /// It is done in slices; if it is interrupted, or its task is cancelled, calling it again removes the rest.
    ///
    /// - Returns: how many rows were removed.
    @discardableResult
    package func pruneSeries(before moment: Timestamp) async throws(StoreError) -> Int {
        // Whole hours: what is left of an hour would look like all of it.
        let minute = moment.milliseconds.floored(by: 3_600_000) * 60
        let limit = sliceLimits.rows
        var pruned = 0
        while true {
            let slice = try await writeSlice { db in try Self.pruneSeries(db, before: minute, limit: limit) }
            pruned += slice
            guard slice == limit, !Task.isCancelled else { return pruned }
        }
    }

    private static func pruneSeries(_ db: Database, before minute: Int64, limit: Int) throws -> Int {
        // Once for each campaign: the left end of a range of the primary key.
        try db.execute(
            sql: """
                DELETE FROM call_series WHERE (campaign_id, span, start, instance_id) IN (
                    SELECT campaign_id, span, start, instance_id FROM campaign_row AS campaign
                    CROSS JOIN call_series AS old ON old.campaign_id = campaign.id AND old.span = 1
                        AND old.start < :minute
                    LIMIT :limit)
                """,
            arguments: ["minute": minute, "limit": limit])
        return db.changesCount
    }
}
