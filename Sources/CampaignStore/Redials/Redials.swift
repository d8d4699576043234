package import CampaignCore
import GRDB

/// Further calls to people whose last call certainly ended unanswered, by the wish of their campaign (`redial`).
///
/// Such a contact goes from `accepted` back to `ready`, with `redial_at`, and the unanswered call is released. Whatever its
/// next call ends with ends that; a call that certainly was not placed is tried again like any other. `redials` counts
/// them.
enum Redials {
    /// What must be known of an accepted contact: Z-API has the unanswered call, the person has not rung or written since,
    /// no call has reached them on another number of their row, it is still listed, and its campaign has not been
    /// cancelled.
    private static let mayBeCalledAgain = """
        contact.state = 'accepted' AND contact.reason IS NULL AND contact.called_back_at IS NULL
            AND contact.replied_at IS NULL AND contact.is_delisted = 0
            AND contact.phone < \(PhoneNumber.forgotten.lowerBound) AND NOT \(ContactStandings.isCancelled)
            AND attempt.outcome = 'accepted' AND attempt.answer = 'not_answered' AND NOT EXISTS (
                SELECT 1 FROM attempt AS former WHERE former.contact_id = contact.id AND former.place IS NOT NULL
                    AND (former.delivery = 'delivered' OR former.answer IS NOT NULL))
        """

    /// What every further call waits for where webhooks come; known here, it is shown from the beginning.
    private static let eventSpan = EventRule.span.millisecondsRoundedUp

    /// Sets an accepted contact to be called again; its turn comes when the policy says so.
    private static let schedule = """
        UPDATE contact_row SET state = 'ready', redials = redials + 1, tries_used = 0, throttles_in_a_row = 0,
            redial_at = policy.due_at, due_at = policy.due_at
        FROM (
            SELECT contact.id, max(
                    attempt.answered_at + campaign.redial_after_ms, attempt.started_at + \(eventSpan)) AS due_at
            FROM contact_row AS contact
            CROSS JOIN campaign_row AS campaign ON campaign.id = contact.campaign_id
            CROSS JOIN attempt ON attempt.contact_id = contact.id AND attempt.number = ?3
            WHERE contact.id = ?1 AND contact.redials < campaign.redial_attempts
                AND (campaign.is_active = 1 OR ?2) AND \(mayBeCalledAgain)
        ) AS policy
        WHERE contact_row.id = policy.id
        """

    /// A call of a contact has ended unanswered: has the contact called again, if its campaign wants that and is being
    /// dialed. What comes while it is not is found when it begins.
    ///
    /// - Parameter begins: whether the campaign is just beginning.
    /// - Returns: whether it is called again.
    static func schedule(_ db: Database, _ contact: Int64, begins: Bool = false) throws -> Bool {
        let calls = try PastCallRows.calls(db, of: contact)
        guard calls.isUnanswered, let last = calls.unanswered.last else { return false }
        // All by primary key.
        let statement = try HotStatement(db, schedule)
        statement.bind(contact, at: 1)
        statement.bind(begins ? 1 : 0, at: 2)
        statement.bind(Int64(last.number), at: 3)
        guard try statement.run() > 0 else { return false }
        try PastCallRows.release(db, calls.unanswered, of: contact)
        return true
    }

    /// The person has rung or written: they are not called again. The contact is accepted, as it was; one that has been
    /// put on the do-not-call list meanwhile stays excluded.
    ///
    /// - Returns: whether a call was waiting.
    static func withdraw(_ db: Database, _ contact: Int64) throws -> Bool {
        // By rowid.
        let statement = try HotStatement(
            db,
            """
            UPDATE contact_row SET redials = redials - 1, redial_at = NULL
            WHERE id = ? AND redial_at IS NOT NULL AND (state = 'ready' OR state = 'excluded')
            """)
        statement.bind(contact, at: 1)
        guard try statement.run() > 0 else { return false }
        try PastCallRows.withdrawRelease(db, of: contact)
        return try ContactStandings.settle(db, contact) != nil
    }

    /// The same for somebody who has rung or written while the call was being made, which then was not placed.
    static func withdrawIfHeard(_ db: Database, _ contact: Int64) throws -> Bool {
        // By rowid.
        let statement = try HotStatement(
            db,
            """
            SELECT 1 FROM contact_row
            WHERE id = ? AND redial_at IS NOT NULL AND (called_back_at IS NOT NULL OR replied_at IS NOT NULL)
            """)
        statement.bind(contact, at: 1)
        return try statement.firstNumber() != nil && withdraw(db, contact)
    }

    /// A campaign begins: notes its policy, and withdraws the calls that it does not want any more.
    static func begin(_ db: Database, _ policy: RedialPolicy?, campaign: Int64) throws {
        try db.execute(
            sql: "UPDATE campaign_row SET redial_attempts = :attempts, redial_after_ms = :after WHERE id = :campaign",
            arguments: [
                "attempts": policy?.attempts, "after": policy?.after.millisecondsRoundedUp, "campaign": campaign,
            ])
        // contact_by_redial.
        let unwanted = try Int64.fetchAll(
            db,
            sql: """
                SELECT id FROM contact_row
                WHERE campaign_id = :campaign AND redial_at IS NOT NULL AND state = 'ready' AND redials > :attempts
                """,
            arguments: ["attempts": policy?.attempts ?? 0, "campaign": campaign])
        for contact in unwanted { _ = try withdraw(db, contact) }
    }
}

extension StoreReader {
    /// When the last of the further calls that wait is due; nil when none does.
    package func lastRedial(campaign: String) throws(StoreError) -> Timestamp? {
        try read { db in
            // contact_by_redial.
            try Int64.fetchOne(
                db,
                sql: """
                    SELECT max(redial_at) FROM contact
                    WHERE campaign_id = :campaign AND redial_at IS NOT NULL AND +state = 'ready'
                    """,
                arguments: ["campaign": try CampaignRows.id(db, named: campaign)]
            ).map(Timestamp.init(milliseconds:))
        }
    }
}

/// Finds, once per run, the contacts whose calls ended unanswered while nobody dialed the campaign, or before it had a
/// policy.
struct RedialReview {
    /// Maximum number of contacts looked at in one transaction.
    static let maxAtOnce = 1000

    /// Whether every contact has been looked at.
    private(set) var isDone: Bool
    private var reached: Int64 = 0

    init(_ policy: RedialPolicy?) { isDone = policy == nil }

    /// Looks at the next contacts.
    ///
    /// - Returns: how many are called again.
    mutating func reviewNext(_ db: Database, campaign: Int64) throws -> Int {
        guard !isDone else { return 0 }
        // contact_by_outcome, in the order of the rows.
        let statement = try HotStatement(
            db,
            """
            SELECT id FROM contact_row WHERE campaign_id = ?1 AND delivery = 'delivered' AND answer = 'not_answered'
                AND called_back_at IS NULL AND replied_at IS NULL AND id > ?2 ORDER BY id LIMIT ?3
            """)
        statement.bind(campaign, at: 1)
        statement.bind(reached, at: 2)
        statement.bind(Int64(Self.maxAtOnce), at: 3)
        var contacts: [Int64] = []
        while try statement.step() { if let contact = statement.number(0) { contacts.append(contact) } }
        isDone = contacts.count < Self.maxAtOnce
        reached = contacts.last ?? reached
        return try contacts.reduce(0) { try $0 + (Redials.schedule(db, $1, begins: true) ? 1 : 0) }
    }
}
