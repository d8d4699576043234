package import CampaignCore
import GRDB

/// What was removed because of its age.
package struct PrunedEvents: Hashable, Sendable, Codable {
    /// Bodies of events.
    package var bodies = 0
    /// Events that belonged to no call and no person, and were counted all the same.
    package var events = 0
    /// Replies that asked for nothing.
    package var replies = 0
}

extension CampaignStore {
    /// How long the bodies of events are kept.
    package static let eventsAreKept = Duration.seconds(30 * 24 * 3600)

    /// Removes the bodies of events that arrived before `moment`, and with them the events that belong to nothing and
    /// the replies that ask for nothing. What events have changed stays, and so do their totals.
    ///
    /// It is done in slices; if it is interrupted, or its task is cancelled, calling it again removes the rest.
    package func pruneEvents(before moment: Timestamp) async throws(StoreError) -> PrunedEvents {
        var pruned = PrunedEvents()
        let limit = sliceLimits.scattered
        while true {
            let slice = try await writeSlice { db in try Self.pruneEvents(db, before: moment, limit: limit) }
            pruned.bodies += slice.bodies
            pruned.events += slice.events
            pruned.replies += slice.replies
            guard slice.bodies == limit || slice.replies == limit, !Task.isCancelled else { return pruned }
        }
    }

    private static func pruneEvents(_ db: Database, before moment: Timestamp, limit: Int) throws -> PrunedEvents {
        var pruned = PrunedEvents()
        // The left end of the table: the oldest came first.
        let old = try Int64.fetchAll(
            db,
            sql: """
                SELECT event_id FROM (SELECT event_id, received_at FROM event_body ORDER BY event_id LIMIT :limit)
                WHERE received_at < :moment
                """,
            arguments: ["moment": moment.milliseconds, "limit": limit])
        for event in old {
            // All by primary key.
            try db.execute(sql: "DELETE FROM event_body WHERE event_id = :id", arguments: ["id": event])
            pruned.bodies += db.changesCount
            try ParkedEvents.remove(db, event)
            try db.execute(
                sql: "DELETE FROM event WHERE id = :id AND (state = 'other' OR person IS NULL AND state <> 'applied')",
                arguments: ["id": event])
            pruned.events += db.changesCount
        }
        // The table from its left end, where besides these only opt-outs and decisions are.
        try db.execute(
            sql: """
                DELETE FROM reply WHERE id IN (
                    SELECT id FROM reply WHERE received_at < :moment AND (level = 'none' OR level = 'media')
                    ORDER BY id LIMIT :limit)
                """,
            arguments: ["moment": moment.milliseconds, "limit": limit])
        pruned.replies = db.changesCount
        return pruned
    }
}
