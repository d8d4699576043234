extension Schema {
    /// What may tell of a call in doubt, and is no proof.
    static let evidence = """
        -- Items of Z-API's queue that may be the call of an attempt in doubt; for a person to look at.
        CREATE TABLE queue_evidence (
            contact_id INTEGER NOT NULL,
            number INTEGER NOT NULL,
            zaap_id TEXT NOT NULL CHECK (zaap_id <> ''),
            message_id TEXT,
            created_at INTEGER,                     -- by Z-API's clock; NULL: the queue did not tell
            call_duration INTEGER CHECK (call_duration BETWEEN 1 AND 15),   -- NULL: the item does not say that it is a call
            PRIMARY KEY (contact_id, number, zaap_id),
            FOREIGN KEY (contact_id, number) REFERENCES attempt (contact_id, number)
        ) STRICT, WITHOUT ROWID;
        """
}
