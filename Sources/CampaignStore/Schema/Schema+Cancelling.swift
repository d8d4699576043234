extension Schema {
    /// That everybody of a campaign who waits is being excluded, which takes more than one transaction where there are many.
    static let cancelling = """
        -- How often it was cancelled, whether the last time is not over yet, and how many contacts it has excluded.
        ALTER TABLE campaign_row ADD COLUMN cancels INTEGER NOT NULL DEFAULT 0 CHECK (cancels >= 0);
        ALTER TABLE campaign_row ADD COLUMN is_cancelling INTEGER NOT NULL DEFAULT 0 CHECK (is_cancelling BETWEEN 0 AND 1);
        ALTER TABLE campaign_row ADD COLUMN cancelled INTEGER NOT NULL DEFAULT 0 CHECK (cancelled >= 0);
        """
}
