import GRDB
import GRDBSQLite
import Synchronization

/// Brings the write-ahead log into the file when it has grown, and notices when SQLite begins it anew.
///
/// From then on the file itself has all that came before: a copy of it that has less is an older one, whatever log lies
/// beside it (sqlite.org/c3ref/wal_hook.html).
final class LogCheckpoints: Sendable {
    /// A checkpoint stops every commit for two syncs and a thousand writes. Fewer and larger ones write a page once that
    /// many commits have changed; 32 MB is read in again within a blink after a crash.
    private static let pages: Int32 = 8000

    private struct State {
        var pagesInLog: Int32 = 0
        var hasBegunAnew = false
    }

    private let state = Mutex(State())

    /// Takes the place of SQLite's own automatic checkpoints on a connection, which must not outlive this object.
    func begin(on db: Database) {
        sqlite3_wal_hook(
            db.sqliteConnection,
            { context, connection, _, pages in
                guard let context else { return SQLITE_OK }
                Unmanaged<LogCheckpoints>.fromOpaque(context).takeUnretainedValue().note(pages)
                guard pages >= LogCheckpoints.pages else { return SQLITE_OK }
                // Whatever keeps it from being done, the next commit tries again.
                sqlite3_wal_checkpoint_v2(connection, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
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
            if pages < state.pagesInLog { state.hasBegunAnew = true }
            state.pagesInLog = pages
        }
    }
}
