package import CampaignCore
import Foundation
import GRDB

/// A read-only view of a database of campaigns, for everybody but its one writer; works while a run goes on.
package final class StoreReader: Sendable {
    /// The file.
    package let path: String
    /// That the file is not certainly the newest that was written under its name, so that nobody may be dialed from it; nil
    /// when all is well.
    package let staleness: StoreError?
    let queue: DatabaseQueue

    /// Opens the database at `path` without any right to write.
    ///
    /// - Throws: ``StoreError``: missing, not ours, from a newer version, damaged.
    package init(path: String) throws(StoreError) {
        self.path = path
        let files = DatabaseFiles(path: path)
        // Before the database is looked at: a run that goes on only ever makes it know more.
        let mark = TideMark.read(files.tide)
        let queue = try translatingErrors(path: path) {
            if let loss = DatabaseChecks.loss(at: files, mark) { throw loss }
            guard let queue = try DatabaseChecks.open(files),
                // A file that its writer has not filled yet, or never came to fill.
                try queue.read(Schema.hasTables)
            else { throw StoreError.missing(path: path) }
            return queue
        }
        self.queue = queue
        staleness = try translatingErrors(path: path) {
            try queue.read { db in try StoreRow.find(db)?.doubt(mark, files) }
        }
    }

    /// A view beside the writer of this very process.
    init(_ files: DatabaseFiles, besideWriterOf path: String) throws {
        self.path = path
        // The index of the log is there: what would be read without it, and without any lock, may be half a checkpoint.
        queue = try DatabaseChecks.connect(files.database)
        staleness = nil
    }

    /// The campaigns, by name.
    package func campaigns() throws(StoreError) -> [CampaignEntry] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT name, file FROM campaign ORDER BY name").map {
                CampaignEntry(name: try $0.decode(atIndex: 0), file: try $0.decode(atIndex: 1))
            }
        }
    }

    /// That there is no campaign called `name`, or not yet.
    package func unknown(campaign name: String) throws(StoreError) -> StoreError {
        try read { db in try CampaignRows.unknown(name, db) }
    }

    /// The files of all campaigns' lists that were ever taken in.
    package func importSources() throws(StoreError) -> [ImportSource] {
        try read { db in
            // A list whose path was not kept goes by its name as it was given.
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

    /// Contacts by state.
    package func counts(campaign: String) throws(StoreError) -> StateCounts {
        try read { db in try CampaignRows.counts(db, campaign: try CampaignRows.id(db, named: campaign)) }
    }

    /// How many contacts all imports of a campaign have brought, without counting them one by one.
    package func importedContacts(campaign: String) throws(StoreError) -> Int {
        try read { db in
            try Int.fetchOne(
                db, sql: "SELECT ifnull(sum(accepted), 0) FROM import WHERE campaign_id = :campaign",
                arguments: ["campaign": try CampaignRows.id(db, named: campaign)]) ?? 0
        }
    }

    /// When the next contact that waits is due; nil when none is ready.
    package func nextDue(campaign: String) throws(StoreError) -> Timestamp? {
        try read { db in
            // contact_by_turn: the left end of `ready`.
            try Int64.fetchOne(
                db, sql: "SELECT min(due_at) FROM contact WHERE campaign_id = :campaign AND state = 'ready'",
                arguments: ["campaign": try CampaignRows.id(db, named: campaign)]
            ).map(Timestamp.init(milliseconds:))
        }
    }

    func read<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
        try translatingErrors(path: path) { try queue.read(body) }
    }
}

/// A campaign that was imported.
package struct CampaignEntry: Hashable, Sendable {
    /// Its name.
    package var name: String
    /// Where its campaign file stood when it was last used.
    package var file: String
}

/// The file that a list was taken in from.
package struct ImportSource: Hashable, Sendable {
    /// The file as it was named then, from a folder that is not known.
    package var file: String
    /// Where the campaign file stood.
    package var campaignFile: String
    /// The size of the file.
    package var bytes: Int
    /// SHA-256 of the file; nil when it was not kept.
    package var sha256: [UInt8]?
}
