import CampaignCore
import GRDB
import Glibc

extension StoreError {
    /// What an SQLite error means to a user of the database at `path`. The only place that reads error codes.
    init(_ error: any Error, path: String) {
        if let ours = error as? StoreError {
            self = ours
            return
        }
        if error is RowDecodingError {
            // The schema does not allow such a value: its page is damaged.
            self = .corrupt(
                path: path,
                detail: Phrase("a value is missing or has the wrong type", "falta um valor, ou ele é do tipo errado"))
            return
        }
        guard let sqlite = error as? DatabaseError else {
            self = .unexpected(path: path, detail: "\(error)")
            return
        }
        let detail = sqlite.message ?? "SQLite code \(sqlite.extendedResultCode.rawValue)"
        // A full disk first shows up when SQLite enlarges the WAL's index on opening a database.
        if sqlite.extendedResultCode == .SQLITE_IOERR_SHMSIZE {
            self = .diskFull(path: path)
            return
        }
        switch sqlite.resultCode {
        case .SQLITE_FULL:
            self = .diskFull(path: SortingSpace.fullFolder(besides: path) ?? path)
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

/// Where SQLite sorts what does not fit into memory; when there is no room, it does not say where.
private enum SortingSpace {
    /// A disk with less room than this may have been full a moment ago.
    private static let little: UInt64 = 16 << 20

    /// The folder for it, if that is full, and the database's is not.
    static func fullFolder(besides path: String) -> String? {
        guard let folder, let free = room(in: folder), let beside = room(in: path) else { return nil }
        return free < little && beside >= little ? folder : nil
    }

    /// SQLite's own order (os_unix.c, `unixTempFileDir`).
    private static var folder: String? {
        let named: [String] = ["SQLITE_TMPDIR", "TMPDIR"].compactMap { (name: String) in
            getenv(name).map { String(cString: $0) }
        }
        return (named + ["/var/tmp", "/usr/tmp", "/tmp", "."]).first { access($0, W_OK | X_OK) == 0 }
    }

    private static func room(in path: String) -> UInt64? {
        var disk = statvfs()
        return statvfs(path, &disk) == 0 ? UInt64(disk.f_bavail) * UInt64(disk.f_frsize) : nil
    }
}

/// Whether no file at all can be opened at present. SQLite does not say why it could not open one.
private func lacksFiles() -> Bool {
    let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
    guard descriptor < 0 else {
        close(descriptor)
        return false
    }
    return errno == EMFILE || errno == ENFILE
}

/// Runs `body` and converts its errors to ``StoreError``.
func translatingErrors<T>(path: String, _ body: () throws -> T) throws(StoreError) -> T {
    do {
        return try body()
    } catch {
        throw StoreError(error, path: path)
    }
}
