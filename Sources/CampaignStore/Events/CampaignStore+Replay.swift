package import CampaignCore
import GRDB

/// A stored event whose body has been read again.
package struct ReplayedEvent: Sendable {
    package var stored: EventEntry
    package var event: CallEvent

    package init(stored: EventEntry, event: CallEvent) {
        self.stored = stored
        self.event = event
    }
}

/// What came of applying stored events again.
package struct ReplayTotals: Hashable, Sendable, Codable {
    /// Events that were looked at.
    package var events = 0
    /// Of those, events that had belonged to no call and do now.
    package var matched = 0
    /// Of those, events that changed a contact.
    package var changed = 0

    package init() {}
}

extension CampaignStore {
    /// Applies stored events about calls again, in one transaction. What they have done before, they do not do twice:
    /// effects only move forward.
    ///
    /// - Returns: the totals, and what was changed, by Z-API's id of the instance.
    package func replay(
        _ events: [ReplayedEvent]
    ) async throws(StoreError) -> (totals: ReplayTotals, effects: [(instance: String, effect: EventEffect)]) {
        try await write { [blockFeed] db in
            let calls = CallEvents(db, strangersWait: false)
            var totals = ReplayTotals()
            var effects: [(instance: String, effect: EventEffect)] = []
            for replayed in events {
                let stored = replayed.stored
                totals.events += 1
                switch (replayed.event.kind, stored.state) {
                // One that waits for the result of its call is applied when that is known.
                case (_, .parked), (.reply, _), (.disconnected, _), (.connected, _), (.registrationCodeRequested, _),
                    (.other, _):
                    continue
                case (.delivered, _), (.deliveryFailed, _), (.call, _): break
                }
                // By the unique index on zapi_id.
                let instance = try Int64.fetchOne(
                    db, sql: "SELECT id FROM instance WHERE zapi_id = :id", arguments: ["id": stored.instance])
                guard let instance else { continue }
                var applied = try calls.apply(replayed.event, receivedAt: stored.receivedAt, instance: instance)
                guard applied.place.state == .applied else { continue }
                if stored.state != .applied {
                    try EventRows.move(db, stored.id, to: applied.place)
                    try ParkedEvents.remove(db, stored.id)
                    totals.matched += 1
                }
                applied.effects += try ParkedEvents.effects(
                    db, of: applied, replayed.event, at: stored.receivedAt, blockFeed)
                if !applied.effects.isEmpty { totals.changed += 1 }
                effects += applied.effects.map { (stored.instance, $0) }
            }
            return (totals, effects)
        }
    }
}
