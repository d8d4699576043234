extension Schema {
    /// What lists of any size need: identities apart from the contacts, do-not-call, and imports that know their files.
    ///
    /// Checks compare word by word here. `state IN (…)` would be the same rule, but SQLite builds a table of the words
    /// anew for every row that is written, which made a row three times as dear.
    static let lists = """
        CREATE TABLE contact_new (
            id INTEGER PRIMARY KEY,
            campaign_id INTEGER NOT NULL REFERENCES campaign (id),
            import_id INTEGER NOT NULL REFERENCES import (id),
            line INTEGER NOT NULL CHECK (line >= 0),    -- of the list; 0: taken in before lines were kept
            identity INTEGER NOT NULL CHECK (identity <> 0),
            phone INTEGER NOT NULL CHECK (phone <> 0),
            call_duration INTEGER CHECK (call_duration BETWEEN 1 AND 15),
            own TEXT NOT NULL,                      -- JSON array: the cells of the row as they were written
            state TEXT NOT NULL DEFAULT 'ready'
                CHECK (state = 'ready' OR state = 'dialing' OR state = 'accepted' OR state = 'failed'
                    OR state = 'in_doubt' OR state = 'excluded'),
            reason TEXT,
            due_at INTEGER NOT NULL DEFAULT 0,
            attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
            tries_used INTEGER NOT NULL DEFAULT 0 CHECK (tries_used BETWEEN 0 AND attempts),
            throttles_in_a_row INTEGER NOT NULL DEFAULT 0 CHECK (throttles_in_a_row BETWEEN 0 AND attempts),
            whatsapp_at INTEGER,                    -- when Z-API was asked whether the number has WhatsApp
            delivery TEXT,
            delivery_error TEXT,
            CHECK (reason IS NOT NULL OR state = 'ready' OR state = 'dialing' OR state = 'accepted'),
            CHECK (attempts > 0 OR state = 'ready' OR state = 'excluded')
        ) STRICT;
        INSERT INTO contact_new (id, campaign_id, import_id, line, identity, phone, call_duration, own, state, reason,
                due_at, attempts, tries_used, throttles_in_a_row, delivery, delivery_error)
            SELECT id, campaign_id, import_id, 0, identity, phone, call_duration, own, state, reason,
                due_at, attempts, tries_used, throttles_in_a_row, delivery, delivery_error FROM contact ORDER BY id;
        DROP TABLE contact;
        ALTER TABLE contact_new RENAME TO contact;
        -- Claims read the left end of a state's range; counts read the whole index and no table.
        CREATE INDEX contact_by_turn ON contact (campaign_id, state, due_at);

        -- A number stands in a campaign once, however it was written. Apart from `contact`, so that an import can append
        -- contacts as fast as they come and enter their identities in sorted batches: a page is touched once a batch,
        -- not once a row. No reference to `contact`, which would be looked up in the order of identities: all over it.
        CREATE TABLE contact_identity (
            campaign_id INTEGER NOT NULL REFERENCES campaign (id),
            identity INTEGER NOT NULL CHECK (identity <> 0),
            contact_id INTEGER NOT NULL,
            PRIMARY KEY (campaign_id, identity)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO contact_identity (campaign_id, identity, contact_id)
            SELECT campaign_id, identity, id FROM contact ORDER BY campaign_id, identity;

        CREATE TABLE attempt_new (
            contact_id INTEGER NOT NULL REFERENCES contact (id),
            number INTEGER NOT NULL CHECK (number >= 1),
            instance_id INTEGER NOT NULL REFERENCES instance (id),
            started_at INTEGER NOT NULL,
            ended_at INTEGER,
            outcome TEXT CHECK (outcome IS NULL OR outcome = 'accepted' OR outcome = 'in_doubt' OR outcome = 'not_sent'
                OR outcome = 'throttled' OR outcome = 'refused' OR outcome = 'misconfigured'
                OR outcome = 'server_error'),
            http_status INTEGER,
            error TEXT,
            zaap_id TEXT,
            message_id TEXT,
            latency_ms INTEGER,
            PRIMARY KEY (contact_id, number),
            CHECK (outcome IS NOT 'accepted' OR zaap_id IS NOT NULL)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO attempt_new SELECT * FROM attempt ORDER BY contact_id, number;
        DROP TABLE attempt;
        ALTER TABLE attempt_new RENAME TO attempt;

        -- Who asked not to be called; one list for all campaigns of the database.
        CREATE TABLE block (
            identity INTEGER PRIMARY KEY CHECK (identity <> 0),
            phone INTEGER NOT NULL CHECK (phone <> 0),
            reason TEXT NOT NULL,
            blocked_at INTEGER NOT NULL
        ) STRICT;

        -- Numbers of a list that became no contact of their own.
        CREATE TABLE duplicate (
            id INTEGER PRIMARY KEY,
            import_id INTEGER NOT NULL REFERENCES import (id),
            line INTEGER NOT NULL CHECK (line >= 1),
            phone INTEGER NOT NULL CHECK (phone <> 0),
            contact_id INTEGER REFERENCES contact (id),     -- who has the number; NULL: nobody in this campaign
            reason TEXT NOT NULL
                CHECK (reason = 'repeated' OR reason = 'already_in_campaign' OR reason = 'called_recently')
        ) STRICT;
        CREATE INDEX duplicate_by_import ON duplicate (import_id);
        CREATE INDEX duplicate_by_contact ON duplicate (contact_id);

        ALTER TABLE import ADD COLUMN extra INTEGER NOT NULL DEFAULT 0 CHECK (extra >= 0);
        ALTER TABLE import ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0 CHECK (bytes >= 0);
        ALTER TABLE import ADD COLUMN sha256 BLOB;  -- of the file; NULL: taken in before it was kept
        ALTER TABLE import ADD COLUMN reading TEXT NOT NULL DEFAULT '';     -- the options it was read with
        """
}
