import GRDB

/// Everything that a database holds, on one page.
///
/// Moments are milliseconds since 1970, UTC, unless the name of the column says otherwise. Phones are numbers: the digits
/// with the country code, or below zero for a WhatsApp `@lid`. An *identity* is the same for every way of writing a number.
///
/// Checks compare word by word: `state IN (…)` would be the same rule, but SQLite builds a table of the words anew for every
/// row that is written, which made a row three times as expensive.
enum Schema {
    /// "disc": marks a file as ours for `file(1)` and for us.
    static let applicationID: Int32 = 0x6469_7363

    /// A migration that has shipped is never edited; a later one is added behind it.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("11 tables") { db in
            try db.execute(sql: tables)
        }
        return migrator
    }

    /// The first migration of every database that was made before “11 tables”; those are refused, never converted.
    static let firstMigrationBefore = "1 spine"

    /// Whom a new database must not call: everyone who was called from such an older one, or asked not to be.
    /// In the form in which a list is read, whatever its country.
    static let numbersInOlder =
        "SELECT iif(phone < 0, -phone || '@lid', '+' || phone) AS phone FROM "
        + "(SELECT phone FROM contact WHERE attempts > 0 UNION SELECT phone FROM block)"

    private static let tables = """
        -- One row: the database itself.
        CREATE TABLE store (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            uuid TEXT NOT NULL,                     -- its name, so that no other database takes in its spool
            -- What a run believes of the wall clock while the machine is in the life called `boot`; see LimitClock.
            boot TEXT,
            believed_offset INTEGER,
            -- Grows by one with every transaction, and is kept beside the database as well; see TideMark.
            commits INTEGER NOT NULL DEFAULT 0 CHECK (commits >= 0),
            path TEXT,                              -- where it was last opened to write, beside its log; NULL: never
            -- An import beside a run comes in many transactions. Its contacts and lists have ids from these on, and nobody
            -- sees them before its last transaction moves both back to the end of all ids.
            contacts_end INTEGER NOT NULL DEFAULT \(Int64.max),
            imports_end INTEGER NOT NULL DEFAULT \(Int64.max),
            loading_new_campaign INTEGER            -- the campaign that such an import has made; NULL: it was there
        ) STRICT;
        INSERT INTO store (id, uuid) VALUES (1, lower(hex(randomblob(16))));

        CREATE TABLE campaign_row (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE CHECK (name <> ''),
            file TEXT NOT NULL,                     -- where its campaign.yml stood when it was last used
            created_at INTEGER NOT NULL,
            -- Its own pace: no call before this. Once more as milliseconds in the life of the machine called next_boot,
            -- which no clock that is set can move.
            next_at INTEGER NOT NULL DEFAULT 0,
            next_boot TEXT,
            next_uptime INTEGER,
            -- What its run does or waits for, and until when; only of interest while there is one.
            activity TEXT CHECK (activity IS NULL OR activity = 'dialing' OR activity = 'window' OR activity = 'cap'
                OR activity = 'instance' OR activity = 'retry' OR activity = 'canary'),
            activity_until INTEGER,
            -- When its last run began, how many contacts were finished then, and in which zone its days begin (NULL: the
            -- machine's).
            begun_at INTEGER,
            begun_finished INTEGER CHECK (begun_finished >= 0),
            time_zone TEXT,
            -- Paused since when, by which user, by which command; all NULL: it is not paused.
            paused_at INTEGER,
            paused_by TEXT CHECK ((paused_by IS NULL) = (paused_at IS NULL)),
            paused_with TEXT CHECK ((paused_with IS NULL) = (paused_at IS NULL)),
            -- How often it was cancelled, whether the last time is not over yet, and how many contacts that has excluded.
            cancels INTEGER NOT NULL DEFAULT 0 CHECK (cancels >= 0),
            is_cancelling INTEGER NOT NULL DEFAULT 0 CHECK (is_cancelling BETWEEN 0 AND 1),
            cancelled INTEGER NOT NULL DEFAULT 0 CHECK (cancelled >= 0)
        ) STRICT;

        -- A Z-API instance. Campaigns that name the same one share its pace, its use and its condition.
        CREATE TABLE instance (
            id INTEGER PRIMARY KEY,
            zapi_id TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,                     -- as a campaign called it last
            next_at INTEGER NOT NULL DEFAULT 0,     -- its pace, on both clocks as in campaign_row
            next_boot TEXT,
            next_uptime INTEGER,
            -- How it was when a run last looked, why, since when and until when, and how many items Z-API's queue held;
            -- NULL: no run has looked.
            condition TEXT CHECK (condition IS NULL OR condition = 'connected' OR condition = 'disconnected'
                OR condition = 'unreachable' OR condition = 'misconfigured' OR condition = 'quarantined'),
            condition_reason TEXT,
            condition_since INTEGER,
            condition_until INTEGER,
            queued_items INTEGER CHECK (queued_items >= 0)
        ) STRICT;

        -- Calls that an instance began in each quarter of an hour, for whichever campaign: what daily caps (calls) and
        -- warm-up ladders (new_recipients: numbers it had never called) count. A quarter is the finest that a day of any
        -- time zone begins at. Apart from the attempts, so that a start need not read them all.
        CREATE TABLE instance_use (
            instance_id INTEGER NOT NULL REFERENCES instance (id),
            quarter INTEGER NOT NULL,               -- quarters of an hour since 1970-01-01T00:00:00Z
            calls INTEGER NOT NULL CHECK (calls >= 0),
            new_recipients INTEGER NOT NULL CHECK (new_recipients BETWEEN 0 AND calls),
            PRIMARY KEY (instance_id, quarter)
        ) STRICT, WITHOUT ROWID;

        -- What each campaign allows an instance, as its file said when it was last run. The strictest of all campaigns that
        -- share the instance holds, for 30 days after stated_at: one that is run no more holds nobody back for ever.
        CREATE TABLE instance_limit (
            campaign_id INTEGER NOT NULL REFERENCES campaign_row (id),
            instance_id INTEGER NOT NULL REFERENCES instance (id),
            gap_ns INTEGER CHECK (gap_ns >= 0),     -- from call to call; NULL: the ring and 1 to 3 s; 0: none
            daily_cap INTEGER CHECK (daily_cap >= 0),                               -- calls a day; NULL: no cap
            warmup TEXT CHECK (warmup IS NULL OR json_type(warmup) = 'array'),      -- calls a day from the first day of use
            stated_at INTEGER NOT NULL,
            PRIMARY KEY (instance_id, campaign_id)
        ) STRICT, WITHOUT ROWID;

        -- A list that was imported into a campaign, and what became of its rows.
        CREATE TABLE import_row (
            id INTEGER PRIMARY KEY,
            campaign_id INTEGER NOT NULL REFERENCES campaign_row (id),
            file TEXT NOT NULL,                     -- as it was named
            columns TEXT NOT NULL CHECK (json_type(columns) = 'array'),
            imported_at INTEGER NOT NULL,
            accepted INTEGER NOT NULL DEFAULT 0 CHECK (accepted >= 0),      -- became contacts
            duplicates INTEGER NOT NULL DEFAULT 0 CHECK (duplicates >= 0),
            rejected INTEGER NOT NULL DEFAULT 0 CHECK (rejected >= 0),
            blank INTEGER NOT NULL DEFAULT 0 CHECK (blank >= 0),
            extra INTEGER NOT NULL DEFAULT 0 CHECK (extra >= 0),            -- further numbers of a row, counted above too
            bytes INTEGER NOT NULL DEFAULT 0 CHECK (bytes >= 0),
            sha256 BLOB,                            -- of the file; NULL: not known
            reading TEXT NOT NULL DEFAULT '',       -- the options it was read with
            -- Rejected rows that were exported and corrected: they come beside the list that they stood in, and are no
            -- version of a file.
            is_export INTEGER NOT NULL DEFAULT 0 CHECK (is_export BETWEEN 0 AND 1),
            -- Numbers that were left out for a call elsewhere: the very same file may bring them in another day.
            called_recently INTEGER NOT NULL DEFAULT 0 CHECK (called_recently >= 0)
        ) STRICT;
        CREATE INDEX import_by_campaign ON import_row (campaign_id);

        CREATE TABLE contact_row (
            id INTEGER PRIMARY KEY,                 -- in the order of the lists
            campaign_id INTEGER NOT NULL REFERENCES campaign_row (id),
            import_id INTEGER NOT NULL REFERENCES import_row (id),
            line INTEGER NOT NULL CHECK (line >= 0),    -- of the list; 0: not known
            identity INTEGER NOT NULL CHECK (identity <> 0),
            phone INTEGER NOT NULL CHECK (phone <> 0),  -- what is dialed
            call_duration INTEGER CHECK (call_duration BETWEEN 1 AND 15),   -- seconds it rings; NULL: as the campaign says
            own TEXT NOT NULL,                      -- JSON array: the cells of the row as they were written
            state TEXT NOT NULL DEFAULT 'ready'
                CHECK (state = 'ready' OR state = 'dialing' OR state = 'accepted' OR state = 'failed'
                    OR state = 'in_doubt' OR state = 'excluded'),
            reason TEXT,                            -- why it is in that state
            due_at INTEGER NOT NULL DEFAULT 0,      -- of one that is ready: not before this; 0: as soon as its turn comes
            attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
            -- Attempts that count against the campaign's limit, and throttled replies in a row; both begin anew when a
            -- person puts the contact back.
            tries_used INTEGER NOT NULL DEFAULT 0 CHECK (tries_used BETWEEN 0 AND attempts),
            throttles_in_a_row INTEGER NOT NULL DEFAULT 0 CHECK (throttles_in_a_row BETWEEN 0 AND attempts),
            whatsapp_at INTEGER,                    -- when Z-API was asked whether the number has WhatsApp
            delivery TEXT,                          -- what a webhook told of the last call
            delivery_error TEXT,
            CHECK (reason IS NOT NULL OR state = 'ready' OR state = 'dialing' OR state = 'accepted'),
            CHECK (attempts > 0 OR state = 'ready' OR state = 'excluded')
        ) STRICT;
        -- Claims read the left end of a state's range; counts read the whole index and no table.
        CREATE INDEX contact_by_turn ON contact_row (campaign_id, state, due_at);

        -- A number stands in a campaign once, however it was written. Apart from `contact_row`, so that an import can append
        -- contacts as fast as they come and enter their identities in sorted batches: a page is touched once a batch, not
        -- once a row. No reference to `contact_row`, which would be looked up in the order of identities: all over it.
        CREATE TABLE contact_identity (
            campaign_id INTEGER NOT NULL REFERENCES campaign_row (id),
            identity INTEGER NOT NULL CHECK (identity <> 0),
            contact_id INTEGER NOT NULL,
            PRIMARY KEY (campaign_id, identity)
        ) STRICT, WITHOUT ROWID;

        -- A call. The row is written before the request leaves; the columns from ended_at on come with the result.
        CREATE TABLE attempt (
            contact_id INTEGER NOT NULL REFERENCES contact_row (id),
            number INTEGER NOT NULL CHECK (number >= 1),    -- counts the calls of a contact
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

        -- Items of Z-API's queue that may be the call of an attempt in doubt: evidence for a person, and no proof.
        CREATE TABLE queue_evidence (
            contact_id INTEGER NOT NULL,
            number INTEGER NOT NULL,
            zaap_id TEXT NOT NULL CHECK (zaap_id <> ''),
            message_id TEXT,
            created_at INTEGER,                     -- by Z-API's clock; NULL: the queue did not tell
            call_duration INTEGER CHECK (call_duration BETWEEN 1 AND 15),   -- NULL: the item does not say that it is a call
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

        -- Rows of a list that hold no number that is certain.
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

        -- Numbers of a list that became no contact of their own.
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

        -- The imports that were versions of one file, by its absolute path. Imports without a row here (standard input, pipes,
        -- exports of rejected rows) are no version of anything.
        CREATE TABLE list_version (
            campaign_id INTEGER NOT NULL REFERENCES campaign_row (id),
            path TEXT NOT NULL CHECK (path <> ''),
            import_id INTEGER NOT NULL REFERENCES import_row (id),
            modified_ns INTEGER,                    -- of the file, when it was read, since 1970; NULL: not known
            is_current INTEGER NOT NULL CHECK (is_current BETWEEN 0 AND 1),
            PRIMARY KEY (campaign_id, path, import_id)
        ) STRICT, WITHOUT ROWID;

        -- What the program wrote last to a file of rejected rows: whatever else stands there is a person's work.
        CREATE TABLE rejects_file (
            campaign_id INTEGER NOT NULL REFERENCES campaign_row (id),
            path TEXT NOT NULL CHECK (path <> ''),
            sha256 BLOB NOT NULL,
            PRIMARY KEY (campaign_id, path)
        ) STRICT, WITHOUT ROWID;

        -- Reads say campaign, contact and import, and see nothing of an import that is still coming in; writes say
        -- campaign_row, contact_row and import_row, and look at the end themselves. The plus keeps SQLite from looking
        -- through the table by id where an index does better.
        CREATE VIEW contact AS SELECT * FROM contact_row WHERE +id < (SELECT contacts_end FROM store);
        CREATE VIEW campaign AS SELECT * FROM campaign_row WHERE +id IS NOT (SELECT loading_new_campaign FROM store);
        CREATE VIEW import AS SELECT * FROM import_row WHERE +id < (SELECT imports_end FROM store);
        """
}
