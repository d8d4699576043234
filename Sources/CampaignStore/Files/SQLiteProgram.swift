package import CampaignCore
import GRDB

/// Some other program that opens a database with SQLite, such as `sqlite3 discador.db 'SELECT …'`.
package enum SQLiteProgram {
    /// Looks at a database and closes it, with every right that such a program has: the last one to close a database
    /// clears its log away.
    ///
    /// - Returns: how many contacts it sees.
    package static func look(at path: String) throws(StoreError) -> Int {
        try translatingErrors(path: path) {
            var configuration = Configuration()
            configuration.busyMode = .timeout(5)
            let queue = try DatabaseQueue(path: DatabaseFiles(path: path).database, configuration: configuration)
            let contacts = try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM contact") }
            try queue.close()
            return contacts ?? 0
        }
    }
}
