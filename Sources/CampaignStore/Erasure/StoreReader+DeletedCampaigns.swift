package import CampaignCore
import GRDB

/// What is kept of a campaign that was deleted: no name, and nothing about a person.
package struct DeletedTotals: Hashable, Sendable {
    /// When the campaign was first imported.
    package var createdAt: Timestamp
    package var deletedAt: Timestamp
    /// Its contacts by state, at that time.
    package var counts: StateCounts
    package var calls: Int

    /// The columns of a row.
    static let columns = "accepted, failed, in_doubt, excluded, attempts, created_at, deleted_at"

    init(_ row: Row) throws {
        counts = StateCounts()
        counts[.accepted] = try row.decode(atIndex: 0)
        counts[.failed] = try row.decode(atIndex: 1)
        counts[.inDoubt] = try row.decode(atIndex: 2)
        counts[.excluded] = try row.decode(atIndex: 3)
        calls = try row.decode(atIndex: 4)
        createdAt = Timestamp(milliseconds: try row.decode(atIndex: 5))
        deletedAt = Timestamp(milliseconds: try row.decode(atIndex: 6))
    }
}

extension StoreReader {
    /// The totals of the campaigns that were deleted, in the order of their deletion.
    package func deletedCampaigns() throws(StoreError) -> [DeletedTotals] {
        try read { db in
            // As many rows as deleted campaigns; one that is still being deleted is among the others.
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT \(DeletedTotals.columns) FROM deleted_campaign WHERE campaign_id IS NULL
                    ORDER BY deleted_at, id
                    """)
            return try rows.map(DeletedTotals.init)
        }
    }
}
