import GRDB

extension Schema {
    private static let checkOfReceipts = "OR zaap_id IS NOT NULL)"
    private static let widerCheckOfReceipts = "OR zaap_id IS NOT NULL OR message_id IS NOT NULL)"

    /// An accepted attempt may have a messageId alone.
    ///
    /// The CHECK is widened where it stands, as SQLite's documentation of ALTER TABLE shows for changes that touch no
    /// stored row: attempts can be millions, and copying them would take minutes and twice the disk.
    static func widenReceipts(_ db: Database) throws {
        let version = try Int.fetchOne(db, sql: "PRAGMA schema_version") ?? 0
        try db.execute(sql: "PRAGMA writable_schema = ON")
        try db.execute(
            sql: """
                UPDATE sqlite_schema SET sql = replace(sql, :check, :wider)
                WHERE type = 'table' AND name = 'attempt' AND instr(sql, :check) > 0
                """,
            arguments: ["check": checkOfReceipts, "wider": widerCheckOfReceipts])
        let isWidened = db.changesCount == 1
        // Other connections read the schema again when its version is another one; this one does at RESET.
        try db.execute(sql: "PRAGMA schema_version = \(version + 1)")
        try db.execute(sql: "PRAGMA writable_schema = RESET")
        guard isWidened else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the table of attempts is not as it was made")
        }
    }
}
