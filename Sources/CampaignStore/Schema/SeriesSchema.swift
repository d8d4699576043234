/// The table of calls over time; part of ``Schema``.
///
/// A chart of a million calls, drawn anew each second, cannot read them all. So each call is counted where it began, in
/// its minute, its hour and all time at once: a chart reads as many rows as it has points, and minutes can go when they
/// are old. No trigger does it: a transaction adds up what its results say first, and writes each row once.
///
/// No CHECK keeps a figure from being negative: a wrong one must never keep a call's result from being written.
enum SeriesSchema {
    static let tables = """
        -- Calls that have ended, by when they began. What became of them is counted as it was known when they ended; a
        -- doubt that turned out to be an accepted call is in in_doubt, and in settled. What webhooks say is counted where
        -- the call began, too, and as it is known now.
        CREATE TABLE call_series (
            campaign_id INTEGER NOT NULL REFERENCES campaign_row (id),
            span INTEGER NOT NULL CHECK (span = 0 OR span = 1 OR span = 60),    -- minutes of the row; 0: all time
            start INTEGER NOT NULL,                 -- minutes since 1970-01-01T00:00:00Z; 0 in the row of all time
            instance_id INTEGER NOT NULL REFERENCES instance (id),
            accepted INTEGER NOT NULL,
            in_doubt INTEGER NOT NULL,
            not_sent INTEGER NOT NULL,
            throttled INTEGER NOT NULL,
            refused INTEGER NOT NULL,
            misconfigured INTEGER NOT NULL,
            server_error INTEGER NOT NULL,
            settled INTEGER NOT NULL,
            delivered INTEGER NOT NULL,
            answered INTEGER NOT NULL,
            not_answered INTEGER NOT NULL,
            -- Calls whose latency is known, and its sum.
            timed INTEGER NOT NULL,
            latency_ms INTEGER NOT NULL,
            PRIMARY KEY (campaign_id, span, start, instance_id)
        ) STRICT, WITHOUT ROWID;
        """
}
