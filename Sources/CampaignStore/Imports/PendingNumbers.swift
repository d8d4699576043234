import CampaignCore
import GRDB

/// Further numbers that an import has for contacts that were there before it.
///
/// They wait in a table that nothing else reads until the transaction that makes the import visible, so that an import
/// that is refused or killed has changed nobody.
enum PendingNumbers {
    /// Keeps those that the contact does not have, each once.
    static func add(_ db: Database, _ numbers: [PhoneNumber], to contact: Int64) throws {
        // By row; contact_phone and pending_phone by primary key, a few rows each.
        let insert = try HotStatement(
            db,
            """
            INSERT INTO pending_phone (contact_id, place, phone)
            SELECT ?1, (SELECT ifnull(max(place), -1) + 1 FROM pending_phone WHERE contact_id = ?1), ?2
            WHERE NOT EXISTS (SELECT 1 FROM contact_row WHERE id = ?1 AND identity = ?3)
                AND NOT EXISTS (SELECT 1 FROM contact_phone WHERE contact_id = ?1 AND identity = ?3)
                AND NOT EXISTS (SELECT 1 FROM pending_phone WHERE contact_id = ?1 AND phone = ?2)
            """)
        for number in numbers {
            insert.bind(contact, at: 1)
            insert.bind(number.value, at: 2)
            insert.bind(number.identity, at: 3)
            try insert.run()
        }
    }

    /// Gives them to their contacts. If one of them must not be called, that counts at once.
    static func enter(_ db: Database, _ recent: RecentCalls) throws {
        // In the order of the primary key.
        let rows = try Row.fetchCursor(
            db, sql: "SELECT contact_id, phone FROM pending_phone ORDER BY contact_id, place")
        var (contact, numbers): (Int64?, [PhoneNumber]) = (nil, [])
        while let row = try rows.next() {
            let next: Int64 = try row.decode(atIndex: 0)
            if next != contact {
                try enter(db, numbers, to: contact, recent)
                (contact, numbers) = (next, [])
            }
            numbers.append(try StoredValue.phone(row.decode(atIndex: 1)))
        }
        try enter(db, numbers, to: contact, recent)
        try db.execute(sql: "DELETE FROM pending_phone")
    }

    private static func enter(
        _ db: Database, _ numbers: [PhoneNumber], to contact: Int64?, _ recent: RecentCalls
    ) throws {
        guard let contact else { return }
        let isNews = try ContactPhones.add(db, numbers, to: contact) { try recent.containAny(db, $0) }
        guard isNews else { return }
        try ForgottenNumbers.restoreBlocks(db, numbers.map(\.identity))
        try StopList.exclude(db, contact)
    }

    /// Removes some of them.
    ///
    /// - Returns: whether there were any.
    static func remove(_ db: Database, atMost limit: Int) throws -> Bool {
        try db.execute(
            sql: """
                DELETE FROM pending_phone WHERE (contact_id, place) IN (
                    SELECT contact_id, place FROM pending_phone LIMIT :limit)
                """, arguments: ["limit": limit])
        return db.changesCount > 0
    }
}
