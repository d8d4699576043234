package import CampaignCore
import GRDB

/// Who has changed since somebody was shown a campaign: what they decide now is not about these contacts.
enum SinceShown {
    /// Whether a contact was called after a moment, or a call of theirs ended then, or they have called back or written
    /// since, or were not in the campaign yet.
    static func hasChanged(_ db: Database, _ contact: Int64, since moment: Timestamp) throws -> Bool {
        // contact_row and import_row by rowid, attempt by primary key: the handful of one contact.
        let statement = try HotStatement(
            db,
            """
            SELECT 1 FROM contact_row AS contact CROSS JOIN import_row AS list ON list.id = contact.import_id
            WHERE contact.id = ?1 AND (
                list.imported_at >= ?2 OR contact.called_back_at >= ?2 OR contact.replied_at >= ?2
                OR EXISTS (
                    SELECT 1 FROM attempt WHERE contact_id = contact.id AND (started_at >= ?2 OR ended_at >= ?2)))
            """)
        statement.bind([contact, moment.milliseconds])
        return try statement.firstNumber() != nil
    }
}

extension StoreReader {
    /// Those of some contacts who were called after a moment, or were not in their campaign yet.
    ///
    /// - Parameter contacts: ``ContactPage/Entry/id`` of each.
    package func changedContacts(of contacts: [Int64], since moment: Timestamp) throws(StoreError) -> Set<Int64> {
        try read { db in
            try Set(contacts.filter { try SinceShown.hasChanged(db, $0, since: moment) })
        }
    }
}
