import CampaignCore
import Foundation
import GRDB

/// What is looked at whenever a database is opened, to read or to write: it costs next to nothing and finds what would
/// otherwise be met in the middle of a run. Nothing is written.
enum DatabaseChecks {
    /// Opens the database at `path` without any right to write, once it has passed.
    ///
    /// - Returns: nil when there is no file.
    static func open(_ path: String) throws -> DatabaseQueue? {
        try DatabaseFile(path: path).checkHeader()
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        var configuration = Configuration()
        configuration.label = "discador.reader"
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.read { try check($0, path: path) }
        return queue
    }

    /// Refuses a file that is some other program's, a later version's, cut short, or without a table of ours.
    private static func check(_ db: Database, path: String) throws {
        let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let isNew = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0
        guard application == Schema.applicationID || (application == 0 && isNew) else {
            throw QueueError.notOurs(path: path, detail: "another program made it")
        }
        guard try !Schema.migrator.hasBeenSuperseded(db) else {
            throw QueueError.fromNewerVersion(path: path)
        }
        try checkExtent(db, path: path)
        if let lack = try Schema.lack(of: db) { throw QueueError.corrupt(path: path, detail: lack) }
    }

    private static func checkExtent(_ db: Database, path: String) throws {
        let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        let pageSize = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0
        guard pages > 0, pageSize > 0 else { return }
        let missing = DatabaseFile(path: path).missingPages(of: pages, pageSize: pageSize)
        guard missing == 0 else {
            throw QueueError.corrupt(path: path, detail: "it was cut short: \(missing) of \(pages) pages are missing")
        }
    }
}
