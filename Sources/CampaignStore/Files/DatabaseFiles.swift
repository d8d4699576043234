import Foundation
import Glibc

/// A database and the files beside it, at the path where the database really is.
///
/// SQLite follows symbolic links to the database and keeps its log beside the real file. Our own files do the same;
/// otherwise one database could have two locks.
package struct DatabaseFiles: Hashable, Sendable {
    /// The database, with all symbolic links followed.
    package let database: String

    /// The suffixes of the files that may exist beside a database.
    package static let suffixes = ["-wal", "-shm", "-journal", "-lock", "-spool", "-socket", "-tide"]

    private static let maxLinks = 40

    /// The files of the database at `path`, whether or not it exists.
    package init(path: String) {
        var path = path
        for _ in 0..<Self.maxLinks {
            if let real = Self.real(path) {
                database = real
                return
            }
            // The path is a link to a missing file, or does not exist at all: follow the links of its folder.
            guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else { break }
            path = URL(fileURLWithPath: target, relativeTo: Self.folder(of: path)).path
        }
        let folder = Self.real(Self.folder(of: path).path)
        database = folder.map { $0 + ($0 == "/" ? "" : "/") + URL(fileURLWithPath: path).lastPathComponent } ?? path
    }

    /// SQLite's write-ahead log.
    package var log: String { database + "-wal" }
    /// SQLite's index of that log, in memory shared between processes.
    package var index: String { database + "-shm" }
    /// Names the writing process, which holds a lock on it.
    package var lock: String { database + "-lock" }
    /// Results that the database could not accept.
    package var spool: String { database + "-spool" }
    /// Where the writing process accepts requests.
    package var socket: String { database + "-socket" }
    /// The number of the database's last commit.
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
    /// How SQLite's log, journal and database files begin (sqlite.org/fileformat2.html, sections 1.3, 3 and 4.1).
    private static let beginnings: [[UInt8]] = [
        Array("SQLite format 3\0".utf8), [0x37, 0x7F, 0x06, 0x82], [0x37, 0x7F, 0x06, 0x83],
        [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7],
    ]
    /// Files beside a database whose suffix is followed by more: copies left by a run, by `restore` or by an upgrade, and
    /// lists being imported.
    private static let numbered = ["-rescued-", "-replaced-", "-before-", "-list-"]

    /// The files beside this database whose suffix is followed by more, in the order of their names.
    package var numberedFiles: [String] {
        let folder = URL(fileURLWithPath: database).deletingLastPathComponent().path
        let name = URL(fileURLWithPath: database).lastPathComponent
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { file in Self.numbered.contains { file.hasPrefix(name + $0) } }.sorted()
            .map { folder + (folder == "/" ? "" : "/") + $0 }
    }

    /// Whether a regular file is an SQLite database, from any program, or the log or journal of one.
    package static func isPartOfDatabase(_ path: String) -> Bool {
        // Through SQLite: this process may have the file open.
        guard let file = SQLiteFile(path, .database) else { return false }
        let bytes = file.read(16, at: 0)
        return beginnings.contains { bytes.starts(with: $0) }
    }

    /// The database that a file belongs to by its name, as `a.db-wal` belongs to `a.db`; nil when there is none.
    ///
    /// The remains of a lost database count too.
    package static func database(beside path: String) -> String? {
        names(before: path).first { name in
            isFile(name) || suffixes.contains { name + $0 != path && isFilled(name + $0) }
        }
    }

    /// A file beside this one that would belong to it if it were a database; nil when there is none.
    package static func companion(of path: String) -> String? {
        suffixes.map { path + $0 }.first(where: isFilled)
    }

    /// The possible names of the database: the name without any of the suffixes that it ends with.
    private static func names(before path: String) -> [String] {
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
        let name = path[folder.endIndex...]
        // Some file systems are not case-sensitive.
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
