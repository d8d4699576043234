import GRDB

/// Everything a database contains, in one place.
///
/// Times are milliseconds since 1970, UTC, unless the column's name says otherwise. Phones are numbers: the digits with
/// the country code, or negative for a WhatsApp `@lid`. An *identity* is the same for every way of writing a number.
///
/// CHECKs compare word by word: `state IN (…)` would be the same rule, but SQLite builds a table of the words for every
/// row written, which tripled the cost of a row.
enum Schema {
    /// "disc": marks a file as ours, for `file(1)` and for discador.
    static let applicationID: Int32 = 0x6469_7363

    /// A migration that has been released is never edited: later ones are appended. “11 tables” is that of 0.2.0
    /// (see CHANGELOG.md for whether that is released).
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("11 tables") { db in
            try db.execute(sql: tables)
        }
        return migrator
    }

    /// The first migration of databases created before “11 tables”; those are refused, not converted.
    static let firstMigrationBefore = "1 spine"

    private static let tables = """
        -- One row: the database itself.
        CREATE TABLE store (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            uuid TEXT NOT NULL,                     -- its name, so that no other database records its spool
            -- The offset that a run assumes for the wall clock during the boot called `boot`; see LimitClock.
            boot TEXT,
            believed_offset INTEGER,
            -- Incremented by every transaction, and also kept beside the database; see TideMark.
            commits INTEGER NOT NULL DEFAULT 0 CHECK (commits >= 0),
            path TEXT,                              -- where it was last opened for writing; NULL: never
            -- An import during a run takes many transactions. Its contacts and lists have ids from these on, and are
            -- invisible until its last transaction moves both back to the end of all ids.
            contacts_end INTEGER NOT NULL DEFAULT \(Int64.max),
            imports_end INTEGER NOT NULL DEFAULT \(Int64.max),
            loading_new_campaign INTEGER            -- the campaign that this import has created; NULL: it existed
        ) STRICT;
        INSERT INTO store (id, uuid) VALUES (1, lower(hex(randomblob(16))));

        CREATE TABLE campaign_row (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE CHECK (name <> ''),
            file TEXT NOT NULL,                     -- where its campaign.yml was when it was last used
            created_at INTEGER NOT NULL,
            -- Its own pace: no call before this. Also as milliseconds of uptime during the boot called next_boot, which
            -- setting the clock does not change.
            next_at INTEGER NOT NULL DEFAULT 0,
            next_boot TEXT,
            next_uptime INTEGER,
            -- What its run is doing or waiting for, and until when; only meaningful during a run.
            activity TEXT CHECK (activity IS NULL OR activity = 'dialing' OR activity = 'window' OR activity = 'cap'
                OR activity = 'instance' OR activity = 'retry' OR activity = 'canary' OR activity = 'contacts'),
            activity_until INTEGER,
            -- Whether somebody asked for it to be dialed, and it has not ended since: a service goes on with it.
            is_active INTEGER NOT NULL DEFAULT 0 CHECK (is_active BETWEEN 0 AND 1),
            -- Whether its run stays open for contacts that come later; only meaningful while it is active.
            follows INTEGER NOT NULL DEFAULT 0 CHECK (follows BETWEEN 0 AND 1),
            stopped_because TEXT,                   -- why its last run ended or it cannot go on; NULL: nothing to explain
            -- When its last run began, how many contacts were finished then, and the time zone in which its days begin
            -- (NULL: the machine's).
            begun_at INTEGER,
            begun_finished INTEGER CHECK (begun_finished >= 0),
            time_zone TEXT,
            -- Since when it is paused, by which user, by which command; all NULL: it is not paused.
            paused_at INTEGER,
            paused_by TEXT CHECK ((paused_by IS NULL) = (paused_at IS NULL)),
            paused_with TEXT CHECK ((paused_with IS NULL) = (paused_at IS NULL)),
            -- How often it was cancelled, whether the last cancel is still under way, and how many contacts that has
            -- excluded.
            cancels INTEGER NOT NULL DEFAULT 0 CHECK (cancels >= 0),
            is_cancelling INTEGER NOT NULL DEFAULT 0 CHECK (is_cancelling BETWEEN 0 AND 1),
            cancelled INTEGER NOT NULL DEFAULT 0 CHECK (cancelled >= 0)
        ) STRICT;

        -- A Z-API instance. Campaigns that name the same one share its pace, its use and its condition.
        CREATE TABLE instance (
            id INTEGER PRIMARY KEY,
            zapi_id TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,                     -- the name that a campaign last gave it
            next_at INTEGER NOT NULL DEFAULT 0,     -- its pace, on both clocks as in campaign_row
            next_boot TEXT,
            next_uptime INTEGER,
            -- Its condition when a run last checked, why, since when and until when, and how many items the provider
            -- queue held; NULL: no run has checked.
            condition TEXT CHECK (condition IS NULL OR condition = 'connected' OR condition = 'disconnected'
                OR condition = 'unreachable' OR condition = 'misconfigured' OR condition = 'quarantined'),
            condition_reason TEXT,
            condition_since INTEGER,
            condition_until INTEGER,
            queued_items INTEGER CHECK (queued_items >= 0)
        ) STRICT;

        -- Calls that an instance began in each quarter of an hour, for any campaign: what daily caps (calls) and
        -- warm-up lists (new_recipients: numbers it had never called) count. Days of all time zones begin on a quarter
        -- of an hour. Kept apart from the attempts, so that a start need not read them all.
        CREATE TABLE instance_use (
            instance_id INTEGER NOT NULL REFERENCES instance (id),
            quarter INTEGER NOT NULL,               -- quarters of an hour since 1970-01-01T00:00:00Z
            calls INTEGER NOT NULL CHECK (calls >= 0),
            new_recipients INTEGER NOT NULL CHECK (new_recipients BETWEEN 0 AND calls),
            PRIMARY KEY (instance_id, quarter)
        ) STRICT, WITHOUT ROWID;

        -- What each campaign allows an instance, according to its file at its last run. The strictest of all campaigns
        -- that share the instance applies, for 30 days after stated_at or while the campaign is active, so that an
        -- abandoned campaign does not limit others forever.
        CREATE TABLE instance_limit (
            campaign_id INTEGER NOT NULL REFERENCES campaign_row (id),
            instance_id INTEGER NOT NULL REFERENCES instance (id),
            gap_ns INTEGER CHECK (gap_ns >= 0),     -- from call to call; NULL: the ring plus 1 to 3 s; 0: none
            daily_cap INTEGER CHECK (daily_cap >= 0),                               -- calls a day; NULL: no cap
            warmup TEXT CHECK (warmup IS NULL OR json_type(warmup) = 'array'),      -- calls a day, by day of use
            stated_at INTEGER NOT NULL,
            PRIMARY KEY (instance_id, campaign_id)
        ) STRICT, WITHOUT ROWID;

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

        CREATE TABLE contact_row (
            id INTEGER PRIMARY KEY,                 -- in the order of the lists
            campaign_id INTEGER NOT NULL REFERENCES campaign_row (id),
            import_id INTEGER NOT NULL REFERENCES import_row (id),
            line INTEGER NOT NULL CHECK (line >= 0),    -- in the list; 0: unknown
            identity INTEGER NOT NULL CHECK (identity <> 0),
            phone INTEGER NOT NULL CHECK (phone <> 0),  -- what is dialed
            call_duration INTEGER CHECK (call_duration BETWEEN 1 AND 15),   -- seconds it rings; NULL: the campaign's
            own TEXT NOT NULL,                      -- JSON array: the row's cells as they were written
            state TEXT NOT NULL DEFAULT 'ready'
                CHECK (state = 'ready' OR state = 'dialing' OR state = 'accepted' OR state = 'failed'
                    OR state = 'in_doubt' OR state = 'excluded'),
            reason TEXT,                            -- why it is in this state
            due_at INTEGER NOT NULL DEFAULT 0,      -- if ready: not before this; 0: as soon as its turn comes
            attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
            -- Attempts that count against the campaign's limit, and throttled replies in a row; both start over when a
            -- person requeues the contact.
            tries_used INTEGER NOT NULL DEFAULT 0 CHECK (tries_used BETWEEN 0 AND attempts),
            throttles_in_a_row INTEGER NOT NULL DEFAULT 0 CHECK (throttles_in_a_row BETWEEN 0 AND attempts),
            whatsapp_at INTEGER,                    -- when Z-API was asked whether the number has WhatsApp
            delivery TEXT,                          -- what a webhook reported about the last call
            delivery_error TEXT,
            CHECK (reason IS NOT NULL OR state = 'ready' OR state = 'dialing' OR state = 'accepted'),
            CHECK (attempts > 0 OR state = 'ready' OR state = 'excluded')
        ) STRICT;
        -- Claims read the left end of a state's range; counts read the whole index and no table.
        CREATE INDEX contact_by_turn ON contact_row (campaign_id, state, due_at);

        -- A number is in a campaign once, however it was written. Kept apart from `contact_row`, so that an import can
        -- append contacts as they come and insert their identities in sorted batches: a page is touched once per batch,
        -- not once per row. Without a reference to `contact_row`, since it would be checked in the order of identities,
        -- all over the table.
        CREATE TABLE contact_identity (
            campaign_id INTEGER NOT NULL REFERENCES campaign_row (id),
            identity INTEGER NOT NULL CHECK (identity <> 0),
            contact_id INTEGER NOT NULL,
            PRIMARY KEY (campaign_id, identity)
        ) STRICT, WITHOUT ROWID;

        -- A call. The row is written before the request leaves; the columns from ended_at on come with the result.
        CREATE TABLE attempt (
            contact_id INTEGER NOT NULL REFERENCES contact_row (id),
            number INTEGER NOT NULL CHECK (number >= 1),    -- counts the contact's calls
            instance_id INTEGER NOT NULL REFERENCES instance (id),
            started_at INTEGER NOT NULL,
            ended_at INTEGER,                       -- NULL: under way, or interrupted
            outcome TEXT CHECK (outcome IS NULL OR outcome = 'accepted' OR outcome = 'in_doubt' OR outcome = 'not_sent'
                OR outcome = 'throttled' OR outcome = 'refused' OR outcome = 'misconfigured'
                OR outcome = 'server_error'),
            http_status INTEGER,
            error TEXT,
            zaap_id TEXT,                           -- the call's id at Z-API
            message_id TEXT,                        -- its id at WhatsApp
            latency_ms INTEGER,
            PRIMARY KEY (contact_id, number),
            CHECK (outcome IS NOT 'accepted' OR zaap_id IS NOT NULL OR message_id IS NOT NULL)
        ) STRICT, WITHOUT ROWID;

        -- Items of the provider queue that may be the call of an attempt in doubt: evidence for a person, not proof.
        CREATE TABLE queue_evidence (
            contact_id INTEGER NOT NULL,
            number INTEGER NOT NULL,
            zaap_id TEXT NOT NULL CHECK (zaap_id <> ''),
            message_id TEXT,
            created_at INTEGER,                     -- by Z-API's clock; NULL: the provider queue did not say
            call_duration INTEGER CHECK (call_duration BETWEEN 1 AND 15),   -- NULL: not certainly a call
            PRIMARY KEY (contact_id, number, zaap_id),
            FOREIGN KEY (contact_id, number) REFERENCES attempt (contact_id, number)
        ) STRICT, WITHOUT ROWID;

        -- The do-not-call list: one for all campaigns of the database.
        CREATE TABLE block (
            identity INTEGER PRIMARY KEY CHECK (identity <> 0),
            phone INTEGER NOT NULL CHECK (phone <> 0),
            reason TEXT NOT NULL,
            blocked_at INTEGER NOT NULL
        ) STRICT;

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

        -- Reads use campaign, contact and import, and see nothing of an unfinished import; writes use campaign_row,
        -- contact_row and import_row, and check the end themselves. The plus keeps SQLite from searching the table by
        -- id where an index does better.
        CREATE VIEW contact AS SELECT * FROM contact_row WHERE +id < (SELECT contacts_end FROM store);
        CREATE VIEW campaign AS SELECT * FROM campaign_row WHERE +id IS NOT (SELECT loading_new_campaign FROM store);
        CREATE VIEW import AS SELECT * FROM import_row WHERE +id < (SELECT imports_end FROM store);
        """
}
