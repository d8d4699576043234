package import CampaignCore
import Foundation
import GRDB

/// A read-only view of a database of campaigns, for every process but its one writer; works during a run.
package final class StoreReader: Sendable {
    /// The file.
    package let path: String
    /// That the file is not certainly the newest that was written under its name, so that no one may be dialed from it; nil
    /// when all is well.
    package let staleness: StoreError?
    let queue: DatabaseQueue

    /// Opens the database at `path` without any right to write.
    ///
    /// - Throws: ``StoreError``: missing, not ours, from a newer version, damaged.
    package init(path: String) throws(StoreError) {
        self.path = path
        let files = DatabaseFiles(path: path)
        // Before the database is looked at: a run in progress only ever makes it know more.
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

    func read<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
        try translatingErrors(path: path) { try queue.read(body) }
    }

    /// Like `read`, but what `body` itself throws, such as a full disk under a report, passes through unchanged.
    func readStreaming(_ body: (Database) throws -> Void) throws {
        var thrown: (any Error)?
        try read { db in
            do {
                try body(db)
            } catch let error where error is DatabaseError || error is RowDecodingError {
                throw error
            } catch {
                thrown = error
            }
        }
        if let thrown { throw thrown }
    }
}
