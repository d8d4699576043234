import GRDB
import GRDBSQLite
import Glibc
import Synchronization

/// Follows the write-ahead log, brings it into the file when it has grown, and notices when SQLite begins it anew.
///
/// From then on the file itself has all that came before: a copy of it that has less is an older one, whatever log lies
/// beside it (sqlite.org/c3ref/wal_hook.html).
final class LogCheckpoints: Sendable {
    /// A checkpoint stops every commit for two syncs and a thousand writes. Fewer and larger ones write a page once that
    /// many commits have changed; 32 MB is read in again within a blink after a crash.
    private static let pages = 8000
    /// SQLite's own, in bytes; of a database with other pages the log is only brought in earlier or later.
    private static let pageSize = 4096

    /// How many pages the log may have before it is brought into the file, where the disk has so many bytes left: it must
    /// not take the room that this needs, nor stop a run on a disk that has less than the usual log takes.
    static func maxPages(free: Int) -> Int {
        min(pages, free / 2 / pageSize)
    }

    /// How many pages the log grows by until a checkpoint that failed is tried again, where there is room for them: each
    /// try writes thousands of pages before it finds out. As many as SQLite itself waits for.
    private static let pagesBetweenTries = 1000

    private struct State {
        var pagesInLog: Int32 = 0
        var hasBegunAnew = false
        /// How many the log had when a checkpoint failed.
        var pagesAtFailure: Int?
    }

    /// The result of trying to bring the log into the file.
    enum Outcome {
        /// There was not enough of it, or no room for it.
        case notYet
        /// As much of it is in the file as readers allow.
        case done
        /// It failed, and the file may have some of it.
        case brokeOff
    }

    private let state = Mutex(State())

    /// Takes the place of SQLite's own automatic checkpoints on a connection, which must not outlive this object.
    func begin(on db: Database) {
        sqlite3_wal_hook(
            db.sqliteConnection,
            { context, _, _, pages in
                guard let context else { return SQLITE_OK }
                Unmanaged<LogCheckpoints>.fromOpaque(context).takeUnretainedValue().note(pages)
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// How many pages the log has since the last commit.
    var pagesInLog: Int { state.withLock { Int($0.pagesInLog) } }

    /// Brings the log into the file, when there is enough of it. Not within a commit: what another program has written
    /// into the file must be noticed before this makes it look like ours.
    ///
    /// On a failing disk it breaks off and leaves the file half brought up to date. Nothing is lost by that and no commit
    /// fails: the log has all of it, and a later try writes all of it again.
    ///
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

    /// By how many bytes the file grows when the log is brought into it. On a disk that has fewer, the log alone may use
    /// what there is: a checkpoint would use it up and still break off.
    private static func growth(_ db: Database, of path: String) -> Int {
        guard let pages = try? Int.fetchOne(db, sql: "PRAGMA page_count"),
            let size = try? Int.fetchOne(db, sql: "PRAGMA page_size")
        else { return 0 }
        return max(0, pages * size - (DatabaseFile.size(of: path) ?? 0))
    }

    /// The bytes that the disk has left; nil when it does not tell.
    private static func free(on path: String) -> Int? {
        var disk = statvfs()
        guard statvfs(path, &disk) == 0 else { return nil }
        return Int(disk.f_bavail) * Int(disk.f_frsize)
    }

    /// Whether the last commit began the log anew; asked once.
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
