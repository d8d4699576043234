import CampaignCore
import Foundation
import GRDB

/// Lists that come again.
extension ImportWriter {
    /// Whether a list of this size was imported into the campaign before, so that comparing hashes is worthwhile.
    package func hasList(ofBytes bytes: Int) throws -> Bool {
        // import_by_campaign; a campaign has few lists.
        try transactions.write { db in
            try Bool.fetchOne(
                db,
                sql: """
                    SELECT EXISTS (
                        SELECT 1 FROM import_row WHERE campaign_id = :campaign AND bytes = :bytes AND sha256 NOT NULL
                            AND called_recently = 0)
                    """,
                arguments: ["campaign": campaign, "bytes": bytes]) ?? false
        }
    }

    /// The last import of the same list into the campaign; nil if there was none.
    package func earlierImport(of fingerprint: ListFingerprint) throws -> EarlierImport? {
        // import_by_campaign.
        try transactions.write { db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT id, imported_at, accepted + duplicates, is_export FROM import_row
                    WHERE campaign_id = :campaign AND bytes = :bytes AND sha256 = :sha256 AND reading = :reading
                        AND called_recently = 0
                    ORDER BY id DESC LIMIT 1
                    """,
                arguments: [
                    "campaign": campaign, "bytes": fingerprint.bytes, "sha256": Data(fingerprint.sha256),
                    "reading": fingerprint.reading,
                ]
            ).map { row in
                EarlierImport(
                    list: try row.decode(atIndex: 0),
                    importedAt: Timestamp(milliseconds: try row.decode(atIndex: 1)),
                    hasUsableRows: try row.decode(atIndex: 2) > 0, isExport: try row.decode(atIndex: 3))
            }
        }
    }

    /// Removes a list that brought no contacts.
    func remove(_ list: Int64) throws {
        for table in ["reject", "duplicate"] {
            var isOver = false
            while !isOver {
                isOver = try transactions.write { db in
                    // By reject_by_import and duplicate_by_import.
                    try db.execute(
                        sql: """
                            DELETE FROM \(table) WHERE id IN (
                                SELECT id FROM \(table) WHERE import_id = :list LIMIT :limit)
                            """, arguments: ["list": list, "limit": slice])
                    return db.changesCount == 0
                }
            }
        }
        try transactions.write { db in
            try db.execute(sql: "DELETE FROM import_row WHERE id = :list", arguments: ["list": list])
        }
    }
}
