import CampaignCore
import Foundation
import Glibc

/// The file of a database as it lies on disk: what SQLite would not notice, or would clear away when it opens it.
struct DatabaseFile {
    /// The first bytes of every SQLite database (sqlite.org/fileformat2.html, section 1.3).
    private static let magic = Array("SQLite format 3\0".utf8)
    private static let headerLength = 100
    private static let smallestPage = 512

    let path: String

    /// Refuses a file that SQLite must not even open.
    func checkHeader() throws(StoreError) {
        guard !Self.isFolder(path) else { throw .notOurs(path: path, detail: "it is a folder") }
        let size = Self.size(of: path) ?? 0
        guard size > 0 else {
            // SQLite takes such a file for a new one and deletes the log, which has the latest calls.
            guard (Self.size(of: path + "-wal") ?? 0) == 0 else {
                throw .corrupt(path: path, detail: "it is missing or empty, and its write-ahead log is not")
            }
            return
        }
        guard let file = SQLiteFile(path, .database) else { throw .io(path: path, detail: "it cannot be opened") }
        // SQLite takes a file of one byte for an empty one.
        let header = size > 1 ? file.read(Self.headerLength, at: 0) : []
        guard !header.isEmpty else { throw .corrupt(path: path, detail: "it was cut short to \(size) bytes") }
        guard header.starts(with: Self.magic) else {
            guard header.contains(where: { $0 != 0 }) else {
                throw .corrupt(path: path, detail: "it begins with zeros")
            }
            guard Array(header.dropFirst(68).prefix(4)) != Schema.applicationIDBytes else {
                throw .corrupt(path: path, detail: "its header was overwritten")
            }
            throw .notOurs(path: path, detail: "it is not an SQLite database")
        }
        guard size >= Self.smallestPage else { throw .corrupt(path: path, detail: "it was cut short to \(size) bytes") }
    }

    /// How many of the database's first `pages` pages are neither in the file nor in its write-ahead log.
    ///
    /// SQLite itself sees that a file was cut short only while there is no log, and not in its last page. To be asked within a read transaction,
    /// so that no page leaves the log before it is in the file.
    func missingPages(of pages: Int, pageSize: Int) -> Int {
        guard (Self.size(of: path) ?? 0) / pageSize < pages else { return 0 }
        let logged = WriteAheadLog(ofDatabase: path)?.pages() ?? []
        // Asked again: a page may have come into the file meanwhile.
        let inFile = (Self.size(of: path) ?? 0) / pageSize
        guard inFile < pages else { return 0 }
        return ((inFile + 1)...pages).count { !logged.contains(UInt32($0)) }
    }

    /// Whether it has fewer pages than its header says. Only together with the log it is whole then: a checkpoint writes the
    /// first page first, and broke off, by a kill or on a full disk, before it had written the last.
    var isShorterThanItSays: Bool {
        guard let header = header() else { return false }
        return (Self.size(of: path) ?? 0) < header.pages * header.pageSize
    }

    /// Whether its first page is also in its log: it is the file that a checkpoint of this log is bringing up to
    /// date, or broke off doing so.
    var beginsAsInLog: Bool {
        guard let header = header(), let page = SQLiteFile(path, .database)?.padded(header.pageSize, at: 0) else {
            return false
        }
        return WriteAheadLog(ofDatabase: path)?.has(page, ofPage: 1) == true
    }

    private func header() -> [UInt8]? {
        let header = SQLiteFile(path, .database)?.padded(Self.headerLength, at: 0)
        return header?.starts(with: Self.magic) == true ? header : nil
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    static func size(of path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }
}

extension [UInt8] {
    /// The pages of a database, by its header (sqlite.org/fileformat2.html, section 1.3).
    var pages: Int { self[28..<32].reduce(0) { $0 << 8 | Int($1) } }

    /// The size of a page, by the header of a database; 1 stands for 65 536.
    fileprivate var pageSize: Int {
        let size = Int(self[16]) << 8 | Int(self[17])
        return size == 1 ? 65_536 : size
    }
}
