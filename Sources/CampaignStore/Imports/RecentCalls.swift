import CampaignCore
import GRDB

/// Tells which numbers other campaigns have called recently (`--skip-called`).
struct RecentCalls {
    let campaign: Int64
    /// Nil: nobody asks.
    let start: Timestamp?

    /// Whether another campaign may have reached this number since then.
    func contain(_ db: Database, _ identity: Int64) throws -> Bool {
        guard let start else { return false }
        if ForgottenNumbers.isHash(identity), try DeletedCalls.count(db, to: identity, since: start) { return true }
        // Once for each campaign, in this order of the tables: contact_identity and attempt by primary key.
        let statement = try HotStatement(
            db,
            """
            SELECT 1 FROM campaign
            CROSS JOIN contact_identity AS other ON other.campaign_id = campaign.id AND other.identity = ?1
            CROSS JOIN attempt ON attempt.contact_id = other.contact_id
            WHERE campaign.id <> ?2 AND attempt.started_at >= ?3
                AND (attempt.outcome IS NULL OR attempt.outcome = 'accepted' OR attempt.outcome = 'in_doubt')
            LIMIT 1
            """)
        statement.bind(identity, at: 1)
        statement.bind(campaign, at: 2)
        statement.bind(start.milliseconds, at: 3)
        return try statement.firstNumber() != nil
    }

    /// The same for any number of the same person.
    func containAny(_ db: Database, _ identity: Int64) throws -> Bool {
        guard start != nil else { return false }
        return try PersonNumbers(db).all(of: [identity]).contains { try contain(db, $0) }
    }
}
