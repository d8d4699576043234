import CampaignCore
import Foundation
import GRDB

/// What is looked at whenever a database is opened, to read or to write: it costs next to nothing and finds what would
/// otherwise be met in the middle of a run. Nothing is written.
enum DatabaseChecks {
    /// Opens a database without any right to write, once it has passed.
    ///
    /// - Returns: nil when there is no file.
    static func open(_ files: DatabaseFiles) throws -> DatabaseQueue? {
        try open(files) { _ in }
    }

    /// Holds a database that is about to be written to against the mark beside it.
    ///
    /// - Returns: the last commit in the file itself; 0 when there is none.
    static func checkTide(_ files: DatabaseFiles) throws -> Int {
        let mark = TideMark.read(files.tide)
        if let loss = loss(at: files, mark) { throw loss }
        let inFile = StoreRow(ofFileAlone: files.database)
        // Before SQLite sees the log: on another file, or an older copy, it would put the log of this one.
        if let mark, let inFile {
            if inFile.name == mark.store {
                guard inFile.commits >= mark.commitsInFile else {
                    throw StoreError.outdated(
                        path: files.database, place: files.database, commits: inFile.commits, wanted: mark.commits)
                }
            } else if !DatabaseFile(path: files.database).beginsAsInLog {
                // What a checkpoint left that broke off may not know by itself where its tables are.
                throw StoreError.otherDatabase(path: files.database, place: files.database)
            }
        }
        // Not by the connection that writes, which would bring the log into the file when it is closed.
        try open(files) { row in
            if let doubt = row.doubt(mark, files) { throw doubt }
        }?.close()
        // What was in the file once never leaves it.
        guard let inFile, mark == nil || inFile.name == mark?.store else { return mark?.commitsInFile ?? 0 }
        return inFile.commits
    }

    /// That there is no database where one was written; nil when there is one, or never was.
    static func loss(at files: DatabaseFiles, _ mark: TideMark.Reading?) -> StoreError? {
        // SQLite makes a new database of a file that was emptied, once any connection has read it and its log is gone.
        let size = DatabaseFile.size(of: files.database)
        guard size == nil || (size == 0 && DatabaseFile.size(of: files.log) ?? 0 == 0) else { return nil }
        guard mark.map({ $0.commits > 0 }) ?? Spool(besideDatabase: files.database).hasContent else { return nil }
        return .lost(path: files.database)
    }

    private static func open(_ files: DatabaseFiles, _ check: (StoreRow) throws -> Void) throws -> DatabaseQueue? {
        let path = files.database
        try DatabaseFile(path: path).checkHeader()
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        // Before SQLite sees it: under another name it would make another log.
        try StoreRow(ofFileAlone: path)?.checkPath(files)
        let queue = try readOnly(path)
        try queue.read { db in
            try Self.check(db, path: path)
            guard try Schema.hasTables(db), let row = try StoreRow.find(db) else { return }
            try row.checkPath(files)
            try check(row)
        }
        return queue
    }

    /// A connection of a process that does not write.
    ///
    /// SQLite needs the index of the log, and makes it where there is none: in a folder that this user may not write to, a
    /// database whose log is empty is read as the file that it is (sqlite.org/wal.html, “Read-Only Databases”).
    static func readOnly(_ path: String) throws -> DatabaseQueue {
        do {
            return try connect(path)
        } catch let error as DatabaseError where refusals.contains(error.resultCode) {
            let log = DatabaseFiles(path: path).log
            guard (DatabaseFile.size(of: log) ?? 0) == 0 else {
                throw StoreError.io(
                    path: path,
                    detail:
                        "part of it is in \(log), and only a user who can write to this folder can read both; run "
                        + "the command as that user, or copy both files to a folder of your own")
            }
            guard let uri = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed),
                let queue = try? connect("file:\(uri)?immutable=1")
            else { throw error }
            return queue
        }
    }

    private static let refusals: [ResultCode] = [.SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM]

    /// A connection that takes SQLite's locks, and has the index of the log.
    static func connect(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "discador.reader"
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        // Only now SQLite looks for the log.
        try queue.read { db in _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") }
        return queue
    }

    /// Refuses a file that is some other program's, another version's, cut short, or without a table of ours.
    private static func check(_ db: Database, path: String) throws {
        let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let isNew = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0
        guard application == Schema.applicationID || (application == 0 && isNew) else {
            throw StoreError.notOurs(path: path, detail: "it was made by another program")
        }
        guard try !Schema.isOlder(db) else {
            throw StoreError.fromOlderVersion(path: path, query: Schema.numbersInOlder)
        }
        guard try !Schema.migrator.hasBeenSuperseded(db) else {
            throw StoreError.fromNewerVersion(path: path)
        }
        try checkExtent(db, path: path)
        if let lack = try Schema.lack(of: db) { throw StoreError.corrupt(path: path, detail: lack) }
    }

    private static func checkExtent(_ db: Database, path: String) throws {
        let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        let pageSize = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0
        guard pages > 0, pageSize > 0 else { return }
        let missing = DatabaseFile(path: path).missingPages(of: pages, pageSize: pageSize)
        guard missing == 0 else {
            throw StoreError.corrupt(path: path, detail: "it was cut short: \(missing) of \(pages) pages are missing")
        }
    }
}
