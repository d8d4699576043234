package import CampaignCore
import GRDB

/// What became of one row of an import.
package struct RowFate: Hashable, Sendable, Codable {
    /// The line of the list on which it begins; 0 when it was not stored.
    package var line: Int
    /// The state of the contact that it became, with its reason; nil when it became none.
    package var state: CallState?
    package var reason: String?
    /// Why it became none; nil when it did.
    package var duplicate: DuplicateReason?
}

extension StoreReader {
    /// The newest contact of the database, of any campaign; 0 when there is none.
    package func newestContact() throws(StoreError) -> Int64 {
        try read { db in
            // The right end of the primary key.
            try Int64.fetchOne(db, sql: "SELECT max(id) FROM contact_row") ?? 0
        }
    }

    /// The rows of one import that became a contact, or would have been one for the second time; empty when the list left
    /// no trace, because it was imported before.
    ///
    /// - Parameters:
    ///   - file: the list's name, which no other list of the campaign has.
    ///   - contact: the newest contact before the import.
    package func rowFates(
        campaign name: String, file: String, after contact: Int64
    ) throws(StoreError) -> [RowFate] {
        try read { db in
            // import_by_campaign.
            let list = try Int64.fetchOne(
                db, sql: "SELECT max(id) FROM import WHERE campaign_id = :campaign AND file = :file",
                arguments: ["campaign": try CampaignRows.id(db, named: name), "file": file])
            guard let list else { return [] }
            // The end of the table: what this import and those beside it have added; duplicate_by_import.
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT line, state, reason, NULL FROM contact_row WHERE id > :contact AND import_id = :list
                    UNION ALL SELECT line, NULL, NULL, reason FROM duplicate WHERE import_id = :list
                    """,
                arguments: ["contact": contact, "list": list]
            ).map { row in
                RowFate(
                    line: try row.decode(atIndex: 0),
                    state: try row.decode(String?.self, atIndex: 1).map { try StoredValue.word($0) },
                    reason: try row.decode(atIndex: 2),
                    duplicate: try row.decode(String?.self, atIndex: 3).map { try StoredValue.word($0) })
            }
        }
    }

    /// Another text after every transaction that has written anything.
    package func version() throws(StoreError) -> String {
        try read { db in
            let row = try StoreRow.require(db)
            return "\(row.name):\(row.commits)"
        }
    }
}
