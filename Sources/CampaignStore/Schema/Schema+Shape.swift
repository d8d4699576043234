import GRDB

extension Schema {
    /// "disc", as bytes in the header of a file.
    static var applicationIDBytes: [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: applicationID >> (24 - 8 * $0)) }
    }

    /// What a database lacks of the tables, columns and indexes that its migrations have made; nil when nothing.
    ///
    /// Held against a database in memory that has been through the same migrations. Additional tables, columns and indexes do no harm.
    static func lack(of db: Database) throws -> String? {
        guard let reference = try reference(of: db) else {
            // Killed before the first migration was through, it has at most the list of migrations.
            let tables = try Int.fetchOne(
                db, sql: "SELECT count(*) FROM sqlite_schema WHERE tbl_name NOT LIKE 'grdb_%'")
            return tables == 0 ? nil : "its list of migrations is missing"
        }
        let missing = try reference.read(shape).subtracting(shape(db))
        return missing.min().map { "it lacks \($0)" }
    }

    /// A database in memory that has been through the same migrations; nil when there were none yet.
    static func reference(of db: Database) throws -> DatabaseQueue? {
        let applied = try migrator.appliedIdentifiers(db)
        guard let last = migrator.migrations.last(where: applied.contains) else { return nil }
        let reference = try DatabaseQueue()
        try migrator.migrate(reference, upTo: last)
        return reference
    }

    /// Whether the tables are there, as in every database that its first writer came to fill.
    static func hasTables(_ db: Database) throws -> Bool {
        try db.tableExists("store")
    }

    /// Whether a database was made before the first migration of today.
    static func isOlder(_ db: Database) throws -> Bool {
        try migrator.appliedIdentifiers(db).contains(firstMigrationBefore)
    }

    /// What the rows of a table are called.
    static func name(ofTable table: String) -> String {
        table.hasSuffix("_row") ? String(table.dropLast("_row".count)) : table
    }

    /// The columns, indexes and views, each in words.
    private static func shape(_ db: Database) throws -> Set<String> {
        try Set(
            String.fetchAll(
                db,
                sql: """
                    SELECT format('the column %s.%s (%s)', entry.name, part.name, part.type)
                    FROM sqlite_schema AS entry JOIN pragma_table_xinfo(entry.name) AS part WHERE entry.type = 'table'
                    UNION ALL SELECT format('the %s %s', type, name) FROM sqlite_schema
                    WHERE type = 'index' OR type = 'view'
                    """))
    }
}
