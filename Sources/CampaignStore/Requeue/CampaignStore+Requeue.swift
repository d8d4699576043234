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
                let isBlocked = try blocked.contains(db, call.attempt.contact)
                guard try Self.requeue(db, call, isBlocked: isBlocked) else { continue }
                if isBlocked { calls.blocked.append(call) } else { calls.ready.append(call) }
            }
            return calls
        }
    }

    /// - Returns: whether the contact was accepted by this call and has been requeued.
    private static func requeue(_ db: Database, _ call: ClearedCall, isBlocked: Bool) throws -> Bool {
        // Both by primary key.
        try db.execute(
            sql: """
                UPDATE contact_row SET state = :state, reason = :reason, due_at = 0,
                    tries_used = max(tries_used - 1, 0), throttles_in_a_row = 0
                WHERE id = :contact AND attempts = :number AND state = 'accepted' AND delivery IS NULL AND EXISTS (
                    SELECT 1 FROM attempt WHERE contact_id = contact_row.id AND number = contact_row.attempts
                        AND outcome = 'accepted' AND zaap_id = :zaapId)
                """,
            arguments: [
                "state": (isBlocked ? CallState.excluded : .ready).rawValue,
                "reason": isBlocked ? ExclusionReason.doNotCall.rawValue : nil, "contact": call.attempt.contact,
                "number": call.attempt.number, "zaapId": call.zaapId,
            ])
        guard db.changesCount > 0 else { return false }
        try db.execute(
            sql: "UPDATE attempt SET error = :error WHERE contact_id = :contact AND number = :number",
            arguments: [
                "error": clearedError, "contact": call.attempt.contact, "number": call.attempt.number,
            ])
        return true
    }

    private static func campaigns(_ db: Database, of contacts: [Int64]) throws -> [Int64] {
        // By rowid.
        try Int64.fetchAll(
            db,
            sql: "SELECT DISTINCT campaign_id FROM contact WHERE id IN (SELECT value FROM json_each(:contacts))",
            arguments: ["contacts": StoredValue.json(contacts)])
    }
}
