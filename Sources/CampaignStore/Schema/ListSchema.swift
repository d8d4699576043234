/// The tables of what lists had besides contacts; part of ``Schema``.
enum ListSchema {
    static let tables = """
        -- Rows of a list without an unambiguous number.
        CREATE TABLE reject (
            id INTEGER PRIMARY KEY,
            import_id INTEGER NOT NULL REFERENCES import_row (id),
            line INTEGER NOT NULL CHECK (line >= 1),
            raw BLOB NOT NULL,                      -- the row byte for byte
            own TEXT NOT NULL,                      -- JSON array: its cells
            reason TEXT NOT NULL,
            suggestion TEXT NOT NULL
        ) STRICT;
        CREATE INDEX reject_by_import ON reject (import_id);

        -- Numbers of a list that did not become a contact.
        CREATE TABLE duplicate (
            id INTEGER PRIMARY KEY,
            import_id INTEGER NOT NULL REFERENCES import_row (id),
            line INTEGER NOT NULL CHECK (line >= 1),
            phone INTEGER NOT NULL CHECK (phone <> 0),
            contact_id INTEGER REFERENCES contact_row (id),     -- who has the number; NULL: nobody in this campaign
            reason TEXT NOT NULL
                CHECK (reason = 'repeated' OR reason = 'already_in_campaign' OR reason = 'called_recently')
        ) STRICT;
        CREATE INDEX duplicate_by_import ON duplicate (import_id);
        CREATE INDEX duplicate_by_contact ON duplicate (contact_id);

        -- The imports that were versions of one file, by its absolute path. Imports without a row here (standard input,
        -- pipes, exports of rejected rows) are not versions of a file.
        CREATE TABLE list_version (
            campaign_id INTEGER NOT NULL REFERENCES campaign_row (id),
            path TEXT NOT NULL CHECK (path <> ''),
            import_id INTEGER NOT NULL REFERENCES import_row (id),
            modified_ns INTEGER,                    -- of the file when it was read, since 1970; NULL: unknown
            is_current INTEGER NOT NULL CHECK (is_current BETWEEN 0 AND 1),
            PRIMARY KEY (campaign_id, path, import_id)
        ) STRICT, WITHOUT ROWID;

        -- What the program last wrote to a file of rejected rows: anything else in it is a person's work.
        CREATE TABLE rejects_file (
            campaign_id INTEGER NOT NULL REFERENCES campaign_row (id),
            path TEXT NOT NULL CHECK (path <> ''),
            sha256 BLOB NOT NULL,
            PRIMARY KEY (campaign_id, path)
        ) STRICT, WITHOUT ROWID;
        """
}
