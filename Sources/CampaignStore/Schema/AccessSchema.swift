/// The tables of who may use the dashboard and the API, and of who did what; part of ``Schema``.
///
/// Of tokens and passwords only hashes are kept: 32 bytes of SHA-256, or of scrypt.
enum AccessSchema {
    static let tables = """
        -- Somebody who may use the dashboard; without a password, by one-time links only.
        CREATE TABLE dashboard_user (
            name TEXT PRIMARY KEY CHECK (name <> ''),
            level TEXT NOT NULL CHECK (level = 'read' OR level = 'operate'),
            password_hash BLOB CHECK (length(password_hash) = 32),
            password_salt BLOB CHECK ((password_salt IS NULL) = (password_hash IS NULL)),
            -- scrypt's N, r and p.
            password_rounds INTEGER CHECK ((password_rounds IS NULL) = (password_hash IS NULL)),
            password_block_size INTEGER CHECK ((password_block_size IS NULL) = (password_hash IS NULL)),
            password_parallelism INTEGER CHECK ((password_parallelism IS NULL) = (password_hash IS NULL)),
            created_at INTEGER NOT NULL,
            changed_at INTEGER NOT NULL             -- when the level or the password was last set
        ) STRICT, WITHOUT ROWID;

        -- Somebody who is signed in. The user's level of the moment applies where it is less.
        CREATE TABLE dashboard_session (
            token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
            user_name TEXT NOT NULL REFERENCES dashboard_user (name),
            level TEXT NOT NULL CHECK (level = 'read' OR level = 'operate'),
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- A link that signs somebody in once; it is removed when it is used.
        CREATE TABLE login_link (
            token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
            user_name TEXT NOT NULL REFERENCES dashboard_user (name),
            level TEXT NOT NULL CHECK (level = 'read' OR level = 'operate'),
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- Who may use the API.
        CREATE TABLE api_token (
            token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
            name TEXT NOT NULL UNIQUE CHECK (name <> ''),
            scopes TEXT NOT NULL CHECK (json_type(scopes) = 'array'),   -- of read, operate and import
            created_at INTEGER NOT NULL,
            created_by TEXT NOT NULL,
            last_used_at INTEGER,                   -- at most a minute off; NULL: not yet
            expires_at INTEGER                      -- NULL: never
        ) STRICT, WITHOUT ROWID;

        -- What the API replied to requests that named a key of their own, for a day: the same request gets the same reply.
        CREATE TABLE idempotency_key (
            token_hash BLOB NOT NULL CHECK (length(token_hash) = 32),
            key TEXT NOT NULL CHECK (key <> ''),
            request_hash BLOB NOT NULL,
            status INTEGER NOT NULL,                -- 0: it was begun, and there is no reply yet
            body BLOB NOT NULL,
            content_type TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            PRIMARY KEY (token_hash, key)
        ) STRICT, WITHOUT ROWID;

        -- Who did what, the latest last. Nothing in it names a person who is called; of phones there is only the masked
        -- form. Of a campaign that was deleted, only counts are left.
        CREATE TABLE action_log (
            id INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            actor_kind TEXT NOT NULL
                CHECK (actor_kind = 'terminal' OR actor_kind = 'dashboard' OR actor_kind = 'api'),
            actor TEXT NOT NULL,
            operation TEXT NOT NULL CHECK (operation <> ''),
            campaign TEXT,                          -- its name; NULL: none, or it was deleted
            detail TEXT NOT NULL CHECK (json_type(detail) = 'object'),
            -- Begun: under way; or the process was ended before it could say how it went.
            state TEXT NOT NULL CHECK (state = 'begun' OR state = 'done' OR state = 'failed'),
            ended_at INTEGER CHECK ((ended_at IS NULL) = (state = 'begun')),
            error TEXT CHECK (error IS NULL OR state = 'failed')
        ) STRICT;
        CREATE INDEX action_by_campaign ON action_log (campaign, id) WHERE campaign IS NOT NULL;
        """
}
