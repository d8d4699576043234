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

    /// Whether a person is held until somebody has decided about a reply of theirs. By primary key.
    static func isHeld(_ db: Database, _ identity: Int64) throws -> Bool {
        let statement = try HotStatement(db, "SELECT 1 FROM hold WHERE identity = ?")
        statement.bind(identity, at: 1)
        return try statement.firstNumber() != nil
    }

    /// Excludes the waiting contacts of all campaigns that have this number, or that are dialed under another number of
    /// somebody who has it.
    ///
    /// - Parameters:
    ///   - reason: why.
    ///   - byOtherNumber: whether to exclude only contacts that are dialed under a different number.
    /// - Returns: how many were excluded.
    static func excludeWaiting(
        _ db: Database, _ identity: Int64, _ reason: ExclusionReason = .doNotCall, byOtherNumber: Bool = false
    ) throws -> Int {
        // Each contact by row.
        let statement = try HotStatement(
            db,
            """
            UPDATE contact_row SET state = 'excluded', reason = ?1 WHERE state = 'ready' AND identity IS NOT ?3 AND id IN (
                \(ContactPhones.contacts(concernedBy: "?2")))
            """)
        statement.bind(reason.rawValue, at: 1)
        statement.bind(identity, at: 2)
        statement.bind(byOtherNumber ? identity : nil, at: 3)
        return try statement.run()
    }

    /// The waiting contacts of all campaigns that are dialed under this number.
    static func waiting(_ db: Database, _ identity: Int64) throws -> [Int64] {
        // Once for each campaign: contact_identity by primary key, contact by row.
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

    /// Whether any contact that is not waiting may be called again by itself: a call is under way, or a campaign redials.
    static func isAnybodyCalledAgain(_ db: Database) throws -> Bool {
        // contact_by_turn once for each campaign.
        try HotStatement(
            db,
            """
            SELECT 1 FROM campaign_row AS campaign WHERE redial_attempts IS NOT NULL OR EXISTS (
                SELECT 1 FROM contact_row AS contact
                WHERE contact.campaign_id = campaign.id AND contact.state = 'dialing')
            LIMIT 1
            """
        ).firstNumber() != nil
    }

    /// The numbers that contacts of any campaign with this number are dialed under, where they are others. Not further
    /// numbers of a row: by those a claim finds the first one on the list, too.
    static func dialedForms(_ db: Database, of identity: Int64) throws -> [(identity: Int64, phone: Int64)] {
        // As in waiting; contact_phone by primary key.
        let statement = try HotStatement(
            db,
            """
            SELECT contact.identity, contact.phone FROM campaign_row AS campaign
            CROSS JOIN contact_identity AS known ON known.campaign_id = campaign.id AND known.identity = ?1
            CROSS JOIN contact_row AS contact ON contact.id = known.contact_id
            WHERE (contact.state = 'dialing' OR contact.state = 'accepted') AND contact.identity <> ?1
                AND NOT EXISTS (SELECT 1 FROM contact_phone WHERE contact_phone.contact_id = contact.id)
            """)
        statement.bind(identity, at: 1)
        var forms: [(identity: Int64, phone: Int64)] = []
        while try statement.step() {
            if let identity = statement.number(0), let phone = statement.number(1) { forms.append((identity, phone)) }
        }
        return forms
    }

    /// Excludes a waiting contact if the number that it is dialed under is on the list.
    ///
    /// - Returns: 1 if it was.
    static func exclude(_ db: Database, _ contact: Int64) throws -> Int {
        // By row.
        let statement = try HotStatement(
            db,
            """
            UPDATE contact_row SET state = 'excluded', reason = ?1 WHERE id = ?2 AND state = 'ready'
                AND \(StopList.block.stops("contact_row.identity"))
            """)
        statement.bind(ExclusionReason.doNotCall.rawValue, at: 1)
        statement.bind(contact, at: 2)
        return try statement.run()
    }

    /// Excludes those of these waiting contacts that are on the list by any number of a row.
    ///
    /// - Returns: which.
    static func exclude(_ db: Database, _ contacts: Range<Int64>) throws -> [Int64] {
        // By rows.
        let statement = try HotStatement(
            db,
            """
            UPDATE contact_row SET state = 'excluded', reason = ?1 WHERE id >= ?2 AND id < ?3 AND state = 'ready'
                AND \(StopList.block.stops("contact_row.identity")) RETURNING id
            """)
        statement.bind(ExclusionReason.doNotCall.rawValue, at: 1)
        statement.bind(contacts.lowerBound, at: 2)
        statement.bind(contacts.upperBound, at: 3)
        var excluded: [Int64] = []
        while try statement.step() { if let contact = statement.number(0) { excluded.append(contact) } }
        return excluded
    }

    /// Excludes those among the next contacts of a campaign that are on the list, or held, whatever made them `ready`.
    ///
    /// - Parameter limit: how many are excluded before this returns; more may be on the list then.
    /// - Returns: how many were excluded.
    static func excludeNext(
        _ db: Database, _ count: Int, limit: Int, campaign: Int64, now: Timestamp
    ) throws -> Int {
        var excluded = 0
        var before: Int
        repeat {
            before = excluded
            for list in StopList.allCases where try list.isAny(db) {
                for range in TurnRange.allCases {
                    let next = NextClaims(list: list, campaign: campaign, range: range, count: count, now: now)
                    excluded += try exclude(db, next, limit: limit - excluded)
                }
            }
            // Contacts that have moved up into the places of held ones may be on the list.
        } while excluded > before && excluded < limit
        return excluded
    }

    /// The contacts in a range of the queue that the next claims would get.
    private struct NextClaims {
        var list: StopList
        var campaign: Int64
        var range: TurnRange
        var count: Int
        var now: Timestamp
    }

    private static func exclude(_ db: Database, _ next: NextClaims, limit: Int) throws -> Int {
        var excluded = 0
        while excluded < limit {
            // The left end of contact_by_turn, as the claim reads it.
            let statement = try HotStatement(
                db,
                """
                UPDATE contact_row SET state = 'excluded', reason = ?4 WHERE id IN (
                    SELECT id FROM contact_row WHERE campaign_id = ?1 AND state = 'ready' AND \(next.range.isDue)
                    ORDER BY due_at, id LIMIT ?3)
                AND \(next.list.stops("contact_row.identity"))
                """)
            statement.bind(next.campaign, at: 1)
            statement.bind(next.now.milliseconds, at: 2)
            statement.bind(Int64(next.count), at: 3)
            statement.bind(next.list.reason.rawValue, at: 4)
            let changes = try statement.run()
            // Other contacts have moved up into the places of the excluded ones.
            guard changes > 0 else { return excluded }
            excluded += changes
        }
        return excluded
    }
}

/// Looks up numbers that come in ascending order, or in a few such runs; it queries the list only as often as the list
/// has numbers among them.
struct BlockedInOrder {
    private let statement: HotStatement
    private var last = Int64.min
    /// The first number of the list at or after the last one looked up; `.max` past its end.
    private var next = Int64.min

    init(_ db: Database) throws {
        statement = try HotStatement(db, "SELECT identity FROM block WHERE identity >= ? ORDER BY identity LIMIT 1")
    }

    /// Whether a number is on the list.
    mutating func contains(_ identity: Int64) throws -> Bool {
        if next < identity || identity < last {
            statement.bind(identity, at: 1)
            next = try statement.firstNumber() ?? .max
        }
        last = identity
        return next == identity
    }
}
