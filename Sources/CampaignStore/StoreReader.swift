package import CampaignCore
import Foundation
import GRDB

/// A read-only view of a database of campaigns, for every process except its one writer; works during a run.
package final class StoreReader: Sendable {
    /// The file.
    package let path: String
    /// The error that the file may not be the newest that was written under its name, so that nobody may be dialed from
    /// it; nil when it is.
    package let staleness: StoreError?
    let connection: DatabaseQueue
    /// Whether this is the reader of a snapshot, whose transaction it reads in.
    private let isInSnapshot: Bool

    /// Opens the database at `path` without write permission.
    ///
    /// - Throws: ``StoreError``: missing, not ours, from a newer version, damaged.
    package init(path: String) throws(StoreError) {
        self.path = path
        let files = DatabaseFiles(path: path)
        // Before the database is read: a run in progress can only add to what it has.
        let mark = TideMark.read(files.tide)
        let connection = try translatingErrors(path: path) {
            if let loss = DatabaseChecks.loss(at: files, mark) { throw loss }
            guard let connection = try DatabaseChecks.open(files),
                // A file that its writer has not filled yet, or never filled.
                try connection.read(Schema.hasTables)
            else { throw StoreError.missing(path: path) }
            return connection
        }
        self.connection = connection
        isInSnapshot = false
        staleness = try translatingErrors(path: path) {
            try connection.read { db in try StoreRow.find(db)?.doubt(mark, files) }
        }
    }

    /// A view beside this process's own writer.
    init(_ files: DatabaseFiles, besideWriterOf path: String) throws {
        self.path = path
        // The index of the log must exist: without it and its locks, a read may see half a checkpoint.
        connection = try DatabaseChecks.connect(files.database)
        staleness = nil
        isInSnapshot = false
    }

    private init(inSnapshotOf reader: StoreReader) {
        (path, staleness, connection) = (reader.path, reader.staleness, reader.connection)
        isInSnapshot = true
    }

    func read<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
        try translatingErrors(path: path) {
            try isInSnapshot ? connection.unsafeReentrantRead(body) : connection.read(body)
        }
    }

    /// Everything that `body` reads is of one moment, whatever is written meanwhile.
    ///
    /// - Parameter body: reads through the reader that it is given, only while it runs and on its own thread.
    package func snapshot(_ body: (StoreReader) throws -> Void) throws {
        let reader = StoreReader(inSnapshotOf: self)
        try readStreaming { _ in try body(reader) }
    }

    /// Like `read`, but errors of `body` itself, such as a full disk while a report is written, pass through unchanged.
    func readStreaming(_ body: (Database) throws -> Void) throws {
        var thrown: (any Error)?
        do {
            try read { db in
                do {
                    try body(db)
                } catch let error where error is DatabaseError || error is RowDecodingError {
                    throw error
                } catch {
                    thrown = error
                }
            }
        } catch {
            // After some errors SQLite has ended the transaction, and ending it again is another error.
            throw thrown ?? error
        }
        if let thrown { throw thrown }
    }
}
