import GRDB
import GRDBSQLite
import Glibc
import Synchronization

/// Follows the write-ahead log, runs a checkpoint when it has grown, and notices when SQLite restarts it.
///
/// Once it has restarted, the file itself has everything from before: a copy of the file that has less is an older one,
/// whatever log is beside it (sqlite.org/c3ref/wal_hook.html).
final class LogCheckpoints: Sendable {
    /// A checkpoint stops every commit for two syncs and a thousand writes. Fewer and larger checkpoints write a page
    /// once that many commits have changed; after a crash, 32 MB are read back in an instant.
    private static let pages = 8000
    /// SQLite's default, in bytes; with other page sizes checkpoints only come earlier or later.
    private static let pageSize = 4096

    /// How many pages the log may have before a checkpoint, given the free bytes on the disk: it must not take the
    /// space that the checkpoint needs, nor stop a run on a disk with less space than the log usually takes.
    static func maxPages(free: Int) -> Int {
        min(pages, free / 2 / pageSize)
    }

    /// How many pages the log grows by before a failed checkpoint is tried again, if there is space for them: each
    /// attempt writes thousands of pages before it fails. The same as SQLite's own interval.
    private static let pagesBetweenTries = 1000

    private struct State {
        var pagesInLog: Int32 = 0
        var hasBegunAnew = false
        /// How many pages the log had when a checkpoint failed.
        var pagesAtFailure: Int?
    }

    /// The result of trying a checkpoint.
    enum Outcome {
        /// The log was too short, or there was no space.
        case notYet
        /// As much of the log is in the file as readers allow.
        case done
        /// It failed, and the file may have part of the log.
        case brokeOff
    }

    private let state = Mutex(State())

    /// Replaces SQLite's automatic checkpoints on a connection, which must not outlive this object.
    func begin(on db: Database) {
        sqlite3_wal_hook(
            db.sqliteConnection,
            { context, _, _, pages in
                guard let context else { return SQLITE_OK }
                Unmanaged<LogCheckpoints>.fromOpaque(context).takeUnretainedValue().note(pages)
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// How many pages the log had after the last commit.
    var pagesInLog: Int { state.withLock { Int($0.pagesInLog) } }

    /// Runs a checkpoint when the log is long enough. Not within a commit: content that another program has written to
    /// the file must be noticed before a checkpoint makes it look like ours.
    ///
    /// On a failing disk it stops midway and leaves the file half updated. Nothing is lost and no commit fails: the log
    /// has everything, and a later attempt writes all of it again.
    func run(on db: Database) -> Outcome {
        guard let path = sqlite3_db_filename(db.sqliteConnection, "main").map({ String(cString: $0) }) else {
            return .notYet
        }
        let free = Self.free(on: path)
        let maxPages = free.map(Self.maxPages) ?? Self.pages
        let (pages, failedAt) = state.withLock { (Int($0.pagesInLog), $0.pagesAtFailure) }
        let wait = failedAt.map { $0 + min(maxPages, Self.pagesBetweenTries) } ?? 0
        guard pages >= max(maxPages, wait), Self.growth(db, of: path) <= free ?? .max else { return .notYet }
        let code = sqlite3_wal_checkpoint_v2(db.sqliteConnection, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
        let isSound = code == SQLITE_OK || code == SQLITE_BUSY
        state.withLock { $0.pagesAtFailure = isSound ? nil : pages }
        return isSound ? .done : .brokeOff
    }

    /// By how many bytes a checkpoint would enlarge the file. On a disk with less space, the log may use what there is:
    /// a checkpoint would use it up and still fail.
    private static func growth(_ db: Database, of path: String) -> Int {
        guard let pages = try? Int.fetchOne(db, sql: "PRAGMA page_count"),
            let size = try? Int.fetchOne(db, sql: "PRAGMA page_size")
        else { return 0 }
        return max(0, pages * size - (DatabaseFile.size(of: path) ?? 0))
    }

    /// The free bytes on the disk; nil when they cannot be determined.
    private static func free(on path: String) -> Int? {
        var disk = statvfs()
        guard statvfs(path, &disk) == 0 else { return nil }
        return Int(disk.f_bavail) * Int(disk.f_frsize)
    }

    /// Whether the last commit restarted the log; true only once.
    func hasBegunAnew() -> Bool {
        state.withLock { state in
            defer { state.hasBegunAnew = false }
            return state.hasBegunAnew
        }
    }

    private func note(_ pages: Int32) {
        state.withLock { state in
            if pages < state.pagesInLog {
                state.hasBegunAnew = true
                state.pagesAtFailure = nil
            }
            state.pagesInLog = pages
        }
    }
}
