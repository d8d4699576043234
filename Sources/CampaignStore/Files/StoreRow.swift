import CampaignCore
import Foundation
import GRDB
import GRDBSQLite

/// What a database says about itself.
struct StoreRow {
    /// The `uuid`, which copies share.
    var name: String
    /// Number of transactions so far.
    var commits: Int
    /// The path under which it was last opened for writing; nil means never.
    var path: String?

    /// The current row; nil in a database that has lost it.
    static func find(_ db: Database) throws -> StoreRow? {
        try Row.fetchOne(db, sql: sql).map { row in
            StoreRow(
                name: try row.decode(atIndex: 0), commits: try row.decode(atIndex: 1), path: try row.decode(atIndex: 2))
        }
    }

    /// The current row, which every sound database has.
    static func require(_ db: Database) throws -> StoreRow {
        guard let row = try find(db) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "its table store has no row")
        }
        return row
    }

    private init(name: String, commits: Int, path: String?) {
        (self.name, self.commits, self.path) = (name, commits, path)
    }

    /// What the file alone says, without its log.
    enum InFile {
        /// It cannot be opened or read.
        case unreadable
        /// It has no such row, or none that can be found without its log.
        case none
        /// The row, and the number of its page.
        case row(StoreRow, page: Int)
    }

    /// The row in the file at `path`, without its log; nil when there is none yet, or none that can be read.
    init?(ofFileAlone path: String) {
        guard DatabaseFile.otherKind(of: path) == nil else { return nil }
        guard case .row(let row, _) = Self.inFile(at: path) else { return nil }
        self = row
    }

    /// What the file at `path` says without its log: SQLite would write a log into the file that may not belong to it.
    ///
    /// A checkpoint that was cut off, by a kill or a full disk, leaves a file with some pages of a later state and
    /// some of an earlier one, possibly shorter than its header says. It is sound together with its log, and what it
    /// says here was true at some time.
    static func inFile(at path: String) -> InFile {
        guard let uri = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) else { return .unreadable }
        var connection: OpaquePointer?
        defer { sqlite3_close(connection) }
        let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
        guard sqlite3_open_v2("file:\(uri)?immutable=1", &connection, flags, nil) == SQLITE_OK else {
            return .unreadable
        }
        // SQLite refuses a file that is shorter than its header says, unless it is opened for repair.
        guard sqlite3_exec(connection, "PRAGMA writable_schema = 1", nil, nil, nil) == SQLITE_OK else {
            return .unreadable
        }
        var statement: OpaquePointer?
        defer { sqlite3_finalize(statement) }
        let sql = """
            SELECT uuid, commits, path, (SELECT rootpage FROM sqlite_schema WHERE name = 'store') FROM store
            """
        guard sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK,
            sqlite3_step(statement) == SQLITE_ROW, let name = sqlite3_column_text(statement, 0)
        else { return refusals.contains(sqlite3_errcode(connection) & 0xFF) ? .unreadable : .none }
        let row = StoreRow(
            name: String(cString: name), commits: Int(sqlite3_column_int64(statement, 1)),
            path: sqlite3_column_text(statement, 2).map { String(cString: $0) })
        return .row(row, page: Int(sqlite3_column_int64(statement, 3)))
    }

    /// Errors that say nothing about the content.
    private static let refusals = [SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_NOMEM, SQLITE_PERM, SQLITE_FULL]

    private static let sql = "SELECT uuid, commits, path FROM store"

    /// Refuses a file that was last written, or is being written, under another name: its log is there.
    func checkPath(_ files: DatabaseFiles) throws(StoreError) {
        guard let path, path != files.database, let other = FileIdentity(path: path),
            other == FileIdentity(path: files.database)
        else { return }
        let (here, there) = (URL(fileURLWithPath: files.database), URL(fileURLWithPath: path))
        // A folder that can be reached by two paths has the same logs and locks in both.
        let isSameFolder =
            FileIdentity(path: here.deletingLastPathComponent().path)
            == FileIdentity(path: there.deletingLastPathComponent().path)
        guard !isSameFolder || here.lastPathComponent != there.lastPathComponent else { return }
        if let holder = WriterLock.holder(ofDatabase: path) {
            throw .held(
                path: files.database, holder: holder.phrase + Phrase(", as \(path)", ", como \(path)"),
                stop: holder.stop(database: path))
        }
        throw .otherName(path: files.database, name: path)
    }

    /// Why the database may not be the newest that was written under its path; nil when it certainly is.
    func doubt(_ mark: TideMark.Reading?, _ files: DatabaseFiles) -> StoreError? {
        // A user with read permission only cannot see the mark, and dials nobody.
        guard let mark else { return TideMark.isHidden(files.tide) ? nil : doubtWithoutMark(files) }
        guard mark.store == name else { return .otherDatabase(path: files.database, place: files.database) }
        guard commits >= mark.commits else {
            return .outdated(path: files.database, place: files.database, commits: commits, wanted: mark.commits)
        }
        // Under another path it has another log: unless this mark came with it from there, it is not known how far that
        // log went.
        guard let path, path != files.database, mark.place != TideMark.name(ofPath: path) else { return nil }
        return .writtenElsewhere(path: files.database, name: path)
    }

    /// A copy that was made at another place has no mark, and is as good as any.
    private func doubtWithoutMark(_ files: DatabaseFiles) -> StoreError? {
        guard commits > 0, let path else { return nil }
        guard path != files.database else { return .unmarked(path: files.database) }
        // A database that was moved without its companion files has left its mark behind.
        guard FileIdentity(path: path) == nil, let left = TideMark.read(path + "-tide"), left.store == name,
            commits < left.commits
        else { return nil }
        return .writtenElsewhere(path: files.database, name: path)
    }
}
