public import CampaignCore
import Foundation
import GRDB

/// The one writer of a database of campaigns.
///
/// Every write is one named transaction, on disk (`synchronous=FULL`, WAL) when it returns, and is not stopped by the
/// cancellation of the task that asked for it. Whoever only looks uses ``StoreReader``.
public final class CampaignStore: Sendable {
    /// The file.
    public let path: String
    let queue: DatabaseQueue
    let spool: Spool
    let run = RunScope()
    private let lock: WriterLock

    /// Opens the database at `path` for writing, makes it if there is none, and brings it up to date.
    ///
    /// - Parameters:
    ///   - holder: who writes, for whoever else wants to.
    ///   - patience: how long a write waits while another program, such as a backup tool, has the file locked.
    /// - Throws: ``QueueError``: held by another process, from a newer version, not ours, damaged, no room.
    public init(
        path: String, holder: WriterLock.Holder, patience: Duration = .seconds(10)
    ) throws(QueueError) {
        self.path = path
        lock = try WriterLock(database: path, holder: holder)
        spool = Spool(besideDatabase: path)
        queue = try translatingErrors(path: path) {
            // Before SQLite sees the log: it would forget whatever stands behind a damaged frame.
            if let damage = WriteAheadLog(ofDatabase: path)?.damage() {
                throw QueueError.corrupt(path: path, detail: damage)
            }
            // Not by the connection that writes, which would bring the log into a damaged file when it is closed.
            try DatabaseChecks.open(path)?.close()
            let queue = try DatabaseQueue(path: path, configuration: Self.configuration(patience: patience))
            try queue.writeWithoutTransaction { db in
                guard try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL") == "wal" else {
                    throw QueueError.io(path: path, detail: "its file system allows no write-ahead log")
                }
                if try Int32.fetchOne(db, sql: "PRAGMA application_id") != Schema.applicationID {
                    try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
                }
            }
            try Schema.migrator.migrate(queue)
            return queue
        }
    }

    /// Closes the database and lets other writers in; writes that are under way end first.
    public func close() throws(QueueError) {
        try translatingErrors(path: path) { try queue.close() }
        spool.removeIfEmpty()
        lock.release()
    }

    /// A transaction on the writer's own queue, which no cancellation stops.
    func write<T: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> T
    ) async throws(QueueError) -> T {
        do {
            return try await transaction(body)
        } catch {
            throw QueueError(error, path: path)
        }
    }

    /// Like `write`, but whatever `body` throws that is not SQLite's passes through unchanged.
    func transaction<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
        let path = path
        return try await withCheckedThrowingContinuation { continuation in
            queue.asyncWriteWithoutTransaction { db in
                continuation.resume(
                    with: Result { try Self.inTransaction(db, body) }.mapError { error in
                        error is DatabaseError ? QueueError(error, path: path) : error
                    })
            }
        }
    }

    private static func inTransaction<T>(_ db: Database, _ body: (Database) throws -> T) throws -> T {
        var value: T?
        try db.inTransaction(.immediate) {
            value = try body(db)
            return .commit
        }
        guard let value else { throw DatabaseError(message: "a transaction gave nothing") }
        return value
    }

    private static func configuration(patience: Duration) -> Configuration {
        var configuration = Configuration()
        configuration.label = "discador.writer"
        // A backup tool may hold the file for a moment; a run must not end over that.
        configuration.busyMode = .timeout(patience.inSeconds)
        configuration.prepareDatabase { db in
            // Holds for power loss too: an intent is on the platter before its request leaves. GRDB's own way into WAL
            // would set NORMAL after this, which is why `init` turns WAL on.
            try db.execute(sql: "PRAGMA synchronous = FULL")
            // A checkpoint stops every commit for two syncs and a thousand writes. Fewer and larger ones write a page
            // once that many commits have changed; 32 MB is read in again within a blink after a crash.
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 8000")
        }
        return configuration
    }
}
