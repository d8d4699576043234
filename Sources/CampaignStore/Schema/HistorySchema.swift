/// The table of what happened to campaigns as a whole; part of ``Schema``.
enum HistorySchema {
    static let tables = """
        -- When a run of a campaign began with other settings than before, when it was paused and resumed, and when a run
        -- began to wait for its window (shut) and stopped waiting (open). A few rows a day, for reports.
        CREATE TABLE campaign_history (
            id INTEGER PRIMARY KEY,
            campaign_id INTEGER NOT NULL REFERENCES campaign_row (id),
            at INTEGER NOT NULL,
            change TEXT NOT NULL CHECK (change = 'settings' OR change = 'paused' OR change = 'resumed' OR change = 'shut'
                OR change = 'open'),
            until INTEGER,                          -- of shut: when the window opens, as far as was known
            -- JSON array of the settings that decide who is called and when; no secret among them.
            settings TEXT CHECK ((settings IS NULL) = (change <> 'settings')),
            CHECK (settings IS NULL OR json_type(settings) = 'array')
        ) STRICT;
        CREATE INDEX history_by_campaign ON campaign_history (campaign_id, change);
        """
}
