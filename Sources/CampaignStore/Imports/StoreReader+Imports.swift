package import CampaignCore
import Foundation
import GRDB

/// A list as it was when it was imported.
package struct ImportedList: Hashable, Sendable {
    package var importedAt: Timestamp
    /// The file's size.
    package var bytes: Int
    /// The file's SHA-256; nil when it was not stored.
    package var sha256: [UInt8]?
    /// When the file had last been changed, in nanoseconds since 1970; nil when that was not stored.
    package var modified: Int64?
}

extension StoreReader {
    /// The current versions of all files that a campaign's lists were read from, in the order of their import; empty
    /// when the campaign is unknown.
    package func importedLists(campaign: String) throws(StoreError) -> [(path: String, list: ImportedList)] {
        try read { db in
            // By primary key; a campaign has few lists.
            try Row.fetchAll(
                db,
                sql: """
                    SELECT imported_at, bytes, sha256, modified_ns, path FROM campaign
                    JOIN list_version ON list_version.campaign_id = campaign.id AND is_current = 1
                    JOIN import ON import.id = list_version.import_id
                    WHERE campaign.name = :name ORDER BY import.id, path
                    """, arguments: ["name": campaign]
            ).map { (try $0.decode(atIndex: 4), try Self.importedList($0)) }
        }
    }

    /// The current version of a list's file; nil when the file was never imported.
    ///
    /// - Parameters:
    ///   - path: the file's absolute path.
    ///   - name: the file's name in imports whose path was not stored.
    package func importedList(campaign: String, path: String, name: String) throws(StoreError) -> ImportedList? {
        try read { db in
            let campaign = try Int64.fetchOne(
                db, sql: "SELECT id FROM campaign WHERE name = :name", arguments: ["name": campaign])
            guard let campaign else { return nil }
            // By primary key, else by import_by_campaign; a campaign has few lists.
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT imported_at, bytes, sha256, modified_ns, 0 AS rank FROM list_version
                    JOIN import ON import.id = list_version.import_id
                    WHERE list_version.campaign_id = :campaign AND path = :path AND is_current = 1
                    UNION ALL
                    SELECT imported_at, bytes, sha256, NULL, 1 FROM import
                    WHERE campaign_id = :campaign AND (file = :name OR file = :path) AND accepted + duplicates > 0
                    ORDER BY rank, imported_at DESC LIMIT 1
                    """, arguments: ["campaign": campaign, "path": path, "name": name])
            return try row.map(Self.importedList)
        }
    }

    private static func importedList(_ row: Row) throws -> ImportedList {
        ImportedList(
            importedAt: Timestamp(milliseconds: try row.decode(atIndex: 0)), bytes: try row.decode(atIndex: 1),
            sha256: try row.decode(Data?.self, atIndex: 2).map { [UInt8]($0) }, modified: try row.decode(atIndex: 3))
    }

    /// The files of all lists ever imported.
    package func importSources() throws(StoreError) -> [ImportSource] {
        try read { db in
            // A list whose path was not stored is identified by the name that the user gave.
            try Row.fetchAll(
                db,
                sql: """
                    SELECT ifnull(list_version.path, import.file), campaign.file, import.bytes, import.sha256
                    FROM import JOIN campaign ON campaign.id = import.campaign_id
                    LEFT JOIN list_version ON list_version.import_id = import.id
                    """
            ).map { row in
                ImportSource(
                    file: try row.decode(atIndex: 0), campaignFile: try row.decode(atIndex: 1),
                    bytes: try row.decode(atIndex: 2), sha256: try row.decode(Data?.self, atIndex: 3).map(Array.init))
            }
        }
    }

    /// The imports of a campaign, the newest first.
    ///
    /// - Parameter limit: how many at most.
    package func imports(campaign: String, atMost limit: Int) throws(StoreError) -> [ImportEntry] {
        try read { db in
            // import_by_campaign, from its end.
            try Row.fetchAll(
                db,
                sql: """
                    SELECT imported_at, file, accepted, duplicates, rejected FROM import
                    WHERE campaign_id = :campaign ORDER BY id DESC LIMIT :limit
                    """, arguments: ["campaign": try CampaignRows.id(db, named: campaign), "limit": limit]
            ).map { row in
                ImportEntry(
                    importedAt: Timestamp(milliseconds: try row.decode(atIndex: 0)), file: try row.decode(atIndex: 1),
                    accepted: try row.decode(atIndex: 2), duplicates: try row.decode(atIndex: 3),
                    rejected: try row.decode(atIndex: 4))
            }
        }
    }

    /// How many contacts all imports of a campaign have brought, without counting contacts one by one.
    package func importedContacts(campaign: String) throws(StoreError) -> Int {
        try read { db in
            try Int.fetchOne(
                db, sql: "SELECT ifnull(sum(accepted), 0) FROM import WHERE campaign_id = :campaign",
                arguments: ["campaign": try CampaignRows.id(db, named: campaign)]) ?? 0
        }
    }
}

/// A list that was imported, and what became of its rows.
package struct ImportEntry: Hashable, Sendable {
    package var importedAt: Timestamp
    /// As the user named it.
    package var file: String
    package var accepted: Int
    package var duplicates: Int
    package var rejected: Int
}

/// The file that a list was imported from.
package struct ImportSource: Hashable, Sendable {
    /// The file name as the user gave it, relative to an unknown folder.
    package var file: String
    /// Where the campaign file was.
    package var campaignFile: String
    package var bytes: Int
    /// SHA-256 of the file; nil when it was not stored.
    package var sha256: [UInt8]?
}
