import CampaignCore
import GRDB

/// An import in slices: its rows exist from its first transaction on, and become visible with its last. There is one at
/// a time.
enum UnfinishedImport {
    /// Begins one: rows with ids from now on are invisible.
    ///
    /// - Returns: the campaign's row id, created if there is none.
    static func begin(_ db: Database, campaign name: String, file: String, now: Timestamp) throws -> Int64 {
        let known = try Int64.fetchOne(
            db, sql: "SELECT id FROM campaign_row WHERE name = :name", arguments: ["name": name])
        let campaign = try known ?? CampaignRows.enter(db, campaign: name, file: file, now: now)
        try db.execute(
            sql: """
                UPDATE store SET loading_new_campaign = :new,
                    contacts_end = (SELECT ifnull(max(id), 0) + 1 FROM contact_row),
                    imports_end = (SELECT ifnull(max(id), 0) + 1 FROM import_row)
                """, arguments: ["new": known == nil ? campaign : nil])
        return campaign
    }

    /// Makes all rows visible.
    static func end(_ db: Database) throws {
        try KeptCounts.adoptNew(db)
        try db.execute(
            sql: "UPDATE store SET contacts_end = :none, imports_end = :none, loading_new_campaign = NULL",
            arguments: ["none": Int64.max])
    }

    /// Whether one is under way, or was when a process was killed.
    static func isThere(_ db: Database) throws -> Bool {
        try HotStatement(db, "SELECT contacts_end < \(Int64.max) FROM store").firstNumber() == 1
    }

    /// Removes some rows of an import that did not finish.
    ///
    /// - Returns: whether there are more.
    static func remove(_ db: Database, atMost limit: Int) throws -> Bool {
        let row = try Row.fetchOne(
            db, sql: "SELECT contacts_end, imports_end FROM store WHERE contacts_end < :none OR imports_end < :none",
            arguments: ["none": Int64.max])
        guard let row else { return false }
        let (contacts, imports): (Int64, Int64) = (try row.decode(atIndex: 0), try row.decode(atIndex: 1))
        // Rows that refer to others go first: by duplicate_by_import, reject_by_import, by id.
        for table in ["duplicate", "reject"] {
            try db.execute(
                sql: """
                    DELETE FROM \(table) WHERE id IN (SELECT id FROM \(table) WHERE import_id >= :first LIMIT :limit)
                    """, arguments: ["first": imports, "limit": limit])
            if db.changesCount > 0 { return true }
        }
        if try PendingNumbers.remove(db, atMost: limit) { return true }
        if try removeContacts(db, from: contacts, atMost: limit) { return true }
        try db.execute(sql: "DELETE FROM import_row WHERE id >= :first", arguments: ["first": imports])
        try db.execute(sql: "DELETE FROM campaign_row WHERE id = (SELECT loading_new_campaign FROM store)")
        try end(db)
        return false
    }

    private static func removeContacts(_ db: Database, from first: Int64, atMost limit: Int) throws -> Bool {
        // The contacts by id, and the identity and the numbers of each by primary key.
        try db.execute(
            sql: """
                DELETE FROM contact_identity WHERE (campaign_id, identity) IN (
                    SELECT campaign_id, identity FROM contact_row WHERE id >= :first ORDER BY id LIMIT :limit)
                    AND contact_id >= :first
                """, arguments: ["first": first, "limit": limit])
        try db.execute(
            sql: """
                DELETE FROM contact_phone WHERE contact_id IN (
                    SELECT id FROM contact_row WHERE id >= :first ORDER BY id LIMIT :limit)
                """, arguments: ["first": first, "limit": limit])
        try db.execute(
            sql: """
                DELETE FROM contact_row WHERE id IN (
                    SELECT id FROM contact_row WHERE id >= :first ORDER BY id LIMIT :limit)
                """, arguments: ["first": first, "limit": limit])
        return db.changesCount > 0
    }
}
