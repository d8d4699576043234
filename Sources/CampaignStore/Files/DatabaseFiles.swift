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

extension DatabaseFiles {
    /// How the log, the journal and the database of SQLite begin (sqlite.org/fileformat2.html, sections 1.3, 3 and 4.1).
    private static let beginnings: [[UInt8]] = [
        Array("SQLite format 3\0".utf8), [0x37, 0x7F, 0x06, 0x82], [0x37, 0x7F, 0x06, 0x83],
        [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7],
    ]
    /// What comes to lie beside a database with something more behind it: copies that a run or `restore` has left, and lists
    /// that are being imported.
    private static let numbered = ["-rescued-", "-replaced-", "-list-"]

    /// Whether a regular file is an SQLite database, whichever program made it, or the log or the journal of one.
    package static func isPartOfDatabase(_ path: String) -> Bool {
        // Through SQLite: it may be a file that this process has open.
        guard let file = SQLiteFile(path, .database) else { return false }
        let bytes = file.read(16, at: 0)
        return beginnings.contains { bytes.starts(with: $0) }
    }

    /// The database that a file belongs to by its name, as `a.db-wal` does to `a.db`; nil where there is none.
    ///
    /// What is left of a lost database counts too.
    package static func database(beside path: String) -> String? {
        names(before: path).first { name in
            isFile(name) || suffixes.contains { name + $0 != path && isFilled(name + $0) }
        }
    }

    /// What lies beside a file as it would beside a database; nil when nothing does.
    package static func companion(of path: String) -> String? {
        suffixes.map { path + $0 }.first(where: isFilled)
    }

    /// What may be left when the end by which a name belongs to a database is taken off.
    private static func names(before path: String) -> [String] {
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
        let name = path[folder.endIndex...]
        // Some file systems tell no case from the other.
        let folded = name.lowercased()
        let cut = suffixes.filter(folded.hasSuffix).map { name.dropLast($0.count) }
        let numbered = numbered.compactMap { folded.range(of: $0) }.map {
            name.prefix(folded.distance(from: folded.startIndex, to: $0.lowerBound))
        }
        return (cut + numbered).filter { !$0.isEmpty }.map { String(folder + $0) }
    }

    private static func isFile(_ path: String) -> Bool {
        status(path).map { $0.st_mode & S_IFMT == S_IFREG } ?? false
    }

    private static func isFilled(_ path: String) -> Bool {
        status(path).map { $0.st_mode & S_IFMT == S_IFREG && $0.st_size > 0 } ?? false
    }

    private static func status(_ path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }
}
