/// The tables of what webhooks bring; part of ``Schema``.
enum EventSchema {
    static let tables = """
        -- Addresses at which webhooks of an instance are accepted. Of a token only its hash is kept.
        CREATE TABLE webhook_address (
            token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
            instance_id INTEGER NOT NULL REFERENCES instance (id),
            created_at INTEGER NOT NULL,
            expires_at INTEGER,                     -- accepted until then, after a rotation; NULL: until it is replaced
            public_url TEXT NOT NULL,               -- what it begins with, as Z-API sees it, without the token
            forward_url TEXT,                       -- where events are passed on to; NULL: nowhere
            -- Whether Z-API was seen to post there; 0 while it is being set, and if that was interrupted.
            is_confirmed INTEGER NOT NULL DEFAULT 0 CHECK (is_confirmed = 0 OR is_confirmed = 1)
        ) STRICT, WITHOUT ROWID;

        -- What webhooks said, in the order of their arrival.
        CREATE TABLE event (
            id INTEGER PRIMARY KEY,
            instance_id INTEGER NOT NULL REFERENCES instance (id),
            key TEXT NOT NULL CHECK (key <> ''),    -- the same for every repeat
            type TEXT NOT NULL,                     -- in the payload's words
            received_at INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state = 'applied' OR state = 'parked' OR state = 'unmatched' OR state = 'other'),
            remark TEXT,                            -- why it changed nothing, or less than it says
            person INTEGER,                         -- an identity, or an `@lid`; NULL: not known
            -- The call that it belongs to; both NULL: none. Not a reference: every contact that is removed would be
            -- searched for among all events.
            contact_id INTEGER,
            number INTEGER CHECK ((number IS NULL) = (contact_id IS NULL)),
            UNIQUE (instance_id, key)
        ) STRICT;
        CREATE INDEX event_by_person ON event (person) WHERE person IS NOT NULL;
        -- What goes with a contact that is forgotten or deleted.
        CREATE INDEX event_by_contact ON event (contact_id) WHERE contact_id IS NOT NULL;
        -- What waits for the result of a call.
        CREATE INDEX event_parked ON event (received_at) WHERE state = 'parked';

        -- The bodies as they arrived, apart, so that old ones are removed from one end of the table.
        CREATE TABLE event_body (
            event_id INTEGER PRIMARY KEY REFERENCES event (id),
            received_at INTEGER NOT NULL,
            body BLOB NOT NULL
        ) STRICT;

        -- Events that came before the result, or the ids, of a call that they may belong to, and by what that call is
        -- recognized.
        CREATE TABLE parked_event (
            event_id INTEGER PRIMARY KEY REFERENCES event (id),
            event TEXT NOT NULL CHECK (json_type(event) = 'object')
        ) STRICT;
        CREATE TABLE parked_key (
            key TEXT NOT NULL CHECK (key <> ''),    -- an id in lower case, `person ` and an identity, or `call ` and a call
            event_id INTEGER NOT NULL REFERENCES parked_event (event_id),
            contact_id INTEGER,                     -- that call; both NULL: the key is something else
            number INTEGER CHECK ((number IS NULL) = (contact_id IS NULL)),
            PRIMARY KEY (key, event_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX parked_key_by_event ON parked_key (event_id);

        -- How many events came, by the payload's words; kept when the events are removed.
        CREATE TABLE event_total (
            instance_id INTEGER NOT NULL REFERENCES instance (id),
            type TEXT NOT NULL,
            events INTEGER NOT NULL CHECK (events >= 0),
            last_at INTEGER NOT NULL,
            PRIMARY KEY (instance_id, type)
        ) STRICT, WITHOUT ROWID;

        -- Which phone is behind an `@lid`, as webhooks and `plan --check-whatsapp` have said: they are one person.
        CREATE TABLE person_lid (
            lid INTEGER NOT NULL CHECK (lid < 0),
            identity INTEGER NOT NULL CHECK (identity > 0),
            PRIMARY KEY (lid, identity)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX person_lid_by_identity ON person_lid (identity);

        -- Webhooks at an address of ours that were too large to be kept.
        CREATE TABLE lost_event (
            instance_id INTEGER PRIMARY KEY REFERENCES instance (id),
            events INTEGER NOT NULL CHECK (events > 0),
            last_at INTEGER NOT NULL
        ) STRICT;

        -- What people replied.
        CREATE TABLE reply (
            id INTEGER PRIMARY KEY,
            instance_id INTEGER NOT NULL REFERENCES instance (id),
            identity INTEGER NOT NULL CHECK (identity <> 0),
            phone INTEGER NOT NULL CHECK (phone <> 0),      -- as the webhook has it; negative: an `@lid`
            contact_id INTEGER,                     -- who was called last; NULL: nobody, as far as is known
            received_at INTEGER NOT NULL,
            form TEXT NOT NULL CHECK (form = 'text' OR form = 'button' OR form = 'media'),
            text TEXT NOT NULL,
            level TEXT NOT NULL CHECK (level = 'opt_out' OR level = 'review' OR level = 'media' OR level = 'none'),
            rule TEXT NOT NULL,                     -- what was recognized; empty: nothing
            -- A person's decision about an ambiguous one, by whom and when.
            decision TEXT CHECK (decision IS NULL OR decision = 'blocked' OR decision = 'dismissed'),
            decided_at INTEGER CHECK ((decided_at IS NULL) = (decision IS NULL)),
            decided_by TEXT CHECK ((decided_by IS NULL) = (decision IS NULL))
        ) STRICT;
        CREATE INDEX reply_by_person ON reply (identity);
        CREATE INDEX reply_undecided ON reply (id)
            WHERE decision IS NULL AND (level = 'review' OR level = 'media');
        CREATE INDEX reply_opt_out ON reply (identity) WHERE level = 'opt_out' OR decision = 'blocked';

        -- People whose ambiguous reply waits for a decision: they are not called. Like `block`, for all campaigns.
        CREATE TABLE hold (
            identity INTEGER NOT NULL CHECK (identity <> 0),
            reply_id INTEGER NOT NULL REFERENCES reply (id),
            PRIMARY KEY (identity, reply_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX hold_by_reply ON hold (reply_id);
        """
}
