import CampaignCore
import GRDB

/// The people whom nobody may call.
///
/// A contact is stopped by each number of its row: whoever asks on one phone not to be called is not rung on another. The
/// same goes for a number that stands in somebody else's row beside one that is on the list.
enum StopList: String, CaseIterable {
    case block, hold

    var reason: ExclusionReason {
        switch self {
        case .block: .doNotCall
        case .hold: .held
        }
    }

    func isAny(_ db: Database) throws -> Bool {
        try HotStatement(db, "SELECT 1 FROM \(rawValue) LIMIT 1").firstNumber() != nil
    }

    /// SQL condition: a number must not be dialed. The list by primary key; contact_phone_by_identity, then by primary
    /// key: few campaigns have rows there.
    func stops(_ identity: String) -> String {
        """
        (EXISTS (SELECT 1 FROM \(rawValue) WHERE \(rawValue).identity = \(identity))
            OR EXISTS (SELECT 1 FROM contact_phone AS named
                CROSS JOIN contact_phone AS other ON other.contact_id = named.contact_id
                CROSS JOIN \(rawValue) ON \(rawValue).identity = other.identity WHERE named.identity = \(identity)))
        """
    }

    /// Whether the number that a contact is dialed under must not be dialed. By row.
    func stops(_ db: Database, _ contact: Int64) throws -> Bool {
        let statement = try HotStatement(
            db, "SELECT 1 FROM contact_row WHERE id = ? AND \(stops("contact_row.identity"))")
        statement.bind(contact, at: 1)
        return try statement.firstNumber() != nil
    }

    /// The same for a number, whoever has it.
    func stops(_ db: Database, number: Int64) throws -> Bool {
        let statement = try HotStatement(db, "SELECT 1 WHERE \(stops("?1"))")
        statement.bind(number, at: 1)
        return try statement.firstNumber() != nil
    }

    /// Excludes a waiting contact that is on a list by any number of its row.
    static func exclude(_ db: Database, _ contact: Int64) throws {
        for list in allCases where try list.isAny(db) {
            // By row.
            let statement = try HotStatement(
                db,
                """
                UPDATE contact_row SET state = 'excluded', reason = ?1 WHERE id = ?2 AND state = 'ready'
                    AND \(list.stops("contact_row.identity"))
                """)
            statement.bind(list.reason.rawValue, at: 1)
            statement.bind(contact, at: 2)
            try statement.run()
        }
    }

    /// SQL: the contacts of a campaign that the whole list may concern, from the list's side. Some of them more than once.
    func contacts(of campaign: String) -> String {
        """
        SELECT known.contact_id FROM \(rawValue) CROSS JOIN contact_identity AS known
            ON known.campaign_id = \(campaign) AND known.identity = \(rawValue).identity
        UNION ALL
        SELECT dialed.id FROM \(rawValue)
        CROSS JOIN contact_phone AS named ON named.identity = \(rawValue).identity
        CROSS JOIN contact_phone AS other ON other.contact_id = named.contact_id
        CROSS JOIN contact_identity AS known ON known.campaign_id = \(campaign) AND known.identity = other.identity
        CROSS JOIN contact_row AS dialed ON dialed.id = known.contact_id AND dialed.identity = other.identity
        """
    }
}
