import CampaignCore
import Foundation
import GRDB
import Glibc
import Synchronization

/// The files that the one writer has open, and its lock on the database itself.
///
/// The lock file beside the database locks a name. The database can have other names, through a hard link or a mount,
/// so the file itself is locked too, through SQLite's own descriptor: a descriptor of ours could never be closed
/// without dropping SQLite's locks.
final class WriterFiles: Sendable {
    private let files: DatabaseFiles
    private let database: FileIdentity
    private let log: FileIdentity
    private let lock: FileIdentity
    /// SQLite's, which closes it; nil once the lock is released.
    private let descriptor: Mutex<Int32?>
    private let watch = Mutex(Watch())

    /// What is checked in addition to the files' identities.
    private struct Watch {
        var content: OverwriteDetector?
        /// Marked when the content is no longer SQLite's.
        var tide: TideMark?
        /// Stays set once something was overwritten.
        var failure: StoreError?
    }

    private init(_ files: DatabaseFiles, database: FileIdentity, log: FileIdentity, lock: FileIdentity, by held: Int32)
    {
        self.files = files
        self.database = database
        self.log = log
        self.lock = lock
        descriptor = Mutex(held)
    }

    /// Opens the database for writing with `open`, and locks it through SQLite's descriptor.
    ///
    /// - Throws: ``StoreError/held(path:holder:)`` when another process has the same file open under another name.
    static func lock(
        _ files: DatabaseFiles, beside lock: FileIdentity, opening open: () throws -> DatabaseQueue
    ) throws -> (DatabaseQueue, WriterFiles) {
        let before = FileIdentity(path: files.database)?.descriptors() ?? []
        let connection = try open()
        guard let database = FileIdentity(path: files.database) else { throw StoreError.missing(path: files.database) }
        let ours = database.descriptors().subtracting(before).filter(isForWriting)
        guard let descriptor = ours.first else {
            throw StoreError.io(
                path: files.database,
                detail: Phrase(
                    "the open file was not found in /proc/self/fd",
                    "o arquivo aberto não foi encontrado em /proc/self/fd"))
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw StoreError.held(
                path: files.database,
                holder: Phrase("another process, under another name", "outro processo, com outro nome"))
        }
        // A write, so that SQLite opens its log.
        try connection.inDatabase { db in
            guard try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL") == "wal" else {
                throw StoreError.io(
                    path: files.database,
                    detail: Phrase(
                        "its file system does not support a write-ahead log",
                        "o sistema de arquivos dele não permite um write-ahead log"))
            }
            try db.execute(sql: "BEGIN IMMEDIATE; COMMIT")
        }
        guard let log = FileIdentity(path: files.log), !log.descriptors().isEmpty else {
            throw StoreError.replaced(path: files.log, place: files.database)
        }
        return (connection, WriterFiles(files, database: database, log: log, lock: lock, by: descriptor))
    }

    /// Checks the content of the files too, from now on.
    ///
    /// - Parameter row: the database's current row.
    func begin(_ db: Database, of row: StoreRow, _ tide: TideMark) throws {
        let pageSize = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0
        let sizes = try sizes()
        try watch.withLock { watch in
            watch.tide = tide
            watch.content = try OverwriteDetector(files, of: row, pageSize: pageSize, sizes)
        }
    }

    /// Makes sure that what is written goes where the next process to open the database will find it, and that no other
    /// program has written there.
    ///
    /// - Parameter commit: the commit just made; nil when there was none since the last check.
    /// - Throws: ``StoreError/replaced(path:place:rescued:)`` for a file that was removed or replaced;
    ///   ``StoreError/overwritten(path:place:)`` for one with different content.
    func check(after commit: OverwriteDetector.Commit? = nil) throws(StoreError) {
        let sizes = try sizes()
        try watch.withLock { watch throws(StoreError) in
            if let failure = watch.failure { throw failure }
            do throws(StoreError) {
                try watch.content?.check(sizes, after: commit)
            } catch {
                watch.failure = error
                watch.tide?.distrust()
                throw error
            }
        }
    }

    /// The same, after one of our own checkpoints has failed.
    func checkAfterBrokenCheckpoint() throws(StoreError) {
        try check()
        watch.withLock { $0.content?.noteBrokenCheckpoint() }
    }

    /// Makes sure that SQLite sees the state that the last commit left, before anything is written.
    ///
    /// SQLite learns from an index in shared memory which frames of the log count. If an older copy of the index is put
    /// in its place, SQLite returns to an older state, and the next commit would overwrite later ones.
    ///
    /// - Parameter number: the number that the next commit would have.
    /// - Throws: ``StoreError/indexOverwritten(path:)``.
    func checkNumber(_ number: Int) throws(StoreError) {
        try watch.withLock { watch throws(StoreError) in
            if let failure = watch.failure { throw failure }
            guard let content = watch.content, number != content.commits + 1 else { return }
            // The database and its log are unchanged, so the mark stays: the next start checks whether they have
            // everything.
            let failure = StoreError.indexOverwritten(path: files.index)
            watch.failure = failure
            throw failure
        }
    }

    private func sizes() throws(StoreError) -> OverwriteDetector.Sizes {
        guard FileIdentity(path: files.lock) == lock else { throw .replaced(path: files.lock, place: files.database) }
        guard let log = FileIdentity.withSize(path: files.log), log.identity == self.log else {
            throw .replaced(path: files.log, place: files.database)
        }
        guard let database = FileIdentity.withSize(path: files.database), database.identity == self.database else {
            throw .replaced(path: files.database, place: files.database)
        }
        return OverwriteDetector.Sizes(database: database.size, log: log.size)
    }

    /// Releases the lock, before SQLite closes the file. Repeating it does no harm.
    func unlock() {
        // The detector has the log open, whose disk space is free only after it is closed.
        watch.withLock { $0.content = nil }
        descriptor.withLock { descriptor in
            // Not left to `close`: a process that is just being spawned holds a copy of the descriptor for an instant.
            if let descriptor { flock(descriptor, LOCK_UN) }
            descriptor = nil
        }
    }

    private static func isForWriting(_ descriptor: Int32) -> Bool {
        fcntl(descriptor, F_GETFL) & O_ACCMODE == O_RDWR
    }
}
