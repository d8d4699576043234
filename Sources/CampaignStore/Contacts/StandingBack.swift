import CampaignCore
import GRDB

/// Contacts whose own number is being called for another contact of the campaign, which has it as a further one.
///
/// They are excluded (`same_whatsapp`), so that it rings once. Should the other have its earlier number again before this one
/// has been dialed (``Fallback``), it is theirs, and they are called after all. All have a row in contact_phone, by which
/// they are found: contact_identity has the other.
enum StandingBack {
    /// SQL condition for a contact.
    static func condition(_ contact: String) -> String {
        "(\(contact).state = 'excluded' AND \(contact).reason IS 'same_whatsapp')"
    }

    /// Has a new contact stand back. By row.
    static func enter(_ db: Database, _ contact: Int64) throws {
        for sql in [
            """
            INSERT OR IGNORE INTO contact_phone (contact_id, place, identity, phone)
            SELECT id, 0, identity, phone FROM contact_row WHERE id = ?
            """, "UPDATE contact_row SET state = 'excluded', reason = 'same_whatsapp' WHERE id = ?",
        ] {
            let statement = try HotStatement(db, sql)
            statement.bind(contact, at: 1)
            try statement.run()
        }
    }

    /// Who stands back from this number.
    static func contact(_ db: Database, campaign: Int64, identity: Int64) throws -> Int64? {
        // contact_phone_by_identity, each contact by row.
        let statement = try HotStatement(
            db,
            """
            SELECT contact.id FROM contact_phone AS own CROSS JOIN contact_row AS contact ON contact.id = own.contact_id
            WHERE own.identity = ? AND own.place = 0 AND contact.campaign_id = ? AND \(condition("contact"))
            ORDER BY own.contact_id LIMIT 1
            """)
        statement.bind(identity, at: 1)
        statement.bind(campaign, at: 2)
        return try statement.firstNumber()
    }

    /// Gives a number that nobody has any more to whoever stands back from it, and has them called.
    static func callAfterAll(_ db: Database, campaign: Int64, identity: Int64) throws {
        guard let contact = try contact(db, campaign: campaign, identity: identity) else { return }
        try db.execute(
            sql: "INSERT INTO contact_identity (campaign_id, identity, contact_id) VALUES (?, ?, ?)",
            arguments: [campaign, identity, contact])
        let isBlocked = try StopList.block.stops(db, contact)
        if try ContactStandings.putBack(db, contact, isBlocked: isBlocked) == .ready {
            try StopList.exclude(db, contact)
        }
    }

    /// SQL condition: somebody who stands back from the number of a `contact_row` is in a list.
    ///
    /// - Parameter isListed: a condition for an import's id.
    static func isListed(_ isListed: (String) -> String) -> String {
        // contact_phone_by_identity, each contact by row; duplicate_by_contact.
        """
        EXISTS (
            SELECT 1 FROM contact_phone AS own CROSS JOIN contact_row AS other ON other.id = own.contact_id
            WHERE own.identity = contact_row.identity AND own.place = 0 AND own.contact_id <> contact_row.id
                AND other.campaign_id = contact_row.campaign_id AND \(condition("other"))
                AND (\(isListed("other.import_id")) OR EXISTS (
                    SELECT 1 FROM duplicate AS again WHERE again.contact_id = other.id AND \(isListed("again.import_id")))))
        """
    }
}
