import CampaignCore
import GRDB

/// What a campaign's row says about its canary, which outlives the run that began it. By rowid, unless another index is
/// named.
enum CanaryRows {
    /// The canary that has not been judged good; nil when there is none.
    static func state(_ db: Database, campaign: Int64) throws -> CanaryState? {
        let row = try Row.fetchOne(
            db,
            sql: "SELECT canary, canary_ok, canary_failed FROM campaign_row WHERE id = :campaign AND canary NOT NULL",
            arguments: ["campaign": campaign])
        return try row.map {
            CanaryState(
                calls: try $0.decode(atIndex: 0), succeeded: try $0.decode(atIndex: 1),
                failed: try $0.decode(atIndex: 2))
        }
    }

    /// Forgets a canary that was judged bad: whoever starts the campaign again, after it had stopped because of that,
    /// without asking for another one has decided to call all.
    ///
    /// Before the campaign is marked as active. One that is active, or was stopped by a person during the last calls of
    /// its canary, has not told anybody yet: then no reason is recorded.
    static func forgetJudged(_ db: Database, campaign: Int64) throws {
        try db.execute(
            sql: """
                UPDATE campaign_row SET canary = NULL
                WHERE id = :campaign AND is_active = 0 AND canary_ok + canary_failed >= canary
                    AND stopped_because IS NOT NULL
                """,
            arguments: ["campaign": campaign])
    }

    /// Begins a canary that somebody has asked for. A request that is repeated changes nothing.
    static func begin(_ db: Database, _ asked: CanaryRequest, campaign: Int64) throws {
        try db.execute(
            sql: """
                UPDATE campaign_row SET canary = :calls, canary_id = :id, canary_ok = 0, canary_failed = 0
                WHERE id = :campaign AND canary_id IS NOT :id
                """,
            arguments: ["calls": asked.calls, "id": asked.id, "campaign": campaign])
    }

    /// Keeps what a run has counted.
    static func note(_ db: Database, _ progress: CanaryProgress, campaign: Int64) throws {
        switch progress {
        case .counted(let state):
            try db.execute(
                sql: """
                    UPDATE campaign_row SET canary_ok = :succeeded, canary_failed = :failed
                    WHERE id = :campaign AND canary NOT NULL
                    """,
                arguments: ["succeeded": state.succeeded, "failed": state.failed, "campaign": campaign])
        case .passed:
            try db.execute(
                sql: "UPDATE campaign_row SET canary = NULL WHERE id = :campaign", arguments: ["campaign": campaign])
        }
    }

    /// Counts calls that were interrupted: they are in doubt, which is a failure.
    static func count(_ db: Database, interrupted: Int, campaign: Int64) throws {
        try db.execute(
            sql: """
                UPDATE campaign_row SET canary_failed = canary_failed + :interrupted
                WHERE id = :campaign AND canary NOT NULL
                """,
            arguments: ["interrupted": interrupted, "campaign": campaign])
    }

    /// Counts a result that its run could not write, before it is recorded. One that is recorded already changes nothing.
    static func count(_ db: Database, spooled result: AttemptResult) throws {
        guard let isFailure = BrakeMeter.isFailure(result.outcome) else { return }
        // The attempt by primary key, its contact by rowid.
        try db.execute(
            sql: """
                UPDATE campaign_row SET canary_ok = canary_ok + (1 - :isFailure),
                    canary_failed = canary_failed + :isFailure
                WHERE canary NOT NULL AND id = (
                    SELECT contact.campaign_id FROM attempt
                    CROSS JOIN contact_row AS contact ON contact.id = attempt.contact_id
                    WHERE attempt.contact_id = :contact AND attempt.number = :number AND attempt.outcome IS NULL)
                """,
            arguments: [
                "isFailure": isFailure, "contact": result.attempt.contact, "number": result.attempt.number,
            ])
    }
}
