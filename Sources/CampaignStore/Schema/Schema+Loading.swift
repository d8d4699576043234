import GRDB

extension Schema {
    /// What an import needs that goes on beside a run: rows that are there and not seen before all of them are.
    static let loading = """
        -- An import beside a run comes in many transactions. Its contacts and lists have ids from these on, and are not
        -- there for anybody before its last transaction moves both back to the end of all ids.
        ALTER TABLE store ADD COLUMN contacts_end INTEGER NOT NULL DEFAULT \(Int64.max);
        ALTER TABLE store ADD COLUMN imports_end INTEGER NOT NULL DEFAULT \(Int64.max);
        -- The campaign that was not known before it; NULL: it was.
        ALTER TABLE store ADD COLUMN loading_new_campaign INTEGER;

        -- Whoever reads says campaign, contact and import; whoever writes says campaign_row, contact_row and import_row, and
        -- looks at the end.
        ALTER TABLE campaign RENAME TO campaign_row;
        ALTER TABLE contact RENAME TO contact_row;
        ALTER TABLE import RENAME TO import_row;
        -- The plus keeps SQLite from looking through the table by id where an index does better.
        CREATE VIEW contact AS SELECT * FROM contact_row WHERE +id < (SELECT contacts_end FROM store);
        CREATE VIEW campaign AS
            SELECT * FROM campaign_row WHERE +id IS NOT (SELECT loading_new_campaign FROM store);
        CREATE VIEW import AS SELECT * FROM import_row WHERE +id < (SELECT imports_end FROM store);
        """

    /// The table in which the rows of `name` stand, in a database of whatever version.
    static func table(of name: String, _ db: Database) throws -> String {
        let rows = "\(name)_row"
        return try db.tableExists(rows) ? rows : name
    }

    /// What the rows of a table are called.
    static func name(ofTable table: String) -> String {
        table.hasSuffix("_row") ? String(table.dropLast("_row".count)) : table
    }
}
