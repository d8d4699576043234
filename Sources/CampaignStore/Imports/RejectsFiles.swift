package import CampaignCore
import Foundation
import GRDB

extension StoreReader {
    /// The SHA-256 of what the program last wrote to each file of rejected rows of a campaign, by the file's path.
    package func rejectsFiles(campaign: String) throws(StoreError) -> [String: [UInt8]] {
        try read { db in
            let rows = try Row.fetchAll(
                db, sql: "SELECT path, sha256 FROM rejects_file WHERE campaign_id = :campaign",
                arguments: ["campaign": try CampaignRows.id(db, named: campaign)])
            return Dictionary(
                uniqueKeysWithValues: try rows.map {
                    (try $0.decode(atIndex: 0), [UInt8](try $0.decode(Data.self, atIndex: 1)))
                })
        }
    }
}

extension CampaignStore {
    /// Records what was just written to a file of rejected rows, so that later changes are noticed.
    package func noteRejectsFile(_ path: String, sha256: [UInt8], campaign: String) async throws(StoreError) {
        try await write { db in
            try db.execute(
                sql: """
                    INSERT INTO rejects_file (campaign_id, path, sha256) VALUES (:campaign, :path, :sha256)
                    ON CONFLICT DO UPDATE SET sha256 = excluded.sha256
                    """,
                arguments: [
                    "campaign": try CampaignRows.id(db, named: campaign), "path": path, "sha256": Data(sha256),
                ])
            // It is another file than the one that was to be removed.
            try db.execute(sql: "DELETE FROM marked_file WHERE path = :path", arguments: ["path": path])
        }
    }
}
