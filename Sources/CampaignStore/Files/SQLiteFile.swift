import Foundation
import GRDBSQLite

/// A database file, read through SQLite's own file layer (sqlite.org/c3ref/vfs.html).
///
/// Closing any descriptor of a file drops every lock that the process has on it (fcntl(2)), including SQLite's.
/// SQLite's layer knows which of its files are locked and delays closing them; so database files are never opened in
/// any other way.
final class SQLiteFile {
    /// What kind of file it is to SQLite.
    enum Kind {
        case database
        case log

        fileprivate var flag: Int32 {
            switch self {
            case .database: SQLITE_OPEN_MAIN_DB
            case .log: SQLITE_OPEN_WAL
            }
        }
    }

    /// SQLITE_IOERR_SHORT_READ: the file ends earlier.
    private static let shortRead = SQLITE_IOERR | 2 << 8

    private typealias File = UnsafeMutablePointer<sqlite3_file>

    private let file: File
    private let name: sqlite3_filename?

    /// Opens a file for reading; nil when that is not possible.
    init?(_ path: String, _ kind: Kind) {
        guard let vfs = sqlite3_vfs_find(nil), let open = vfs.pointee.xOpen else { return nil }
        // SQLite's own form of a file name, which is followed by zero bytes.
        let name = sqlite3_create_filename(path, "", "", 0, nil)
        let room = UnsafeMutableRawPointer.allocate(byteCount: Int(vfs.pointee.szOsFile), alignment: 16)
        room.initializeMemory(as: UInt8.self, repeating: 0, count: Int(vfs.pointee.szOsFile))
        let file = room.assumingMemoryBound(to: sqlite3_file.self)
        guard open(vfs, name, file, kind.flag | SQLITE_OPEN_READONLY, nil) == SQLITE_OK else {
            Self.end(file, name)
            return nil
        }
        self.file = file
        self.name = name
    }

    deinit {
        Self.end(file, name)
    }

    /// Its length in bytes.
    var size: Int {
        var size: sqlite3_int64 = 0
        guard file.pointee.pMethods?.pointee.xFileSize?(file, &size) == SQLITE_OK else { return 0 }
        return Int(size)
    }

    /// The bytes from `offset` on; fewer than `count` at the end of the file.
    func read(_ count: Int, at offset: Int) -> [UInt8] {
        let count = min(count, max(0, size - offset))
        var bytes = [UInt8](repeating: 0, count: count)
        let code = bytes.withUnsafeMutableBytes {
            file.pointee.pMethods?.pointee.xRead?(file, $0.baseAddress, Int32(count), sqlite3_int64(offset))
        }
        return code == SQLITE_OK ? bytes : []
    }

    /// Exactly `count` bytes from `offset` on, with zeros after the end of the file; nil when they cannot be read.
    func padded(_ count: Int, at offset: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        let code = bytes.withUnsafeMutableBytes {
            file.pointee.pMethods?.pointee.xRead?(file, $0.baseAddress, Int32(count), sqlite3_int64(offset))
        }
        return code == SQLITE_OK || code == Self.shortRead ? bytes : nil
    }

    /// A file that could not be opened may still have methods, and must be closed if it does.
    private static func end(_ file: File, _ name: sqlite3_filename?) {
        _ = file.pointee.pMethods?.pointee.xClose?(file)
        sqlite3_free_filename(name)
        UnsafeMutableRawPointer(file).deallocate()
    }
}
