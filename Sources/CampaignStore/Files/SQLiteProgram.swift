package import CampaignCore
import GRDB

/// Imitates another program that opens a database with SQLite, such as `sqlite3 discador.db 'SELECT …'`.
package enum SQLiteProgram {
    /// Reads a database and closes it, with full permissions: the last connection to close a database removes its log.
    ///
    /// - Returns: how many contacts it sees.
    package static func look(at path: String) throws(StoreError) -> Int {
        try translatingErrors(path: path) {
            var configuration = Configuration()
            configuration.busyMode = .timeout(5)
            let connection = try DatabaseQueue(path: DatabaseFiles(path: path).database, configuration: configuration)
            let contacts = try connection.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM contact") }
            try connection.close()
            return contacts ?? 0
        }
    }
}
