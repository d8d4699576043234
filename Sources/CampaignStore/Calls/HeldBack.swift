package import CampaignCore
import GRDB

/// Contacts that their list holds back: the column `notBefore`.
///
/// `not_before` is what counts, whatever moves a contact's turn: a retry, a person who requeues it, a corrected clock.
/// It is compared with the wall clock each time that the contact's turn has come.
enum HeldBack {
    /// Whether a campaign holds anybody back. Most hold nobody, and find out by one look at an index without entries.
    static func isAny(_ db: Database, campaign: Int64, at now: Timestamp) throws -> Bool {
        // contact_held_back.
        let statement = try HotStatement(
            db, "SELECT 1 FROM contact_row WHERE campaign_id = ?1 AND not_before > ?2 LIMIT 1")
        statement.bind(campaign, at: 1)
        statement.bind(now.milliseconds, at: 2)
        return try statement.firstNumber() != nil
    }

    /// Whether the first of the contacts that are due at `due` waits because its list holds it back.
    static func isNext(_ db: Database, due: Timestamp, campaign: Int64, at now: Timestamp) throws -> Bool {
        guard try isAny(db, campaign: campaign, at: now) else { return false }
        // The first entry of that turn in contact_by_turn, and the contact by its row.
        let statement = try HotStatement(
            db,
            """
            SELECT not_before FROM contact_row WHERE campaign_id = ?1 AND state = 'ready' AND due_at = ?2
            ORDER BY id LIMIT 1
            """)
        statement.bind(campaign, at: 1)
        statement.bind(due.milliseconds, at: 2)
        return try statement.firstNumber().map { $0 > now.milliseconds } ?? false
    }

    /// When a contact may be called, by the gate and by its list; nil means now. When both have to be waited for, it is
    /// asked again at the later of the two times.
    static func opening(
        of phone: PhoneNumber, notBefore: Int64?, _ gate: (any ClaimGate)?, at now: Timestamp
    ) -> Timestamp? {
        let opening = gate?.opening(of: phone, at: now)
        guard let notBefore, notBefore > now.milliseconds else { return opening }
        let start = Timestamp(milliseconds: notBefore)
        return opening.map { max($0, start) } ?? start
    }
}

extension StoreReader {
    /// The waiting contacts of a campaign that its lists hold back, in the order of their times, those of a quarter of
    /// an hour together; empty when there are none.
    package func heldBack(campaign: String, at now: Timestamp) throws -> [HeldBackContacts] {
        try read { db in
            let campaign = try CampaignRows.id(db, named: campaign)
            // contact_held_back from now on, and each contact by its row. The plus keeps SQLite from reading all waiting
            // contacts instead.
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT min(not_before), max(not_before), count(*) FROM contact
                    WHERE campaign_id = :campaign AND not_before > :now AND +state = 'ready'
                    GROUP BY not_before / 900000 ORDER BY 1
                    """, arguments: ["campaign": campaign, "now": now.milliseconds]
            ).map { row in
                HeldBackContacts(
                    first: Timestamp(milliseconds: try row.decode(atIndex: 0)),
                    last: Timestamp(milliseconds: try row.decode(atIndex: 1)), contacts: try row.decode(atIndex: 2))
            }
        }
    }
}
