import CampaignCore
import Foundation
import GRDB

/// The checks made whenever a database is opened, for reading or writing: they cost next to nothing, and find problems
/// before a run is under way. Nothing is written.
enum DatabaseChecks {
    /// Opens a database without write permission, once it has passed.
    ///
    /// - Returns: nil when there is no file.
    static func open(_ files: DatabaseFiles) throws -> DatabaseQueue? {
        try open(files) { _ in }
    }

    /// Compares a database that is about to be written to with the mark beside it.
    ///
    /// - Returns: the last commit in the file itself; 0 when there is none.
    static func checkTide(_ files: DatabaseFiles) throws -> Int {
        let mark = TideMark.read(files.tide)
        if let loss = loss(at: files, mark) { throw loss }
        let inFile = StoreRow(ofFileAlone: files.database)
        // Before SQLite sees the log: it would apply this database's log to another file, or to an older copy.
        if let mark, let inFile {
            if inFile.name == mark.store {
                guard inFile.commits >= mark.commitsInFile else {
                    throw StoreError.outdated(
                        path: files.database, place: files.database, commits: inFile.commits, wanted: mark.commits)
                }
            } else if !DatabaseFile(path: files.database).beginsAsInLog {
                // After a checkpoint that was cut off, the file alone may not show where its tables are.
                throw StoreError.otherDatabase(path: files.database, place: files.database)
            }
        }
        // Not through the writing connection, which would copy the log into the file when it is closed.
        try open(files) { row in
            if let doubt = row.doubt(mark, files) { throw doubt }
        }?.close()
        // A commit that was in the file once never leaves it.
        guard let inFile, mark == nil || inFile.name == mark?.store else { return mark?.commitsInFile ?? 0 }
        return inFile.commits
    }

    /// The error that a database that was once written is missing; nil when there is one, or never was one.
    static func loss(at files: DatabaseFiles, _ mark: TideMark.Reading?) -> StoreError? {
        // SQLite creates a new database in a file that was emptied, once any connection has read it and its log is
        // gone.
        let size = DatabaseFile.size(of: files.database)
        guard size == nil || (size == 0 && DatabaseFile.size(of: files.log) ?? 0 == 0) else { return nil }
        guard mark.map({ $0.commits > 0 }) ?? Spool(besideDatabase: files.database).hasContent else { return nil }
        return .lost(path: files.database)
    }

    private static func open(_ files: DatabaseFiles, _ check: (StoreRow) throws -> Void) throws -> DatabaseQueue? {
        let path = files.database
        try DatabaseFile(path: path).checkHeader()
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        // Before SQLite sees it: under another name it would create another log.
        try StoreRow(ofFileAlone: path)?.checkPath(files)
        let connection = try readOnly(path)
        try connection.read { db in
            try Self.check(db, path: path)
            guard try Schema.hasTables(db), let row = try StoreRow.find(db) else { return }
            try row.checkPath(files)
            try check(row)
        }
        return connection
    }

    /// A connection for a process that does not write.
    ///
    /// SQLite needs the index of the log, and creates it if there is none. In a folder where this user may not write, a
    /// database whose log is empty is read as a plain file (sqlite.org/wal.html, “Read-Only Databases”).
    static func readOnly(_ path: String) throws -> DatabaseQueue {
        do {
            return try connect(path)
        } catch let error as DatabaseError where refusals.contains(error.resultCode) {
            let log = DatabaseFiles(path: path).log
            guard (DatabaseFile.size(of: log) ?? 0) == 0 else {
                throw StoreError.io(
                    path: path,
                    detail: Phrase(
                        "part of it is in \(log), and only a user who can write to this folder can read both; run "
                            + "the command as that user, or copy both files to a folder of your own",
                        "uma parte dele está em \(log), e só um usuário que pode gravar nesta pasta consegue ler os dois; "
                            + "execute o comando como esse usuário, ou copie os dois arquivos para uma pasta sua"))
            }
            guard let uri = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed),
                let connection = try? connect("file:\(uri)?immutable=1")
            else { throw error }
            return connection
        }
    }

    private static let refusals: [ResultCode] = [.SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM]

    /// A connection that takes SQLite's locks, and has the index of the log.
    static func connect(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "discador.reader"
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        let connection = try DatabaseQueue(path: path, configuration: configuration)
        // SQLite looks for the log only at the first read.
        try connection.read { db in _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") }
        return connection
    }

    /// Refuses a file that belongs to another program or another version, is truncated, or lacks one of our tables.
    private static func check(_ db: Database, path: String) throws {
        let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let isNew = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0
        guard application == Schema.applicationID || (application == 0 && isNew) else {
            throw StoreError.notOurs(
                path: path, detail: Phrase("it was made by another program", "foi feito por outro programa"))
        }
        guard try !Schema.isOlder(db) else {
            throw StoreError.fromOlderVersion(path: path)
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
            throw StoreError.corrupt(
                path: path,
                detail: Phrase(
                    "it was cut short: \(missing) of \(pages) pages are missing",
                    "foi cortado: faltam \(missing) de \(pages) páginas"))
        }
    }
}
