package import CampaignCore
import Foundation
import GRDB

/// Files outside the database that may have what was removed from it.
package struct KnownFiles: Hashable, Sendable {
    /// Files of rejected rows, with the SHA-256 of what the program wrote there.
    package var rejects: [String: [UInt8]] = [:]
    /// Lists that were imported.
    package var lists: [String] = []
    /// Copies of the database beside it, by `restore`, by an upgrade or by a run that could not go on, and what belongs to
    /// them; and copies of lists that are being handed to the process that writes.
    package var copies: [String] = []
}

extension StoreReader {
    /// The files that the database knows of.
    package func knownFiles() throws(StoreError) -> KnownFiles {
        var files = KnownFiles()
        (files.rejects, files.lists) = try read { db in
            let rows = try Row.fetchAll(db, sql: "SELECT path, sha256 FROM rejects_file")
            let rejects = try rows.map {
                (try $0.decode(String.self, atIndex: 0), [UInt8](try $0.decode(Data.self, atIndex: 1)))
            }
            return (
                Dictionary(rejects) { first, _ in first },
                try ListPaths.of(db, campaigns: Int64.fetchAll(db, sql: "SELECT id FROM campaign"))
            )
        }
        files.copies = DatabaseFiles(path: path).numberedFiles
        return files
    }
}

/// Where the lists of campaigns were.
enum ListPaths {
    static func of(_ db: Database, campaigns: [Int64]) throws -> [String] {
        try String.fetchAll(
            db,
            sql: """
                SELECT DISTINCT path FROM list_version WHERE campaign_id IN (SELECT value FROM json_each(:campaigns))
                ORDER BY path
                """, arguments: ["campaigns": StoredValue.json(campaigns)])
    }
}
