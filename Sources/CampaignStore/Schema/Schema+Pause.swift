extension Schema {
    /// That a campaign is not to be dialed until somebody lets it go on.
    static let pause = """
        -- Since when, by which user, and by which command; all NULL: it is not paused.
        ALTER TABLE campaign ADD COLUMN paused_at INTEGER;
        ALTER TABLE campaign ADD COLUMN paused_by TEXT CHECK ((paused_by IS NULL) = (paused_at IS NULL));
        ALTER TABLE campaign ADD COLUMN paused_with TEXT CHECK ((paused_with IS NULL) = (paused_at IS NULL));
        """
}
