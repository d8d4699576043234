import GRDB

extension Schema {
    /// What a start needs to notice that the file is not the one that was last written under this name.
    static let tide = """
        -- Grows by one with every transaction, and is kept beside the database as well; see TideMark.
        ALTER TABLE store ADD COLUMN commits INTEGER NOT NULL DEFAULT 0 CHECK (commits >= 0);
        -- The path under which it was last opened to write, beside which its log lies; NULL: never since this migration.
        ALTER TABLE store ADD COLUMN path TEXT;
        """

    /// Whether a database has come as far as this migration.
    static func hasTide(_ db: Database) throws -> Bool {
        try migrator.appliedIdentifiers(db).contains("4 tide")
    }
}
