package import CampaignCore
import Dispatch
import Foundation
import GRDB
import Glibc
import Synchronization

/// The one writer of a database of campaigns.
///
/// Every write is one named transaction, on disk (`synchronous=FULL`, WAL) when it returns, and not stopped by the
/// cancellation of the task that requested it. For reads, see ``StoreReader``.
package final class CampaignStore: Sendable {
    /// The database file, as the caller named it.
    package let path: String
    let files: DatabaseFiles
    let connection: DatabaseQueue
    let spool: Spool
    let dialed = DialedCampaigns()
    let blockFeed = BlockFeed()
    let eventQueue = EventQueue()
    let sliceLimits: SliceLimits
    /// The copy that was kept of it when this process migrated it; nil: it had its tables already.
    package let upgradeCopy: String?
    private let lock: WriterLock
    private let writerFiles: WriterFiles
    private let tide: TideMark
    private let checkpoints = LogCheckpoints()
    private let latency: LatencyObserver?
    /// Where imports run, one at a time: during a run each of them is many transactions.
    let imports = DispatchQueue(label: "discador.import")
    /// Whether background work must no longer begin.
    let isClosing = Mutex(false)

    /// Opens the database at `path` for writing, creates it if there is none, and migrates it.
    ///
    /// - Parameters:
    ///   - holder: who writes, shown to other processes that want to.
    ///   - patience: how long a write waits while another program, such as a backup tool, has the file locked.
    ///   - latency: hears how long each transaction takes; nil: it is not measured.
    /// - Throws: ``StoreError``: held by another process, from a newer version, not ours, damaged, outdated, disk
    ///   full.
    package convenience init(
        path: String, holder: WriterLock.Holder, patience: Duration = .seconds(10), latency: LatencyObserver? = nil
    ) throws(StoreError) {
        try self.init(path: path, holder: holder, patience: patience, SliceLimits(), latency: latency)
    }

    init(
        path: String, holder: WriterLock.Holder, patience: Duration, _ sliceLimits: SliceLimits,
        migrator: DatabaseMigrator = Schema.migrator, latency: LatencyObserver? = nil
    ) throws(StoreError) {
        self.path = path
        self.latency = latency
        self.sliceLimits = sliceLimits
        files = DatabaseFiles(path: path)
        try DatabaseFile(path: files.database).checkKind()
        // Before any file is created beside the wrong name.
        try StoreRow(ofFileAlone: files.database)?.checkPath(files)
        let lock = try WriterLock(database: path, holder: holder)
        self.lock = lock
        spool = Spool(besideDatabase: path)
        (connection, writerFiles, tide, upgradeCopy) = try translatingErrors(path: path) { [files, checkpoints] in
            // Before SQLite sees the log: it would ignore everything after a damaged frame.
            if let damage = WriteAheadLog(ofDatabase: files.database)?.damage() {
                throw StoreError.corrupt(path: path, detail: damage)
            }
            let commitsInFile = try DatabaseChecks.checkTide(files)
            guard let identity = lock.identity else {
                throw StoreError.replaced(path: files.lock, place: files.database)
            }
            // Readable only by its owner, as SQLite then creates its log; a file with content keeps its mode. Created
            // without a descriptor: closing one on a database drops its locks.
            if mknod(files.database, S_IFREG | 0o600, 0) != 0, DatabaseFile.size(of: files.database) == 0 {
                _ = chmod(files.database, 0o600)
            }
            let (connection, held) = try WriterFiles.lock(files, beside: identity) {
                try DatabaseQueue(path: files.database, configuration: Self.configuration(patience: patience))
            }
            try connection.writeWithoutTransaction { db in
                if try Int32.fetchOne(db, sql: "PRAGMA application_id") != Schema.applicationID {
                    try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
                }
            }
            let kept = try Self.migrate(connection, files, migrator)
            let row = try connection.writeWithoutTransaction { db in
                // Only if it has changed: opening a database is no reason to write to it.
                try db.execute(
                    sql: "UPDATE store SET path = :path WHERE path IS NOT :path", arguments: ["path": files.database])
                // Into the file itself, where it is found under another name too.
                if db.changesCount > 0 { _ = try db.checkpoint(.passive) }
                return try StoreRow.require(db)
            }
            let tide = try TideMark(
                at: files.tide, of: row, commitsInFile: commitsInFile, writtenAt: files.database)
            try connection.inDatabase { db in
                checkpoints.begin(on: db)
                try held.begin(db, of: row, tide)
            }
            return (connection, held, tide, kept)
        }
    }

    /// - Returns: the copy that was kept of what it was before; nil when there was nothing to migrate.
    private static func migrate(
        _ connection: DatabaseQueue, _ files: DatabaseFiles, _ migrator: DatabaseMigrator
    ) throws -> String? {
        let copy = try UpgradeCopy.keep(of: connection, files, before: migrator)
        let before = try connection.read(migrator.appliedIdentifiers)
        do {
            try migrator.migrate(connection)
        } catch {
            // Each migration is one transaction: unless an earlier one of them stays, nothing has changed.
            let isUnchanged = (try? connection.read(migrator.appliedIdentifiers)) == before
            if let copy, isUnchanged { UpgradeCopy.discard(copy) }
            throw error
        }
        return copy
    }

    deinit {
        // While the connection that owns the descriptor still exists.
        writerFiles.unlock()
    }

    /// The database's folder, where sorting may use temporary space; that disk must hold the result anyway.
    var folder: String { URL(fileURLWithPath: path).deletingLastPathComponent().path }

    /// Labels the lock with what this process does from now on.
    ///
    /// - Parameter campaigns: the names of the campaigns that it dials.
    package func noteCommand(_ command: String, dialing campaigns: [String]) {
        lock.relabel(command, dialing: campaigns)
    }

    /// A read-only view for this process, which has the database open for writing.
    package func reader() throws(StoreError) -> StoreReader {
        try translatingErrors(path: path) { try StoreReader(files, besideWriterOf: path) }
    }

    /// Closes the database and lets other writers in, after the writes under way have ended.
    ///
    /// - Throws: ``StoreError/replaced(path:place:rescued:)`` when its files are no longer at their paths;
    ///   ``StoreError/overwritten(path:place:)`` or ``StoreError/indexOverwritten(path:)`` when another program has written
    ///   to them.
    package func close() throws(StoreError) {
        defer { lock.release() }
        isClosing.withLock { $0 = true }
        imports.sync {}
        do {
            try writerFiles.check()
            // When SQLite closes, it copies into the file what the index says the log has, and removes the log.
            if let last = try? connection.inDatabase({ try Int.fetchOne($0, sql: "SELECT commits FROM store") }) {
                try writerFiles.checkNumber(last + 1)
            }
        } catch {
            if case .replaced(files.lock, _, _) = error {
                try closeConnection()
                throw error
            }
            // SQLite would copy its log into a file that can no longer be found or is not ours, and remove whatever now
            // has the log's name. So the connection is never closed; the process is about to end.
            defer { _ = Unmanaged.passRetained(connection) }
            // Overwritten content is unknown: a copy would be half of one, half of the other.
            guard case .replaced(let path, let place, _) = error else { throw error }
            throw .replaced(path: path, place: place, rescued: rescue())
        }
        removeTracesBeforeClosing()
        try closeConnection()
        tide.flush()
        spool.removeIfEmpty()
    }

    private func closeConnection() throws(StoreError) {
        writerFiles.unlock()
        try translatingErrors(path: path) { try connection.close() }
    }

    /// All writes go through this.
    var transactions: CheckedTransactions {
        CheckedTransactions(
            path: path, files: writerFiles, tide: tide, checkpoints: checkpoints, latency: latency)
    }

    private static func configuration(patience: Duration) -> Configuration {
        var configuration = Configuration()
        configuration.label = "discador.writer"
        // A backup tool may lock the file for a moment; that must not end a run.
        configuration.busyMode = .timeout(patience.inSeconds)
        configuration.prepareDatabase { db in
            // Survives a power cut: an intent is on the platter before its request leaves. GRDB's own way of enabling
            // WAL would set NORMAL after this, so `init` enables WAL itself.
            try db.execute(sql: "PRAGMA synchronous = FULL")
        }
        return configuration
    }
}
