extension Schema {
    /// What tells a list from its earlier versions, and a file of rejected rows from one that somebody has corrected.
    static let listVersions = """
        -- The imports that were versions of one file, by its absolute path. Imports without a row here (standard input,
        -- pipes, exports of rejected rows, those before this was kept) are no version of anything.
        CREATE TABLE list_version (
            campaign_id INTEGER NOT NULL REFERENCES campaign (id),
            path TEXT NOT NULL CHECK (path <> ''),
            import_id INTEGER NOT NULL REFERENCES import (id),
            modified_ns INTEGER,                    -- of the file, when it was read; NULL: not known
            is_current INTEGER NOT NULL CHECK (is_current BETWEEN 0 AND 1),
            PRIMARY KEY (campaign_id, path, import_id)
        ) STRICT, WITHOUT ROWID;

        -- What the program wrote last to a file of rejected rows: whatever else stands there is somebody's work.
        CREATE TABLE rejects_file (
            campaign_id INTEGER NOT NULL REFERENCES campaign (id),
            path TEXT NOT NULL CHECK (path <> ''),
            sha256 BLOB NOT NULL,
            PRIMARY KEY (campaign_id, path)
        ) STRICT, WITHOUT ROWID;

        -- Rows that were rejected and corrected: they come beside the list that they stood in, and are no version of a file.
        ALTER TABLE import ADD COLUMN is_export INTEGER NOT NULL DEFAULT 0 CHECK (is_export BETWEEN 0 AND 1);
        -- Numbers that were left out for a call elsewhere: the very same file may bring them in another day.
        ALTER TABLE import ADD COLUMN called_recently INTEGER NOT NULL DEFAULT 0 CHECK (called_recently >= 0);
        """
}
