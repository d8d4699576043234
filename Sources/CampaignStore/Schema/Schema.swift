import GRDB

/// The tables, in the order in which they came to be. A migration that has shipped is never edited.
enum Schema {
    /// "disc": marks a file as ours for `file(1)` and for us.
    static let applicationID: Int32 = 0x6469_7363

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 spine") { db in
            try db.execute(sql: spine)
        }
        migrator.registerMigration("2 lists") { db in
            try db.execute(sql: lists)
        }
        migrator.registerMigration("3 limits") { db in
            try db.execute(sql: limits)
        }
        migrator.registerMigration("4 tide") { db in
            try db.execute(sql: tide)
        }
        migrator.registerMigration("5 queue evidence") { db in
            try db.execute(sql: evidence)
        }
        migrator.registerMigration("6 lists") { db in
            try db.execute(sql: listVersions)
        }
        migrator.registerMigration("7 receipts") { db in
            try widenReceipts(db)
        }
        migrator.registerMigration("8 pause") { db in
            try db.execute(sql: pause)
        }
        migrator.registerMigration("9 load") { db in
            try db.execute(sql: loading)
        }
        migrator.registerMigration("10 cancelling") { db in
            try db.execute(sql: cancelling)
        }
        return migrator
    }

    private static let spine = """
        -- One row: the name of this very file, so that a spool left beside another one is never taken in.
        CREATE TABLE store (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            uuid TEXT NOT NULL
        ) STRICT;
        INSERT INTO store (id, uuid) VALUES (1, lower(hex(randomblob(16))));

        CREATE TABLE campaign (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE CHECK (name <> ''),
            file TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            next_at INTEGER NOT NULL DEFAULT 0      -- the campaign's own pace: no call before this
        ) STRICT;

        -- Shared by all campaigns: two campaigns that name the same Z-API instance share its pace.
        CREATE TABLE instance (
            id INTEGER PRIMARY KEY,
            zapi_id TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            next_at INTEGER NOT NULL DEFAULT 0      -- its pace: no call before this
        ) STRICT;

        CREATE TABLE import (
            id INTEGER PRIMARY KEY,
            campaign_id INTEGER NOT NULL REFERENCES campaign (id),
            file TEXT NOT NULL,
            columns TEXT NOT NULL CHECK (json_type(columns) = 'array'),
            imported_at INTEGER NOT NULL,
            accepted INTEGER NOT NULL DEFAULT 0 CHECK (accepted >= 0),
            duplicates INTEGER NOT NULL DEFAULT 0 CHECK (duplicates >= 0),
            rejected INTEGER NOT NULL DEFAULT 0 CHECK (rejected >= 0),
            blank INTEGER NOT NULL DEFAULT 0 CHECK (blank >= 0)
        ) STRICT;
        CREATE INDEX import_by_campaign ON import (campaign_id);

        CREATE TABLE contact (
            id INTEGER PRIMARY KEY,
            campaign_id INTEGER NOT NULL REFERENCES campaign (id),
            import_id INTEGER NOT NULL REFERENCES import (id),
            identity INTEGER NOT NULL CHECK (identity <> 0),
            phone INTEGER NOT NULL CHECK (phone <> 0),
            call_duration INTEGER CHECK (call_duration BETWEEN 1 AND 15),
            own TEXT NOT NULL,                      -- JSON array: the cells of the row as they were written
            state TEXT NOT NULL DEFAULT 'ready'
                CHECK (state IN ('ready', 'dialing', 'accepted', 'failed', 'in_doubt', 'excluded')),
            reason TEXT,
            due_at INTEGER NOT NULL DEFAULT 0,
            attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
            tries_used INTEGER NOT NULL DEFAULT 0 CHECK (tries_used BETWEEN 0 AND attempts),
            throttles_in_a_row INTEGER NOT NULL DEFAULT 0 CHECK (throttles_in_a_row BETWEEN 0 AND attempts),
            delivery TEXT,
            delivery_error TEXT,
            CHECK (state NOT IN ('failed', 'in_doubt', 'excluded') OR reason IS NOT NULL),
            CHECK (state NOT IN ('dialing', 'accepted', 'failed', 'in_doubt') OR attempts > 0)
        ) STRICT;
        -- A number stands in a campaign once, however it was written.
        CREATE UNIQUE INDEX contact_by_identity ON contact (campaign_id, identity);
        -- Claims read the left end of a state's range; counts read the whole index and no table.
        CREATE INDEX contact_by_turn ON contact (campaign_id, state, due_at);

        -- A row is written before its request leaves; the columns from ended_at on come with the result.
        CREATE TABLE attempt (
            contact_id INTEGER NOT NULL REFERENCES contact (id),
            number INTEGER NOT NULL CHECK (number >= 1),
            instance_id INTEGER NOT NULL REFERENCES instance (id),
            started_at INTEGER NOT NULL,
            ended_at INTEGER,
            outcome TEXT CHECK (outcome IN (
                'accepted', 'in_doubt', 'not_sent', 'throttled', 'refused', 'misconfigured', 'server_error')),
            http_status INTEGER,
            error TEXT,
            zaap_id TEXT,
            message_id TEXT,
            latency_ms INTEGER,
            PRIMARY KEY (contact_id, number),
            CHECK (outcome IS NOT 'accepted' OR zaap_id IS NOT NULL)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE reject (
            id INTEGER PRIMARY KEY,
            import_id INTEGER NOT NULL REFERENCES import (id),
            line INTEGER NOT NULL CHECK (line >= 1),
            raw BLOB NOT NULL,                      -- the row byte for byte
            own TEXT NOT NULL,                      -- JSON array: its cells
            reason TEXT NOT NULL,
            suggestion TEXT NOT NULL
        ) STRICT;
        CREATE INDEX reject_by_import ON reject (import_id);
        """
}
