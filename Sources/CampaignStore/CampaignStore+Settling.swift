public import CampaignCore
import GRDB

extension CampaignStore {
    /// How a person settled a doubt.
    public enum Settlement: String, CaseIterable, Sendable {
        /// The phone rang: the contact is done.
        case called
        /// The phone did not ring: the contact may be dialled again.
        case notCalled = "not-called"
    }

    /// The reason kept with a contact whose doubt a person settled as called.
    public static let confirmedReason = "confirmed"

    /// Settles doubts of a campaign: all of them, or those of the numbers with these identities.
    ///
    /// - Returns: the numbers whose doubt is settled; a number that is not in doubt is left alone.
    public func settle(
        campaign name: String, identities: [Int64]?, as settlement: Settlement
    ) async throws(QueueError) -> [PhoneNumber] {
        try await write { db in
            let campaign = try CampaignRows.id(db, named: name)
            // contact_by_turn finds the doubts, of which there are few.
            let doubts = try Row.fetchAll(
                db,
                sql: """
                    SELECT id, phone, identity FROM contact
                    WHERE campaign_id = :campaign AND state = 'in_doubt' ORDER BY id
                    """,
                arguments: ["campaign": campaign])
            var settled: [PhoneNumber] = []
            for row in doubts where identities?.contains(row[2]) ?? true {
                let (state, reason): (CallState, String?) =
                    switch settlement {
                    case .called: (.accepted, Self.confirmedReason)
                    case .notCalled where try BlockRows.contains(row[2], db):
                        (.excluded, ExclusionReason.doNotCall.rawValue)
                    case .notCalled: (.ready, nil)
                    }
                try db.execute(
                    sql: """
                        UPDATE contact SET state = :state, reason = :reason, due_at = 0,
                            tries_used = iif(:state = 'ready', 0, tries_used), throttles_in_a_row = 0
                        WHERE id = :contact
                        """,
                    arguments: ["state": state.rawValue, "reason": reason, "contact": row[0] as Int64])
                if let phone = PhoneNumber(value: row[1]) { settled.append(phone) }
            }
            return settled
        }
    }

    /// Excludes every contact of a campaign whose turn has not come.
    ///
    /// - Returns: how many were excluded.
    public func cancel(campaign name: String) async throws(QueueError) -> Int {
        try await write { db in
            try CampaignRows.exclude(.cancelled, campaign: try CampaignRows.id(db, named: name), db)
        }
    }
}
