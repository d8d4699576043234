import CampaignCore
import Foundation
import GRDB
import Glibc

/// The copy of a database that is kept before migrations change its tables, since an earlier version of the program
/// cannot read them afterwards.
enum UpgradeCopy {
    /// Makes the copy, complete and checked, if there is something to migrate.
    ///
    /// - Parameter connection: the writer's own: no other process can change the database meanwhile.
    /// - Returns: where it is; nil when nothing will be migrated: a new database has nothing to keep.
    static func keep(
        of connection: DatabaseQueue, _ files: DatabaseFiles, before migrator: DatabaseMigrator
    ) throws -> String? {
        let row: StoreRow? = try connection.read { db in
            guard try Schema.hasTables(db), try !migrator.hasCompletedMigrations(db) else { return nil }
            return try StoreRow.require(db)
        }
        guard let row else { return nil }
        let path = try freePath(files)
        let partial = path + "-partial"
        // Left by a process that was killed.
        unlink(partial)
        do {
            try copy(connection, to: partial)
            try check(partial, is: row)
            try flush(partial)
            guard rename(partial, path) == 0 else { throw StoreError.io(path: path, detail: lastSystemError()) }
            try flush(URL(fileURLWithPath: path).deletingLastPathComponent().path)
        } catch {
            for left in [partial, partial + "-journal"] { unlink(left) }
            throw error
        }
        return path
    }

    /// Removes the copy again, since the database is still as it was.
    static func discard(_ path: String) {
        unlink(path)
    }

    /// A copy of an earlier attempt is never replaced: it may be the last one of those tables.
    private static func freePath(_ files: DatabaseFiles) throws -> String {
        let name = "\(files.database)-before-\(ProductVersion.current)"
        let names = [name] + (2...99).map { "\(name)-\($0)" }
        guard let free = names.first(where: { FileStatus(of: $0) == nil }) else {
            throw StoreError.io(path: name, detail: "there are 99 such copies already: move them away")
        }
        return free
    }

    /// In one step, through SQLite: opening the database in any other way would drop its locks.
    private static func copy(_ connection: DatabaseQueue, to path: String) throws {
        // Readable only by its owner.
        guard mknod(path, S_IFREG | 0o600, 0) == 0 else { throw StoreError.io(path: path, detail: lastSystemError()) }
        let target = try DatabaseQueue(path: path)
        try connection.backup(to: target)
        // A single file, which can be read where nothing can be written.
        try target.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
        try target.close()
    }

    private static func check(_ path: String, is row: StoreRow) throws {
        let target = try DatabaseQueue(path: path)
        defer { try? target.close() }
        let (findings, copied) = try target.read { db in
            (try String.fetchAll(db, sql: "PRAGMA integrity_check"), try StoreRow.require(db))
        }
        guard findings == ["ok"], copied.name == row.name, copied.commits == row.commits else {
            throw StoreError.corrupt(path: path, detail: findings.first ?? "it is not a copy of the database")
        }
    }

    /// Onto the disk, before the database itself changes.
    private static func flush(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StoreError.io(path: path, detail: lastSystemError()) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw StoreError.io(path: path, detail: lastSystemError()) }
    }
}
