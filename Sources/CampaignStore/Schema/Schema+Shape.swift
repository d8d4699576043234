import CampaignCore
import GRDB

extension Schema {
    /// "disc", as the bytes in a file's header.
    static var applicationIDBytes: [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: applicationID >> (24 - 8 * $0)) }
    }

    /// Which tables, columns and indexes of its migrations a database lacks; nil when none.
    ///
    /// Compared with an in-memory database after the same migrations. Additional tables, columns and indexes do no
    /// harm.
    static func lack(of db: Database) throws -> Phrase? {
        guard let reference = try reference(of: db) else {
            // If the process was killed during the first migration, there is at most the list of migrations.
            let tables = try Int.fetchOne(
                db, sql: "SELECT count(*) FROM sqlite_schema WHERE tbl_name NOT LIKE 'grdb_%'")
            return tables == 0
                ? nil : Phrase("its list of migrations is missing", "falta a lista de migrações")
        }
        let missing = try reference.read(shape).subtracting(shape(db))
        return missing.min().map { Phrase("it lacks \($0)", "falta nele \($0)") }
    }

    /// An in-memory database after the same migrations; nil when there have been none.
    static func reference(of db: Database) throws -> DatabaseQueue? {
        let applied = try migrator.appliedIdentifiers(db)
        guard let last = migrator.migrations.last(where: applied.contains) else { return nil }
        let reference = try DatabaseQueue()
        try migrator.migrate(reference, upTo: last)
        return reference
    }

    /// Whether there are tables, as in every database that its first writer has filled.
    static func hasTables(_ db: Database) throws -> Bool {
        try db.tableExists("store")
    }

    /// Whether a database was created before the first of the current migrations.
    static func isOlder(_ db: Database) throws -> Bool {
        try migrator.appliedIdentifiers(db).contains(firstMigrationBefore)
    }

    /// The names of a table's rows, for error messages.
    static func name(ofTable table: String) -> String {
        table.hasSuffix("_row") ? String(table.dropLast("_row".count)) : table
    }

    /// The columns, indexes, views and triggers, each as text.
    private static func shape(_ db: Database) throws -> Set<String> {
        try Set(
            String.fetchAll(
                db,
                sql: """
                    SELECT format('the column %s.%s (%s)', entry.name, part.name, part.type)
                    FROM sqlite_schema AS entry JOIN pragma_table_xinfo(entry.name) AS part WHERE entry.type = 'table'
                    UNION ALL SELECT format('the %s %s', type, name) FROM sqlite_schema
                    WHERE type = 'index' OR type = 'view' OR type = 'trigger'
                    """))
    }
}
