package import CampaignCore
import GRDB

/// How many webhooks of an instance were too large to be kept.
package struct LostEvents: Hashable, Sendable {
    /// Z-API's id of the instance.
    package var instance: String
    package var events: Int
    package var lastAt: Timestamp
}

extension CampaignStore {
    /// Counts a webhook that came to an address of ours and was too large to be kept.
    ///
    /// - Parameter id: Z-API's id of the instance.
    package func countLostEvent(instance id: String, at now: Timestamp) async throws(StoreError) {
        try await write { db in
            try db.execute(
                sql: """
                    INSERT INTO lost_event (instance_id, events, last_at)
                    SELECT id, 1, :now FROM instance WHERE zapi_id = :id
                    ON CONFLICT (instance_id) DO UPDATE SET events = events + 1, last_at = max(last_at, excluded.last_at)
                    """,
                arguments: ["id": id, "now": now.milliseconds])
        }
    }
}

extension StoreReader {
    /// The webhooks that were too large to be kept, by instance; those of which none was are left out.
    package func lostEvents() throws(StoreError) -> [LostEvents] {
        try read { db in
            // As many rows as instances.
            try Row.fetchAll(
                db,
                sql: """
                    SELECT instance.zapi_id, events, last_at FROM lost_event
                    JOIN instance ON instance.id = lost_event.instance_id ORDER BY zapi_id
                    """
            ).map { row in
                LostEvents(
                    instance: try row.decode(atIndex: 0), events: try row.decode(atIndex: 1),
                    lastAt: Timestamp(milliseconds: try row.decode(atIndex: 2)))
            }
        }
    }
}
