package import CampaignCore
import Foundation
import GRDB

/// Files outside the database that may have what was removed from it. They are marked before anything is removed, which
/// would tell which they are, and until they have been dealt with, whatever ends the program in between.
package struct MarkedFiles: Hashable, Sendable, Codable {
    /// Files of rejected rows, with the SHA-256 of what the program wrote there: to be removed unless somebody has changed
    /// them.
    package var rejects: [String: [UInt8]] = [:]
    /// Lists that were imported: to be named.
    package var lists: [String] = []
}

/// A campaign of which only traces are left, because the command that deleted it was interrupted.
package struct UnfinishedDeletion: Hashable, Sendable {
    package var name: String
    /// Where its file was.
    package var file: String

    static func all(_ db: Database) throws -> [UnfinishedDeletion] {
        // A few rows. A campaign of that name that has come since is another one.
        try Row.fetchAll(
            db,
            sql: """
                SELECT DISTINCT name, file FROM deleted_campaign
                WHERE name IS NOT NULL AND campaign_id IS NULL AND name NOT IN (SELECT name FROM campaign_row)
                """
        ).map { UnfinishedDeletion(name: try $0.decode(atIndex: 0), file: try $0.decode(atIndex: 1)) }
    }
}

extension CampaignRows {
    /// Refuses a campaign of which a part was deleted: it looks like one of fewer people, who would be called again.
    static func requireWhole(_ db: Database, _ name: String, _ campaign: Int64) throws {
        let isDeleted = try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM deleted_campaign WHERE campaign_id = ?)", arguments: [campaign])
        if isDeleted == true { throw StoreError.beingDeleted(name: name) }
    }
}

extension StoreReader {
    package func markedFiles() throws(StoreError) -> MarkedFiles {
        try read { db in
            var files = MarkedFiles()
            for row in try Row.fetchAll(db, sql: "SELECT path, sha256 FROM marked_file ORDER BY path") {
                let path: String = try row.decode(atIndex: 0)
                if let hash = try row.decode(Data?.self, atIndex: 1) {
                    files.rejects[path] = [UInt8](hash)
                } else {
                    files.lists.append(path)
                }
            }
            return files
        }
    }

    /// Campaigns whose deletion the same command has to end.
    package func unfinishedDeletions() throws(StoreError) -> [UnfinishedDeletion] {
        try read(UnfinishedDeletion.all)
    }
}

extension CampaignStore {
    /// Whether an earlier command, or the process that dialed then, has left traces of what it removed.
    package func hasTracesOfEarlier() async throws(StoreError) -> Bool {
        // While campaigns are dialed, traces are left for later.
        let isDialing = !dialed.rows.isEmpty
        return try await readSnapshot { db in
            let sql = "SELECT EXISTS (SELECT 1 FROM marked_file) OR (SELECT has_traces FROM erasure) AND :isIdle"
            return try Bool.fetchOne(db, sql: sql, arguments: ["isIdle": !isDialing]) ?? false
        }
    }

    /// Ends what was removed: these files have been dealt with.
    ///
    /// - Parameter campaign: the campaign that was deleted.
    package func endErasing(_ files: MarkedFiles, of campaign: String?) async throws(StoreError) {
        guard campaign != nil || files != MarkedFiles() else { return }
        try await write { db in
            for path in files.rejects.keys + files.lists {
                try db.execute(sql: "DELETE FROM marked_file WHERE path = :path", arguments: ["path": path])
            }
            try db.execute(
                sql: "UPDATE deleted_campaign SET name = NULL, file = NULL WHERE name = :name AND campaign_id IS NULL",
                arguments: ["name": campaign])
            // What was logged since, of commands that ended the deletion. A campaign of that name is another one.
            if let campaign, try CampaignRows.find(db, named: campaign) == nil {
                try ActionRows.forget(db, campaign: campaign)
            }
        }
    }
}

enum MarkedFileRows {
    /// The files of rejected rows that mention a number.
    static func rejects(_ db: Database, mentioning mentions: NumberMentions) throws -> [String] {
        try String.fetchAll(db, sql: "SELECT DISTINCT path FROM rejects_file").filter { path in
            (try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)).map { mentions.areIn($0) }
                ?? false
        }
    }

    /// Marks files of rejected rows.
    static func mark(_ db: Database, rejects paths: [String]) throws {
        for path in paths {
            try db.execute(
                sql: """
                    INSERT INTO marked_file (path, sha256) SELECT path, sha256 FROM rejects_file WHERE path = :path LIMIT 1
                    ON CONFLICT DO UPDATE SET sha256 = excluded.sha256
                    """, arguments: ["path": path])
        }
    }

    /// Marks the lists of a campaign and its files of rejected rows.
    static func mark(_ db: Database, campaign: Int64) throws {
        let paths = try String.fetchAll(
            db, sql: "SELECT path FROM rejects_file WHERE campaign_id = ?", arguments: [campaign])
        try mark(db, rejects: paths)
        for path in try ListPaths.of(db, campaigns: [campaign]) {
            try db.execute(
                sql: "INSERT INTO marked_file (path) VALUES (:path) ON CONFLICT DO NOTHING", arguments: ["path": path])
        }
    }
}
