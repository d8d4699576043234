import CampaignCore
import GRDB

/// The rows of the do-not-call list.
enum BlockRows {
    /// Whether the list has any number.
    static func isAny(_ db: Database) throws -> Bool {
        try HotStatement(db, "SELECT 1 FROM block LIMIT 1").firstNumber() != nil
    }

    /// Whether a number is on the list, however it was written. By primary key.
    static func contains(_ db: Database, _ identity: Int64) throws -> Bool {
        let statement = try HotStatement(db, "SELECT 1 FROM block WHERE identity = ?")
        statement.bind(identity, at: 1)
        return try statement.firstNumber() != nil
    }

    /// Excludes the waiting contacts of all campaigns that have this number.
    ///
    /// - Parameter byOtherNumber: whether to exclude only contacts that are dialed under a different number.
    /// - Returns: how many were excluded.
    static func excludeWaiting(_ db: Database, _ identity: Int64, byOtherNumber: Bool = false) throws -> Int {
        // Once for each campaign: contact_identity by primary key, contact by row.
        let statement = try HotStatement(
            db,
            """
            UPDATE contact_row SET state = 'excluded', reason = ?1 WHERE state = 'ready' AND identity IS NOT ?3 AND id IN (
                SELECT known.contact_id FROM campaign_row AS campaign
                CROSS JOIN contact_identity AS known ON known.campaign_id = campaign.id AND known.identity = ?2)
            """)
        statement.bind(ExclusionReason.doNotCall.rawValue, at: 1)
        statement.bind(identity, at: 2)
        statement.bind(byOtherNumber ? identity : nil, at: 3)
        return try statement.run()
    }

    /// The waiting contacts of all campaigns that are dialed under this number.
    static func waiting(_ db: Database, _ identity: Int64) throws -> [Int64] {
        // As in excludeWaiting.
        let statement = try HotStatement(
            db,
            """
            SELECT contact.id FROM campaign_row AS campaign
            CROSS JOIN contact_identity AS known ON known.campaign_id = campaign.id AND known.identity = ?1
            CROSS JOIN contact_row AS contact ON contact.id = known.contact_id
            WHERE contact.state = 'ready' AND contact.identity = ?1
            """)
        statement.bind(identity, at: 1)
        var contacts: [Int64] = []
        while try statement.step() { if let contact = statement.number(0) { contacts.append(contact) } }
        return contacts
    }

    /// Excludes a waiting contact if the number that it is dialed under is on the list.
    ///
    /// - Returns: 1 if it was.
    static func exclude(_ db: Database, _ contact: Int64) throws -> Int {
        // By row, and block by primary key.
        let statement = try HotStatement(
            db,
            """
            UPDATE contact_row SET state = 'excluded', reason = ?1 WHERE id = ?2 AND state = 'ready'
                AND EXISTS (SELECT 1 FROM block WHERE block.identity = contact_row.identity)
            """)
        statement.bind(ExclusionReason.doNotCall.rawValue, at: 1)
        statement.bind(contact, at: 2)
        return try statement.run()
    }

    /// Excludes those among the next contacts of a campaign that are on the list, whatever made them `ready`.
    ///
    /// - Parameter limit: how many are excluded before this returns; more may be on the list then.
    /// - Returns: how many were excluded.
    static func excludeNext(
        _ db: Database, _ count: Int, limit: Int, campaign: Int64, now: Timestamp
    ) throws -> Int {
        guard try isAny(db) else { return 0 }
        return try TurnRange.allCases.reduce(0) { excluded, range in
            let next = NextClaims(campaign: campaign, range: range, count: count, now: now)
            return try excluded + exclude(db, next, limit: limit - excluded)
        }
    }

    /// The contacts in a range of the queue that the next claims would get.
    private struct NextClaims {
        var campaign: Int64
        var range: TurnRange
        var count: Int
        var now: Timestamp
    }

    private static func exclude(_ db: Database, _ next: NextClaims, limit: Int) throws -> Int {
        var excluded = 0
        while excluded < limit {
            // The left end of contact_by_turn, as the claim reads it; block by primary key.
            let statement = try HotStatement(
                db,
                """
                UPDATE contact_row SET state = 'excluded', reason = ?4 WHERE id IN (
                    SELECT id FROM contact_row WHERE campaign_id = ?1 AND state = 'ready' AND \(next.range.isDue)
                    ORDER BY due_at, id LIMIT ?3)
                AND EXISTS (SELECT 1 FROM block WHERE block.identity = contact_row.identity)
                """)
            statement.bind(next.campaign, at: 1)
            statement.bind(next.now.milliseconds, at: 2)
            statement.bind(Int64(next.count), at: 3)
            statement.bind(ExclusionReason.doNotCall.rawValue, at: 4)
            let changes = try statement.run()
            // Other contacts have moved up into the places of the excluded ones.
            guard changes > 0 else { return excluded }
            excluded += changes
        }
        return excluded
    }
}

/// Looks up numbers that come in ascending order; it queries the list only as often as the list has numbers among them.
struct BlockedInOrder {
    private let statement: HotStatement
    /// The first number of the list at or after the last one looked up; `.max` past its end.
    private var next = Int64.min

    init(_ db: Database) throws {
        statement = try HotStatement(db, "SELECT identity FROM block WHERE identity >= ? ORDER BY identity LIMIT 1")
    }

    /// Whether a number is on the list. Numbers must be looked up in ascending order.
    mutating func contains(_ identity: Int64) throws -> Bool {
        if next < identity {
            statement.bind(identity, at: 1)
            next = try statement.firstNumber() ?? .max
        }
        return next == identity
    }
}
