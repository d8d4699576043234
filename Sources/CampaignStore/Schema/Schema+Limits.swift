extension Schema {
    /// What a run of days over several instances needs: moments that no set clock touches, how much each instance was
    /// used, what every campaign allows it, and how it is.
    static let limits = """
        -- What is believed of the wall clock in the present life of the machine; see LimitClock.
        ALTER TABLE store ADD COLUMN boot TEXT;
        ALTER TABLE store ADD COLUMN believed_offset INTEGER;

        -- next_at once more, as milliseconds in the life of the machine called next_boot.
        ALTER TABLE campaign ADD COLUMN next_boot TEXT;
        ALTER TABLE campaign ADD COLUMN next_uptime INTEGER;
        -- What its run does or waits for; only of interest while there is one.
        ALTER TABLE campaign ADD COLUMN activity TEXT CHECK (activity IS NULL OR activity = 'dialing'
            OR activity = 'window' OR activity = 'cap' OR activity = 'instance' OR activity = 'retry'
            OR activity = 'canary');
        ALTER TABLE campaign ADD COLUMN activity_until INTEGER;
        -- When its last run began, and how many contacts were done then.
        ALTER TABLE campaign ADD COLUMN begun_at INTEGER;
        ALTER TABLE campaign ADD COLUMN begun_finished INTEGER CHECK (begun_finished >= 0);
        ALTER TABLE campaign ADD COLUMN time_zone TEXT;     -- in which its days begin; NULL: the machine's

        ALTER TABLE instance ADD COLUMN next_boot TEXT;
        ALTER TABLE instance ADD COLUMN next_uptime INTEGER;
        -- How it was when a run last looked; NULL: never.
        ALTER TABLE instance ADD COLUMN condition TEXT CHECK (condition IS NULL OR condition = 'connected'
            OR condition = 'disconnected' OR condition = 'unreachable' OR condition = 'misconfigured'
            OR condition = 'quarantined');
        ALTER TABLE instance ADD COLUMN condition_reason TEXT;
        ALTER TABLE instance ADD COLUMN condition_since INTEGER;
        ALTER TABLE instance ADD COLUMN condition_until INTEGER;
        ALTER TABLE instance ADD COLUMN queued_items INTEGER CHECK (queued_items >= 0);

        -- Calls begun in each quarter of an hour, by whichever campaign: what daily caps and warm-up ladders count. Apart
        -- from the attempts, so that a start need not read them all.
        CREATE TABLE instance_use (
            instance_id INTEGER NOT NULL REFERENCES instance (id),
            quarter INTEGER NOT NULL,               -- since 1970-01-01T00:00:00Z
            calls INTEGER NOT NULL CHECK (calls >= 0),
            new_recipients INTEGER NOT NULL CHECK (new_recipients BETWEEN 0 AND calls),
            PRIMARY KEY (instance_id, quarter)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO instance_use (instance_id, quarter, calls, new_recipients)
            SELECT instance_id, quarter, count(*), sum(is_first) FROM (
                SELECT attempt.instance_id, attempt.started_at / 900000 AS quarter,
                    row_number() OVER (
                        PARTITION BY attempt.instance_id, contact.identity ORDER BY attempt.started_at, attempt.number
                    ) = 1 AS is_first
                FROM attempt JOIN contact ON contact.id = attempt.contact_id
                WHERE attempt.outcome IS NULL
                    OR attempt.outcome NOT IN ('not_sent', 'throttled', 'misconfigured'))
            GROUP BY instance_id, quarter;

        -- What each campaign allows an instance, as it said when it was last run. All of them hold.
        CREATE TABLE instance_limit (
            campaign_id INTEGER NOT NULL REFERENCES campaign (id),
            instance_id INTEGER NOT NULL REFERENCES instance (id),
            gap_ns INTEGER CHECK (gap_ns >= 0),     -- from call to call; NULL: the ring and 1 to 3 s; 0: none
            daily_cap INTEGER CHECK (daily_cap >= 0),
            warmup TEXT CHECK (warmup IS NULL OR json_type(warmup) = 'array'),
            stated_at INTEGER NOT NULL,
            PRIMARY KEY (instance_id, campaign_id)
        ) STRICT, WITHOUT ROWID;
        """
}
