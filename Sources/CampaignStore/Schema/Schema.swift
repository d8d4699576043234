import CampaignCore
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
    /// (see CHANGELOG.md for whether that is released). Before a later one runs, ``UpgradeCopy`` keeps what was there.
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
                OR activity = 'instance' OR activity = 'retry' OR activity = 'canary' OR activity = 'contacts'
                OR activity = 'held_back' OR activity = 'answers' OR activity = 'per_person'),
            activity_until INTEGER,
            -- Whether somebody asked for it to be dialed, and it has not ended since: a service goes on with it.
            is_active INTEGER NOT NULL DEFAULT 0 CHECK (is_active BETWEEN 0 AND 1),
            -- Whether its run stays open for contacts that come later; only meaningful while it is active.
            follows INTEGER NOT NULL DEFAULT 0 CHECK (follows BETWEEN 0 AND 1),
            -- Its canary: how many calls are judged before the others (NULL: none, or it was judged good), which request
            -- it comes from, and how many of these calls have ended well or failed so far.
            canary INTEGER CHECK (canary >= 1),
            canary_id INTEGER,
            canary_ok INTEGER NOT NULL DEFAULT 0 CHECK (canary_ok >= 0),
            canary_failed INTEGER NOT NULL DEFAULT 0 CHECK (canary_failed >= 0),
            stopped_because TEXT, stopped_because_pt TEXT,  -- why its last run ended or it cannot go on, for people; or NULL
            -- When its last run began, how many contacts were finished then, and the time zone in which its days begin
            -- (NULL: the machine's).
            begun_at INTEGER,
            begun_finished INTEGER CHECK (begun_finished >= 0),
            time_zone TEXT,
            -- How often, and how long afterwards, somebody who did not answer is called again, according to its file at
            -- its last run; NULL: never.
            redial_attempts INTEGER CHECK (redial_attempts >= 1),
            redial_after_ms INTEGER CHECK ((redial_after_ms IS NULL) = (redial_attempts IS NULL)),
            -- Since when it is paused, by which user, by which command; all NULL: it is not paused.
            paused_at INTEGER,
            paused_by TEXT CHECK ((paused_by IS NULL) = (paused_at IS NULL)),
            paused_with TEXT CHECK ((paused_with IS NULL) = (paused_at IS NULL)),
            -- How often it was cancelled, whether the last cancel is still under way, and how many contacts that has
            -- excluded.
            cancels INTEGER NOT NULL DEFAULT 0 CHECK (cancels >= 0),
            is_cancelling INTEGER NOT NULL DEFAULT 0 CHECK (is_cancelling BETWEEN 0 AND 1),
            cancelled INTEGER NOT NULL DEFAULT 0 CHECK (cancelled >= 0),
            cancelled_to INTEGER NOT NULL DEFAULT 0,    -- contacts after this one came after the last cancel
            last_call_at INTEGER,                   -- when its last call began; NULL: none since the last cancel
            called_at INTEGER,                      -- the same, whatever was cancelled; NULL: none yet
            -- Its own words for opting out, as a JSON object, according to its file at its last run; NULL: none.
            opt_out TEXT CHECK (opt_out IS NULL OR json_type(opt_out) = 'object'),
            -- Whether contacts are called on the next phone of their row where one is no use, according to its file at
            -- its last run.
            falls_back INTEGER NOT NULL DEFAULT 0 CHECK (falls_back BETWEEN 0 AND 1)
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
            queued_items INTEGER CHECK (queued_items >= 0),
            -- When its last webhook arrived, and the last one about a call; NULL: none yet.
            last_event_at INTEGER,
            last_call_event_at INTEGER,
            -- What webhooks said about its last calls, a letter each, the latest last; see DeliveryStreak.
            last_deliveries TEXT NOT NULL DEFAULT '',
            -- Its last quarantine, or rest: how long (1 to 3: 24, 48, 96 h; 0: it had none), until when, and why.
            quarantine_level INTEGER NOT NULL DEFAULT 0 CHECK (quarantine_level BETWEEN 0 AND 3),
            quarantine_until INTEGER,
            rest_until INTEGER,
            quarantine_reason TEXT
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

        CREATE TABLE contact_row (
            id INTEGER PRIMARY KEY,                 -- in the order of the lists
            campaign_id INTEGER NOT NULL REFERENCES campaign_row (id),
            import_id INTEGER NOT NULL REFERENCES import_row (id),
            line INTEGER NOT NULL CHECK (line >= 0),    -- in the list; 0: unknown
            identity INTEGER NOT NULL CHECK (identity <> 0),
            phone INTEGER NOT NULL CHECK (phone <> 0),  -- what is dialed
            call_duration INTEGER CHECK (call_duration BETWEEN 1 AND 15),   -- seconds it rings; NULL: the campaign's
            call_audio_url TEXT,                    -- the sound to play; NULL: the campaign's
            not_before INTEGER,                     -- it is not called before this, by the wall clock; NULL: at any time
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
            -- Further calls because nobody answered: how many there were, with the one that is waiting or under way; and
            -- when that one may begin. NULL: there is none.
            redials INTEGER NOT NULL DEFAULT 0 CHECK (redials BETWEEN 0 AND attempts),
            redial_at INTEGER CHECK (redial_at IS NULL OR redials > 0),
            whatsapp_at INTEGER,                    -- when Z-API was asked whether the number has WhatsApp
            -- The `@lid` of the same person, as Z-API has said it for this number; person_lid has those of all. Negative,
            -- like every `@lid`.
            lid INTEGER CHECK (lid < 0),
            -- What webhooks have said about the last call, or about an earlier one because of which it must not be
            -- called again; the same as in that attempt.
            delivery TEXT CHECK (delivery IS NULL OR delivery = 'delivered' OR delivery = 'failed'
                OR delivery = 'unknown'),
            delivery_error TEXT,
            answer TEXT CHECK (answer IS NULL OR answer = 'answered' OR answer = 'not_answered'),
            answered_at INTEGER,                    -- when it was answered, or ended unanswered
            called_back_at INTEGER,                 -- when the person first rang us after a call
            replied_at INTEGER,                     -- when they first wrote after a call
            -- How often the campaign had been cancelled when the contact was last called, or somebody wanted it called;
            -- NULL: neither since its import.
            cancels INTEGER CHECK (cancels >= 0),
            is_delisted INTEGER NOT NULL DEFAULT 0 CHECK (is_delisted BETWEEN 0 AND 1),     -- its list was replaced by
                                                    -- one without it
            CHECK (reason IS NOT NULL OR state = 'ready' OR state = 'dialing' OR state = 'accepted'),
            CHECK (attempts > 0 OR state = 'ready' OR state = 'excluded'),
            -- Nobody dials a hash (ErasureSchema).
            CHECK (phone < \(PhoneNumber.forgotten.lowerBound) OR state <> 'ready' AND state <> 'dialing')
        ) STRICT;
        -- Claims read the left end of a state's range; counts read the whole index and no table.
        CREATE INDEX contact_by_turn ON contact_row (campaign_id, state, due_at);
        CREATE INDEX contact_by_redial ON contact_row (campaign_id) WHERE redial_at IS NOT NULL;
        CREATE INDEX contact_delisted ON contact_row (campaign_id) WHERE is_delisted = 1;
        -- Counts what came of the calls, without reading the table.
        CREATE INDEX contact_by_outcome ON contact_row (campaign_id, delivery, answer, called_back_at, replied_at)
            WHERE delivery IS NOT NULL OR called_back_at IS NOT NULL OR replied_at IS NOT NULL;
        -- Few campaigns hold contacts back: the others are not in it.
        CREATE INDEX contact_held_back ON contact_row (campaign_id, not_before) WHERE not_before IS NOT NULL;

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
            -- What webhooks have said about it; they only add to it (CallFacts).
            delivery TEXT CHECK (delivery IS NULL OR delivery = 'delivered' OR delivery = 'failed'
                OR delivery = 'unknown'),
            delivery_reason TEXT CHECK ((delivery_reason IS NULL) = (delivery IS NULL OR delivery = 'delivered')),
            delivery_error TEXT,
            delivered_at INTEGER,
            answer TEXT CHECK (answer IS NULL OR answer = 'answered' OR answer = 'not_answered'),
            answered_at INTEGER CHECK ((answered_at IS NULL) = (answer IS NULL)),
            -- How much was known of it (CallFacts.Standing) when it was decided that the contact may be dialed again
            -- although it may have rung; NULL: nobody has decided so.
            released INTEGER CHECK (released BETWEEN 0 AND 4),
            -- Which number of its row it dialed (contact_phone), where the contact has another by now; NULL: the
            -- contact's.
            place INTEGER CHECK (place >= 0),
            PRIMARY KEY (contact_id, number),
            CHECK (outcome IS NOT 'accepted' OR zaap_id IS NOT NULL OR message_id IS NOT NULL),
            CHECK (answer IS NULL OR delivery IS 'delivered')
        ) STRICT, WITHOUT ROWID;
        -- Webhooks name a call by either of its ids, in upper or lower case.
        CREATE INDEX attempt_by_message ON attempt (message_id COLLATE NOCASE) WHERE message_id IS NOT NULL;
        CREATE INDEX attempt_by_zaap ON attempt (zaap_id COLLATE NOCASE) WHERE zaap_id IS NOT NULL;
        CREATE INDEX attempt_unnamed ON attempt (instance_id, started_at)
            WHERE (outcome = 'in_doubt' OR outcome = 'accepted') AND (zaap_id IS NULL OR message_id IS NULL);

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

        \(ListSchema.tables)

        \(EventSchema.tables)
        \(HistorySchema.tables)
        \(CountSchema.tables)
        \(SeriesSchema.tables)
        \(ErasureSchema.tables)
        \(AccessSchema.tables)

        -- Reads use campaign, contact and import, and see nothing of an unfinished import; writes use campaign_row,
        -- contact_row and import_row, and check the end themselves. The plus keeps SQLite from searching the table by
        -- id where an index does better.
        CREATE VIEW contact AS SELECT * FROM contact_row WHERE +id < (SELECT contacts_end FROM store);
        CREATE VIEW campaign AS SELECT * FROM campaign_row WHERE +id IS NOT (SELECT loading_new_campaign FROM store);
        CREATE VIEW import AS SELECT * FROM import_row WHERE +id < (SELECT imports_end FROM store);
        """
}
