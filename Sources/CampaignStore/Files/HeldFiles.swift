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
final class HeldFiles: Sendable {
    private let files: DatabaseFiles
    private let database: FileIdentity
    private let log: FileIdentity
    private let lock: FileIdentity
    /// SQLite's, and closed by it; nil once the lock is given up.
    private let descriptor: Mutex<Int32?>

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
    /// - Throws: ``QueueError/held(path:holder:)`` when another process has the same file open under another name.
    static func lock(
        _ files: DatabaseFiles, beside lock: FileIdentity, opening open: () throws -> DatabaseQueue
    ) throws -> (DatabaseQueue, HeldFiles) {
        let before = FileIdentity(path: files.database)?.descriptors() ?? []
        let queue = try open()
        guard let database = FileIdentity(path: files.database) else { throw QueueError.missing(path: files.database) }
        let ours = database.descriptors().subtracting(before).filter(isForWriting)
        guard let descriptor = ours.first else {
            throw QueueError.io(path: files.database, detail: "the file that was opened is not found in /proc/self/fd")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw QueueError.held(path: files.database, holder: "another process, under another name")
        }
        // A write, so that SQLite has its log open.
        try queue.inDatabase { db in
            guard try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL") == "wal" else {
                throw QueueError.io(path: files.database, detail: "its file system allows no write-ahead log")
            }
            try db.execute(sql: "BEGIN IMMEDIATE; COMMIT")
        }
        guard let log = FileIdentity(path: files.log), !log.descriptors().isEmpty else {
            throw QueueError.replaced(path: files.log)
        }
        return (queue, HeldFiles(files, database: database, log: log, lock: lock, by: descriptor))
    }

    /// Makes sure that what is written goes where whoever opens the database next will find it.
    ///
    /// - Throws: ``QueueError/replaced(path:)`` for a file that was removed, or that another one has taken the place of.
    func check() throws(QueueError) {
        for (path, held) in [(files.database, database), (files.log, log), (files.lock, lock)]
        where FileIdentity(path: path) != held {
            throw .replaced(path: path)
        }
    }

    /// Gives the lock up, before SQLite closes the file; once is enough, more does no harm.
    func unlock() {
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
