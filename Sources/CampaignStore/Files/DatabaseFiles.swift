import Foundation
import Glibc

/// A database and the files that lie beside it, by the path where the database really is.
///
/// SQLite follows symbolic links to the database and keeps its log beside the file itself; so does everything else that
/// belongs to it. Otherwise one database would have two locks.
package struct DatabaseFiles: Hashable, Sendable {
    /// The database, with every symbolic link followed.
    package let database: String

    /// What may lie beside a database, by the ends of the names.
    package static let suffixes = ["-wal", "-shm", "-journal", "-lock", "-spool", "-socket", "-tide"]

    private static let maxLinks = 40

    /// The files of the database that is named `path`, whether or not it is there already.
    package init(path: String) {
        var path = path
        for _ in 0..<Self.maxLinks {
            if let real = Self.real(path) {
                database = real
                return
            }
            // A link to a file that is not there yet, or no file at all: the folder is what can be followed.
            guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else { break }
            path = URL(fileURLWithPath: target, relativeTo: Self.folder(of: path)).path
        }
        let folder = Self.real(Self.folder(of: path).path)
        database = folder.map { $0 + ($0 == "/" ? "" : "/") + URL(fileURLWithPath: path).lastPathComponent } ?? path
    }

    /// SQLite's write-ahead log.
    package var log: String { database + "-wal" }
    /// SQLite's index of that log, which the processes share.
    package var index: String { database + "-shm" }
    /// Names the process that writes, and is locked by it.
    package var lock: String { database + "-lock" }
    /// Results that the database could not take.
    package var spool: String { database + "-spool" }
    /// Where the process that writes takes requests.
    package var socket: String { database + "-socket" }
    /// How far the database had come.
    package var tide: String { database + "-tide" }

    private static func folder(of path: String) -> URL {
        URL(fileURLWithPath: path).deletingLastPathComponent()
    }

    private static func real(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }
}
