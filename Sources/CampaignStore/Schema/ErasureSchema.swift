import CampaignCore

/// The tables of what was forgotten; part of ``Schema``.
///
/// Where a number stood that was forgotten, contacts, their numbers, duplicates and the do-not-call list have its hash,
/// both as identity and as phone (``ForgottenNumbers``).
enum ErasureSchema {
    private static let hashes = PhoneNumber.forgotten.lowerBound

    static let tables = """
        -- One row: the key of the hashes, of this database and its copies; and whether bytes of what was removed may still
        -- be in unused parts of the file.
        CREATE TABLE erasure (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            key BLOB NOT NULL CHECK (length(key) = 16),
            has_traces INTEGER NOT NULL DEFAULT 0 CHECK (has_traces BETWEEN 0 AND 1)
        ) STRICT;
        INSERT INTO erasure (id, key) VALUES (1, randomblob(16));

        -- The numbers that some contact or call had that was forgotten. They may have been imported again since.
        CREATE TABLE forgotten_number (
            hash INTEGER PRIMARY KEY CHECK (hash >= \(hashes)),
            forgotten_at INTEGER NOT NULL
        ) STRICT;

        -- Calls of campaigns that were deleted, which rang, or may have: how often and how lately somebody was called
        -- counts for later campaigns.
        CREATE TABLE deleted_call (
            hash INTEGER NOT NULL CHECK (hash >= \(hashes)),
            started_at INTEGER NOT NULL,
            instance_id INTEGER NOT NULL REFERENCES instance (id),
            answer TEXT CHECK (answer IS NULL OR answer = 'answered' OR answer = 'not_answered'),
            -- Whether events of it may still come, and whether it counts for `--skip-called`.
            is_heard INTEGER NOT NULL CHECK (is_heard BETWEEN 0 AND 1),
            counts INTEGER NOT NULL CHECK (counts BETWEEN 0 AND 1),
            PRIMARY KEY (hash, started_at, instance_id)
        ) STRICT, WITHOUT ROWID;

        -- Files outside the database that may have what is being removed from it, until they have been dealt with: files
        -- of rejected rows, with the SHA-256 of what the program wrote there, and lists (NULL), which are only named.
        CREATE TABLE marked_file (
            path TEXT PRIMARY KEY CHECK (path <> ''),
            sha256 BLOB
        ) STRICT, WITHOUT ROWID;

        -- Totals of campaigns that were deleted, or are about to be (campaign_id), without anything about a person.
        CREATE TABLE deleted_campaign (
            id INTEGER PRIMARY KEY,
            campaign_id INTEGER UNIQUE,             -- while it is being deleted
            name TEXT, file TEXT,                   -- as in campaign_row, until its traces are gone, too
            created_at INTEGER NOT NULL,
            deleted_at INTEGER NOT NULL,
            accepted INTEGER NOT NULL CHECK (accepted >= 0),
            failed INTEGER NOT NULL CHECK (failed >= 0),
            in_doubt INTEGER NOT NULL CHECK (in_doubt >= 0),
            excluded INTEGER NOT NULL CHECK (excluded >= 0),
            attempts INTEGER NOT NULL CHECK (attempts >= 0)
        ) STRICT;

        -- How long a campaign keeps what is about a person, according to its file at its last run; no row: forever.
        CREATE TABLE retention (
            campaign_id INTEGER PRIMARY KEY REFERENCES campaign_row (id),
            keeps_ms INTEGER NOT NULL CHECK (keeps_ms > 0)
        ) STRICT;
        """
}
