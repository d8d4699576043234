import CampaignCore
import GRDB
import Glibc

extension StoreError {
    /// What an error of SQLite means to a user of the database at `path`. The one place where codes are read.
    init(_ error: any Error, path: String) {
        if let ours = error as? StoreError {
            self = ours
            return
        }
        if error is RowDecodingError {
            // The schema keeps such a value out: its page is damaged.
            self = .corrupt(path: path, detail: "a value is missing or has the wrong type")
            return
        }
        guard let sqlite = error as? DatabaseError else {
            self = .unexpected(path: path, detail: "\(error)")
            return
        }
        let detail = sqlite.message ?? "SQLite code \(sqlite.extendedResultCode.rawValue)"
        // Enlarging the WAL's index is where a full disk shows first when a database is opened.
        if sqlite.extendedResultCode == .SQLITE_IOERR_SHMSIZE {
            self = .diskFull(path: path)
            return
        }
        switch sqlite.resultCode {
        case .SQLITE_FULL:
            self = .diskFull(path: path)
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self = .locked(path: path)
        case .SQLITE_CORRUPT:
            self = .corrupt(path: path, detail: detail)
        case .SQLITE_NOTADB:
            self = .notOurs(path: path, detail: detail)
        case .SQLITE_CANTOPEN where lacksFiles():
            self = .tooManyFiles(path: path)
        case .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
            self = .io(path: path, detail: detail)
        default:
            self = .unexpected(path: path, detail: detail)
        }
    }
}

/// Whether no file can be opened at present, whichever. SQLite does not tell why it could not open one.
private func lacksFiles() -> Bool {
    let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
    guard descriptor < 0 else {
        close(descriptor)
        return false
    }
    return errno == EMFILE || errno == ENFILE
}

/// Runs `body` and turns whatever it throws into a ``StoreError``.
func translatingErrors<T>(path: String, _ body: () throws -> T) throws(StoreError) -> T {
    do {
        return try body()
    } catch {
        throw StoreError(error, path: path)
    }
}
