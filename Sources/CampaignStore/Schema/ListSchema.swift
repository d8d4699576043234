/// The tables of lists, and of what they had besides contacts; part of ``Schema``.
enum ListSchema {
    static let tables = """
        -- A list that was imported into a campaign, and its totals.
        CREATE TABLE import_row (
            id INTEGER PRIMARY KEY,
            campaign_id INTEGER NOT NULL REFERENCES campaign_row (id),
            file TEXT NOT NULL,                     -- as the user named it
            columns TEXT NOT NULL CHECK (json_type(columns) = 'array'),
            imported_at INTEGER NOT NULL,
            accepted INTEGER NOT NULL DEFAULT 0 CHECK (accepted >= 0),      -- became contacts
            duplicates INTEGER NOT NULL DEFAULT 0 CHECK (duplicates >= 0),
            rejected INTEGER NOT NULL DEFAULT 0 CHECK (rejected >= 0),
            blank INTEGER NOT NULL DEFAULT 0 CHECK (blank >= 0),
            extra INTEGER NOT NULL DEFAULT 0 CHECK (extra >= 0),            -- further numbers in a row, counted above
            bytes INTEGER NOT NULL DEFAULT 0 CHECK (bytes >= 0),
            sha256 BLOB,                            -- of the file; NULL: not known
            reading TEXT NOT NULL DEFAULT '',       -- the options it was read with
            -- Rejected rows that were exported and corrected: they are added to those of their list, and are not a
            -- version of a file.
            is_export INTEGER NOT NULL DEFAULT 0 CHECK (is_export BETWEEN 0 AND 1),
            -- Numbers left out because another campaign called them: on another day the same file may bring them in.
            called_recently INTEGER NOT NULL DEFAULT 0 CHECK (called_recently >= 0)
        ) STRICT;
        CREATE INDEX import_by_campaign ON import_row (campaign_id);

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

        -- The numbers of contacts whose rows had several, in the order in which they are called; the first is the list's
        -- own. Others have no row here. A number comes into contact_identity when it is dialed, and stays there.
        CREATE TABLE contact_phone (
            contact_id INTEGER NOT NULL REFERENCES contact_row (id),
            place INTEGER NOT NULL CHECK (place >= 0),
            identity INTEGER NOT NULL CHECK (identity <> 0),
            phone INTEGER NOT NULL CHECK (phone <> 0),
            -- Why the contact was called on another one instead, or 'called_recently': it is not called on this one;
            -- NULL: neither.
            ended TEXT CHECK (ended <> ''),
            PRIMARY KEY (contact_id, place)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX contact_phone_by_identity ON contact_phone (identity);
        -- The contacts that have another number by now.
        CREATE INDEX contact_phone_ended ON contact_phone (contact_id) WHERE place = 0 AND ended IS NOT NULL;

        -- Further numbers that an import under way has for contacts that were there before it; its last transaction adds
        -- them to those of the contacts. Nothing else reads them.
        CREATE TABLE pending_phone (
            contact_id INTEGER NOT NULL REFERENCES contact_row (id),
            place INTEGER NOT NULL CHECK (place >= 0),
            phone INTEGER NOT NULL CHECK (phone <> 0),
            PRIMARY KEY (contact_id, place)
        ) STRICT, WITHOUT ROWID;

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
