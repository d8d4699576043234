package import CampaignCore
import GRDB

/// A call that was removed from the provider queue before it was sent.
package struct ClearedCall: Hashable, Sendable {
    /// The attempt that had placed it.
    package var attempt: AttemptID
    /// Its id at Z-API.
    package var zaapId: String

    package init(attempt: AttemptID, zaapId: String) {
        self.attempt = attempt
        self.zaapId = zaapId
    }
}

/// The result of requeueing contacts whose calls were removed from the provider queue; calls in neither list are
/// unchanged.
package struct RequeuedCalls: Hashable, Sendable {
    /// They may be dialed again.
    package var ready: [ClearedCall] = []
    /// They have been blocked since, and are excluded.
    package var blocked: [ClearedCall] = []
    /// They are excluded because their campaign has been cancelled, or their list replaced.
    package var excluded: [ClearedCall] = []

    package init() {}
}

extension CampaignStore {
    /// The error text of attempts whose call was removed from the provider queue.
    package static let clearedError = "removed from Z-API's queue before it was sent"

    /// Makes contacts `ready` again whose call was certainly removed from the provider queue before it was sent.
    ///
    /// A contact is requeued only if it was accepted by this very call, and no webhook has reported that the call went
    /// out. The attempt stays, with an error text, and does not count against the contact's limit.
    package func requeue(_ cleared: [ClearedCall]) async throws(StoreError) -> RequeuedCalls {
        try await finishCancels()
        let contacts = cleared.map(\.attempt.contact)
        let campaigns = try await write { db in try Self.campaigns(db, of: contacts) }
        let blocked = BlockedContacts(campaigns, following: blockFeed)
        try await readSnapshot { db in try blocked.read(db) }
        return try await write { db in
            try blocked.catchUp(db)
            var calls = RequeuedCalls()
            for call in cleared {
                switch try Self.requeue(db, call, isBlocked: blocked.contains(db, call.attempt.contact)) {
                case .ready?: calls.ready.append(call)
                case .excluded(.doNotCall)?: calls.blocked.append(call)
                case .excluded?: calls.excluded.append(call)
                case .called?, nil: continue
                }
            }
            return calls
        }
    }

    /// - Returns: where the contact has gone; nil when it was not accepted by this call.
    private static func requeue(
        _ db: Database, _ call: ClearedCall, isBlocked: Bool
    ) throws -> ReadyRule.Destination? {
        // By primary keys. The call is released: it certainly did not ring, unless an event says otherwise.
        try db.execute(
            sql: """
                UPDATE attempt SET error = :error, released = :nothing
                WHERE contact_id = :contact AND number = :number AND outcome = 'accepted' AND zaap_id = :zaapId
                    AND delivery IS NULL AND EXISTS (
                        SELECT 1 FROM contact_row WHERE id = attempt.contact_id AND attempts = attempt.number
                            AND state = 'accepted' AND contact_row.delivery IS NULL)
                """,
            arguments: [
                "error": clearedError, "nothing": CallFacts.Standing.nothing.rawValue,
                "contact": call.attempt.contact, "number": call.attempt.number, "zaapId": call.zaapId,
            ])
        guard db.changesCount > 0 else { return nil }
        return try ContactStandings.putBack(
            db, call.attempt.contact, isBlocked: isBlocked, .withoutLastCall)
    }

    private static func campaigns(_ db: Database, of contacts: [Int64]) throws -> [Int64] {
        // By rowid.
        try Int64.fetchAll(
            db,
            sql: "SELECT DISTINCT campaign_id FROM contact WHERE id IN (SELECT value FROM json_each(:contacts))",
            arguments: ["contacts": StoredValue.json(contacts)])
    }
}
