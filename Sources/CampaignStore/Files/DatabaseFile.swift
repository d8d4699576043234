import CampaignCore
import Foundation
import Glibc

/// The database file on disk, with the checks that SQLite does not make, or that must come before SQLite destroys the
/// evidence by opening it.
struct DatabaseFile {
    /// The first bytes of every SQLite database (sqlite.org/fileformat2.html, section 1.3).
    private static let magic = Array("SQLite format 3\0".utf8)
    private static let headerLength = 100
    private static let smallestPage = 512

    let path: String

    /// Refuses a file that SQLite must not even open.
    func checkHeader() throws(StoreError) {
        try checkKind()
        let size = Self.size(of: path) ?? 0
        guard size > 0 else {
            // SQLite takes such a file for a new database and deletes the log, which has the latest calls.
            guard (Self.size(of: path + "-wal") ?? 0) == 0 else {
                throw .corrupt(
                    path: path,
                    detail: Phrase(
                        "it is missing or empty, and its write-ahead log is not",
                        "não está lá ou está vazio, e o write-ahead log dele não"))
            }
            return
        }
        guard let file = SQLiteFile(path, .database) else {
            throw .io(path: path, detail: Phrase("it cannot be opened", "não pode ser aberto"))
        }
        // SQLite takes a file of one byte for an empty one.
        let header = size > 1 ? file.read(Self.headerLength, at: 0) : []
        guard !header.isEmpty else { throw cut(to: size) }
        guard header.starts(with: Self.magic) else {
            guard header.contains(where: { $0 != 0 }) else {
                throw .corrupt(path: path, detail: Phrase("it begins with zeros", "começa com zeros"))
            }
            guard Array(header.dropFirst(68).prefix(4)) != Schema.applicationIDBytes else {
                throw .corrupt(
                    path: path, detail: Phrase("its header was overwritten", "o cabeçalho dele foi sobrescrito"))
            }
            throw .notOurs(path: path, detail: Phrase("it is not an SQLite database", "não é um banco de dados SQLite"))
        }
        guard size >= Self.smallestPage else { throw cut(to: size) }
    }

    /// Refuses what is no file, before anything opens it.
    func checkKind() throws(StoreError) {
        if let kind = Self.otherKind(of: path) { throw .notOurs(path: path, detail: kind) }
    }

    private func cut(to size: Int) -> StoreError {
        .corrupt(
            path: path, detail: Phrase("it was cut short to \(size) bytes", "foi cortado e tem só \(size) bytes"))
    }

    /// How many of the database's first `pages` pages are neither in the file nor in its write-ahead log.
    ///
    /// SQLite itself notices a truncated file only while there is no log, and not if only the last page is cut. Call
    /// this within a read transaction, so that no page leaves the log before it is in the file.
    func missingPages(of pages: Int, pageSize: Int) -> Int {
        guard (Self.size(of: path) ?? 0) / pageSize < pages else { return 0 }
        let logged = WriteAheadLog(ofDatabase: path)?.pages() ?? []
        // Checked again: a page may have reached the file in the meantime.
        let inFile = (Self.size(of: path) ?? 0) / pageSize
        guard inFile < pages else { return 0 }
        return ((inFile + 1)...pages).count { !logged.contains(UInt32($0)) }
    }

    /// Whether the file has fewer pages than its header says. It is then complete only together with its log: a
    /// checkpoint writes the first page first, and was cut off, by a kill or a full disk, before it had written the
    /// last.
    var isShorterThanItSays: Bool {
        guard let header = header() else { return false }
        return (Self.size(of: path) ?? 0) < header.pages * header.pageSize
    }

    /// Whether its first page is also in its log: a checkpoint of this log is bringing the file up to date, or was cut
    /// off doing so.
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

    /// What is there instead of a file. Opening a named pipe would wait for somebody to write to it.
    static func otherKind(of path: String) -> Phrase? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return switch status.st_mode & S_IFMT {
        case S_IFREG: nil
        case S_IFDIR: Phrase("it is a folder", "é uma pasta")
        default: Phrase("it is not a file", "não é um arquivo")
        }
    }

    static func size(of path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }
}

extension [UInt8] {
    /// The number of pages according to a database's header (sqlite.org/fileformat2.html, section 1.3).
    var pages: Int { self[28..<32].reduce(0) { $0 << 8 | Int($1) } }

    /// The page size according to a database's header; 1 stands for 65,536.
    fileprivate var pageSize: Int {
        let size = Int(self[16]) << 8 | Int(self[17])
        return size == 1 ? 65_536 : size
    }
}
