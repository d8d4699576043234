import CampaignCore
import Foundation
import GRDB
import Glibc
import Synchronization

/// The files that the one writer has open, and its lock on the database itself.
///
/// The lock file beside the database locks a name. The database can have others, by a hard link or a mount, so the file
/// itself is locked too, by the very descriptor that SQLite has of it: one of our own could never be closed without
/// taking SQLite's locks away.
final class WriterFiles: Sendable {
    private let files: DatabaseFiles
    private let database: FileIdentity
    private let log: FileIdentity
    private let lock: FileIdentity
    /// SQLite's, and closed by it; nil once the lock is given up.
    private let descriptor: Mutex<Int32?>
    private let watch = Mutex(Watch())

    /// What is looked at besides which files they are.
    private struct Watch {
        var content: OverwriteDetector?
        /// Told of a content that is not SQLite's.
        var tide: TideMark?
        /// Once something was written over, nothing makes it good again.
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

    /// Takes the lock on the database that `open` opens to write, through SQLite.
    ///
    /// - Throws: ``StoreError/held(path:holder:)`` when another process has the same file open under another name.
    static func lock(
        _ files: DatabaseFiles, beside lock: FileIdentity, opening open: () throws -> DatabaseQueue
    ) throws -> (DatabaseQueue, WriterFiles) {
        let before = FileIdentity(path: files.database)?.descriptors() ?? []
        let queue = try open()
        guard let database = FileIdentity(path: files.database) else { throw StoreError.missing(path: files.database) }
        let ours = database.descriptors().subtracting(before).filter(isForWriting)
        guard let descriptor = ours.first else {
            throw StoreError.io(path: files.database, detail: "the open file was not found in /proc/self/fd")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw StoreError.held(path: files.database, holder: "another process, under another name")
        }
        // A write, so that SQLite has its log open.
        try queue.inDatabase { db in
            guard try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL") == "wal" else {
                throw StoreError.io(path: files.database, detail: "its file system does not support a write-ahead log")
            }
            try db.execute(sql: "BEGIN IMMEDIATE; COMMIT")
        }
        guard let log = FileIdentity(path: files.log), !log.descriptors().isEmpty else {
            throw StoreError.replaced(path: files.log, place: files.database)
        }
        return (queue, WriterFiles(files, database: database, log: log, lock: lock, by: descriptor))
    }

    /// From now on sees to the content of the files too.
    ///
    /// - Parameter row: the database as it is.
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
    /// - Parameter commit: what was just written; nil when nothing was since the last time.
    /// - Throws: ``StoreError/replaced(path:place:rescued:)`` for a file that was removed, or that another one has taken
    ///   the place of; ``StoreError/overwritten(path:place:)`` for one that has another content.
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

    /// The same after a checkpoint of ours that failed.
    func checkAfterBrokenCheckpoint() throws(StoreError) {
        try check()
        watch.withLock { $0.content?.noteBrokenCheckpoint() }
    }

    /// Makes sure that SQLite sees the state that the last commit left, before anything is written.
    ///
    /// Which frames of the log count, SQLite learns from an index in shared memory. Where an older copy of that is put in
    /// its place, it goes back to an older state, and the next commit would write over later ones.
    ///
    /// - Parameter number: the one that the next commit would have.
    /// - Throws: ``StoreError/indexOverwritten(path:)``.
    func checkNumber(_ number: Int) throws(StoreError) {
        try watch.withLock { watch throws(StoreError) in
            if let failure = watch.failure { throw failure }
            guard let content = watch.content, number != content.commits + 1 else { return }
            // The database and its log are as they were, so the mark stays: the next start sees whether they have all.
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

    /// Gives the lock up, before SQLite closes the file; once is enough, more does no harm.
    func unlock() {
        // It has the log open, whose room on disk is free only then.
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
